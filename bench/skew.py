"""One customer with a fifth of all orders, beside the same orders as they are generated.

    .venv/etl/bin/python bench/skew.py [rows] [runs]

Ingest to marts on Parquet copies, warm and in turn.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from functools import partial
from pathlib import Path

import duckdb
import duckdb_pipeline
from lake_session import BUNDLE, start_session
from spark_pipeline import PLACE, Jobs
from turns import interleaved

SKEWED = PLACE / "skewed"


def give_to_one_customer(copies: Path) -> int:
    """Copy the copies, with every fifth order the first customer's; returns how many are."""
    shutil.rmtree(SKEWED, ignore_errors=True)
    shutil.copytree(copies, SKEWED)
    orders = f"read_parquet('{copies}/orders/*.parquet')"
    theirs = "case when hash(order_id) % 5 = 0 then '1' else customer_id end"
    duckdb.sql(
        f"copy (select * replace ({theirs} as customer_id) from {orders}) to '{SKEWED}/orders/rows.parquet' "
        "(compression zstd, row_group_size 500000)"
    )
    found = duckdb.sql(f"select count(*) from '{SKEWED}/orders/rows.parquet' where customer_id = '1'")
    return int(found.fetchall()[0][0])


def main() -> None:
    """Generate, skew, measure, print."""
    rows, runs = (int(given) for given in (*sys.argv[1:], *("5000000", "3")[len(sys.argv) - 1 :]))
    jobs = Jobs(start_session("bench skew"), rows, duckdb_pipeline.contracts_of(BUNDLE))
    largest = give_to_one_customer(jobs.copies)
    places = {"as generated": jobs.copies, f"{largest:,} orders of one": SKEWED}
    works = {name: partial(jobs.run_on_parquet, PLACE / "ours", copies) for name, copies in places.items()}
    seconds = interleaved(works, runs)
    base = statistics.median(seconds["as generated"])
    for name, of_it in seconds.items():
        median = statistics.median(of_it)
        print(f"{name:26} {median:6.1f} s {min(of_it):6.1f} to {max(of_it):5.1f} {median / base:6.2f}x")


main()

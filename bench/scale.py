"""The same work on 1,000,000, 5,000,000 and 20,000,000 orders, or on as many as are named.

    .venv/etl/bin/python bench/scale.py [rows …]

Ingest to marts on Parquet copies, warm and in turn. Each is compared with what the one before it would take
if time grew as rows do.
"""

from __future__ import annotations

import statistics
import sys
from functools import partial

import duckdb_pipeline
from lake_session import BUNDLE, peak_gigabytes, start_session
from spark_pipeline import PLACE, Jobs
from turns import interleaved

ROWS = (1_000_000, 5_000_000, 20_000_000)

RUNS = 3


def main() -> None:
    """Generate, measure, print."""
    sizes = [int(given) for given in sys.argv[1:]] or ROWS
    spark = start_session("bench scale")
    contracts = duckdb_pipeline.contracts_of(BUNDLE)
    works = {}
    for rows in sizes:
        jobs = Jobs(spark, rows, contracts, PLACE / f"of-{rows}")
        works[f"{rows:,}"] = partial(jobs.run_on_parquet, PLACE / "ours", jobs.copies)
    seconds = interleaved(works, RUNS)
    print(f"{'orders':>12} {'median s':>9} {'range':>16} {'million a second':>17} {'of linear':>10}")
    before: float | None = None
    for rows, of_it in zip(sizes, seconds.values()):
        median = statistics.median(of_it)
        spread = f"{min(of_it):.1f} to {max(of_it):.1f}"
        linear = "" if before is None else f"{median / rows / before:.2f}"
        print(f"{rows:12,} {median:9.1f} {spread:>16} {rows / median / 1e6:17.3f} {linear:>10}")
        before = median / rows
    print(f"JVM peak {peak_gigabytes(spark):.1f} GB")


main()

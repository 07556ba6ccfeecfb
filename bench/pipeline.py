"""Ingest to marts: ours beside the same work in DuckDB and Polars, on raw files and on their Parquet copies.

    .venv/etl/bin/python bench/pipeline.py [rows] [runs]

All are warm and run in turn. Their curated rows, quarantined rows with every reason, and marts are compared
row by row.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Callable

# As many threads as the others have; Polars asks for it when it is loaded.
os.environ["POLARS_MAX_THREADS"] = "2"

import duckdb_pipeline
import polars_pipeline
from agreement import Contracts, differences
from lake_session import BUNDLE, peak_gigabytes, start_session
from spark_pipeline import DAY, PLACE, Jobs
from turns import interleaved

OURS = "ours"


def compare(name: str, works: Mapping[str, Callable[[Path], None]], contracts: Contracts, runs: int) -> None:
    """Measure one kind of input and print a line for each side, ours first.

    Raises SystemExit when another side has not made what ours has.
    """
    places = {side: PLACE / side.lower() for side in works}
    seconds = interleaved({side: partial(work, places[side]) for side, work in works.items()}, runs)
    median = {side: statistics.median(of_side) for side, of_side in seconds.items()}
    for side, of_side in seconds.items():
        differing = {} if side == OURS else differences(contracts, places[OURS], places[side])
        ratio = median[OURS] / median[side]
        cells = f"{name:10} {side:8} {median[side]:8.1f} {min(of_side):7.1f} to {max(of_side):5.1f}"
        print(f"{cells} {ratio:6.1f}x {sum(differing.values()):17,}", flush=True)
        if any(differing.values()):
            sys.exit(f"{OURS} and {side} do not agree: {differing}")


def main() -> None:
    """Generate, warm up, measure, compare, print."""
    rows, runs = (int(given) for given in (*sys.argv[1:], *("5000000", "5")[len(sys.argv) - 1 :]))
    spark = start_session("bench pipeline")
    contracts = duckdb_pipeline.contracts_of(BUNDLE)
    jobs = Jobs(spark, rows, contracts)

    def by_duckdb(source: str) -> Callable[[Path], None]:
        return lambda place: duckdb_pipeline.run(contracts, jobs.sources[source], str(DAY), place)

    print(f"{rows:,} orders, {runs} runs in turn after a warm-up")
    print(f"{'input':10} {'side':8} {'median s':>8} {'range':>16} {'ratio':>7} {'rows that differ':>17}")
    compare("gzip CSV", {OURS: jobs.run, "DuckDB": by_duckdb("gzip CSV")}, contracts, runs)
    on_parquet = {
        OURS: lambda place: jobs.run_on_parquet(place, jobs.copies),
        "DuckDB": by_duckdb("Parquet"),
        "Polars": lambda place: polars_pipeline.run(contracts, jobs.copies, str(DAY), place),
    }
    compare("Parquet", on_parquet, contracts, runs)
    print(f"JVM peak {peak_gigabytes(spark):.1f} GB")


main()

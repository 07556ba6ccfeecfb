"""Ingest to marts: ours beside the same work in DuckDB and Polars, on raw files and on their Parquet copies.

    .venv/etl/bin/python bench/pipeline.py [rows] [runs]

All are warm and run in turn. Their curated rows, quarantined rows with every reason, and marts are compared
row by row.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Callable

# As many threads as the others have; Polars asks for it when it is loaded.
os.environ["POLARS_MAX_THREADS"] = "2"

import duckdb
import duckdb_pipeline
import polars_pipeline
from agreement import Contracts, differences
from lake_session import BUNDLE, ROOT, peak_gigabytes, start_session
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

PLACE = ROOT / "build" / "bench" / "pipeline"
DAY = date(2024, 12, 31)
RAW = PLACE / "raw"
PARQUET = PLACE / "parquet"
OURS = "ours"

CSV = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = 'never NULL'"
SOURCES = {
    "gzip CSV": f"read_csv('{RAW}/{{dataset}}/run_date={DAY}/*.csv.gz', columns = {{columns}}, {CSV}, "
    "null_padding = true, hive_partitioning = false)",
    "Parquet": f"read_parquet('{PARQUET}/{{dataset}}/*.parquet')",
}


class Ours:
    """The release's jobs on one session, each run into a lake of its own."""

    def __init__(self, spark: SparkSession, rows: int) -> None:
        """Generate the raw files if they are not there."""
        from etl.jobs import generate  # noqa: PLC0415 - the release is on the path only now

        self._spark = spark
        generate.run(spark, str(RAW), rows, 42, DAY)

    def run(self, lake: Path) -> None:
        """Ingest, curate, marts."""
        from etl.jobs import curate, ingest, marts  # noqa: PLC0415 - the release is on the path only now
        from etl.jobs.run import Run  # noqa: PLC0415 - the same

        shutil.rmtree(lake, ignore_errors=True)
        run = Run(run_id="bench", run_date=DAY, release="bench", input=str(RAW), output=str(lake))
        for job in (ingest, curate, marts):
            job.run(self._spark, run)

    def run_on_parquet(self, lake: Path) -> None:
        """The same, with the raw texts read from Parquet copies."""
        from etl.jobs import ingest  # noqa: PLC0415 - the release is on the path only now
        from etl.transforms.judging import LINE, SOURCE  # noqa: PLC0415 - the same

        def read_copy(spark: SparkSession, _: object, __: object, contract: Any) -> DataFrame:
            rows = spark.read.parquet(str(PARQUET / contract.name))
            return rows.withColumn(LINE, F.lit(None).cast("string")).withColumn(SOURCE, F.lit("copy"))

        read_raw, ingest.read_raw = ingest.read_raw, read_copy
        try:
            self.run(lake)
        finally:
            ingest.read_raw = read_raw


def copy_to_parquet(contracts: Contracts) -> None:
    """Copy the rows of the raw files that can be parsed, as the texts they are."""
    for name, contract in contracts.items():
        names = [column["physical_name"] for column in contract["columns"]]
        columns = ", ".join(f"'{column}': 'VARCHAR'" for column in names)
        rows = SOURCES["gzip CSV"].format(dataset=name, columns=f"{{{columns}}}")
        (PARQUET / name).mkdir(parents=True, exist_ok=True)
        duckdb.sql(
            f"copy (select * from {rows} where {names[-1]} is not null) to '{PARQUET}/{name}/rows.parquet' "
            "(compression zstd, row_group_size 500000)"
        )


def timed(work: Callable[[], object]) -> float:
    """Seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Seconds of every run of each piece of work, in turn, after one that warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(runs + 1):
        for name, work in works.items():
            took = timed(work)
            if turn:
                seconds[name].append(took)
    return seconds


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
    ours, contracts = Ours(spark, rows), duckdb_pipeline.contracts_of(BUNDLE)
    copy_to_parquet(contracts)

    def by_duckdb(source: str) -> Callable[[Path], None]:
        return lambda place: duckdb_pipeline.run(contracts, SOURCES[source], str(DAY), place)

    print(f"{rows:,} orders, {runs} runs in turn after a warm-up")
    print(f"{'input':10} {'side':8} {'median s':>8} {'range':>16} {'ratio':>7} {'rows that differ':>17}")
    compare("gzip CSV", {OURS: ours.run, "DuckDB": by_duckdb("gzip CSV")}, contracts, runs)
    on_parquet = {
        OURS: ours.run_on_parquet,
        "DuckDB": by_duckdb("Parquet"),
        "Polars": lambda place: polars_pipeline.run(contracts, PARQUET, str(DAY), place),
    }
    compare("Parquet", on_parquet, contracts, runs)
    print(f"JVM peak {peak_gigabytes(spark):.1f} GB")


main()

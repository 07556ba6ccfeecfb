"""Ingest to marts: ours beside the same work in DuckDB, on the same raw files and on Parquet copies of them.

    .venv/etl/bin/python bench/pipeline.py [rows] [runs]

Both are warm and run in turn. Their curated rows, quarantined rows with every reason, and marts are compared
row by row.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Callable

import duckdb
import duckdb_pipeline
from agreement import differences
from lake_session import BUNDLE, ROOT, peak_gigabytes, start_session
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

PLACE = ROOT / "build" / "bench" / "pipeline"
DAY = date(2024, 12, 31)
RAW = PLACE / "raw"
PARQUET = PLACE / "parquet"

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


def copy_to_parquet(contracts: Mapping[str, Any]) -> None:
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


def compare(name: str, run: Callable[[Path], None], contracts: Mapping[str, Any], runs: int) -> None:
    """Measure one kind of input and print its line. Raises SystemExit when the two sides do not agree."""
    seconds = interleaved(
        {
            "ours": lambda: run(PLACE / "ours"),
            "DuckDB": lambda: duckdb_pipeline.run(contracts, SOURCES[name], str(DAY), PLACE / "duckdb"),
        },
        runs,
    )
    differing = differences(contracts, PLACE / "ours", PLACE / "duckdb")
    median = {side: statistics.median(of_side) for side, of_side in seconds.items()}
    cells = [f"{median[side]:8.1f} {min(s):6.1f} to {max(s):5.1f}" for side, s in seconds.items()]
    ratio = median["ours"] / median["DuckDB"]
    print(f"{name:10} {cells[0]} {cells[1]} {ratio:6.1f}x {sum(differing.values()):17,}", flush=True)
    if any(differing.values()):
        sys.exit(f"the two do not agree: {differing}")


def main() -> None:
    """Generate, warm up, measure, compare, print."""
    rows, runs = (int(given) for given in (*sys.argv[1:], *("5000000", "5")[len(sys.argv) - 1 :]))
    spark = start_session("bench pipeline")
    ours, contracts = Ours(spark, rows), duckdb_pipeline.contracts_of(BUNDLE)
    copy_to_parquet(contracts)
    print(f"{rows:,} orders, {runs} runs in turn after a warm-up, median and range")
    print(
        f"{'input':10} {'ours s':>8} {'':>15} {'DuckDB s':>8} {'':>15} {'ratio':>7} {'rows that differ':>17}"
    )
    compare("gzip CSV", ours.run, contracts, runs)
    compare("Parquet", ours.run_on_parquet, contracts, runs)
    print(f"JVM peak {peak_gigabytes(spark):.1f} GB")


main()

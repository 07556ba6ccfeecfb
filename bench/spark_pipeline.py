"""The pipeline's work by the release's jobs, on the raw files of a batch or on Parquet copies of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from agreement import Contracts
from duckdb_rules import Contract
from lake_session import ROOT
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

PLACE = ROOT / "build" / "bench" / "pipeline"
DAY = date(2024, 12, 31)

CSV = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = 'never NULL'"


def sources(raw: Path, copies: Path) -> dict[str, str]:
    """Where the texts of a dataset are, in DuckDB's SQL, with places for its name and its columns."""
    options = f"columns = {{columns}}, {CSV}, null_padding = true, hive_partitioning = false"
    return {
        "gzip CSV": f"read_csv('{raw}/{{dataset}}/run_date={DAY}/*.csv.gz', {options})",
        "Parquet": f"read_parquet('{copies}/{{dataset}}/*.parquet')",
    }


class Jobs:
    """The release's jobs on one session and one batch, each run into a lake of its own.

    `copies` is the folder of the Parquet copies, `sources` says where either is.
    """

    def __init__(self, spark: SparkSession, rows: int, contracts: Contracts, place: Path = PLACE) -> None:
        """Generate the raw files if they are not there, and copy them."""
        from etl.synthetic import generate  # noqa: PLC0415 - the release is on the path only now

        self._spark = spark
        self._raw = place / "raw"
        self.copies = place / "parquet"
        self.sources = sources(self._raw, self.copies)
        generate.run(spark, str(self._raw), rows, 42, DAY)
        for contract in contracts.values():
            self._copy(contract)

    def run(self, lake: Path) -> None:
        """Ingest, curate, marts."""
        from etl.batch import curate, ingest, marts  # noqa: PLC0415 - the release is on the path only now
        from etl.batch.run import Run  # noqa: PLC0415 - the same

        shutil.rmtree(lake, ignore_errors=True)
        run = Run(run_id="bench", run_date=DAY, release="bench", input=str(self._raw), output=str(lake))
        for job in (ingest, curate, marts):
            job.run(self._spark, run)

    def run_on_parquet(self, lake: Path, copies: Path) -> None:
        """The same, with the raw texts read from Parquet copies."""
        from etl.batch import ingest  # noqa: PLC0415 - the release is on the path only now
        from etl.model.layout import LINE_COLUMN, SOURCE_FILE_COLUMN  # noqa: PLC0415 - the same

        def read_copy(spark: SparkSession, _: object, __: object, contract: Any) -> DataFrame:
            rows = spark.read.parquet(str(copies / contract.name))
            line = F.lit(None).cast("string").alias(LINE_COLUMN)
            return rows.select("*", line, F.lit("copy").alias(SOURCE_FILE_COLUMN))

        read_raw, ingest.read_raw = ingest.read_raw, read_copy
        try:
            self.run(lake)
        finally:
            ingest.read_raw = read_raw

    def _copy(self, contract: Contract) -> None:
        """Copy the rows of a dataset that can be parsed, as the texts they are."""
        name, names = contract["name"], [column["physical_name"] for column in contract["columns"]]
        columns = ", ".join(f"'{column}': 'VARCHAR'" for column in names)
        rows = self.sources["gzip CSV"].format(dataset=name, columns=f"{{{columns}}}")
        copy = self.copies / name / "rows.parquet"
        copy.parent.mkdir(parents=True, exist_ok=True)
        duckdb.sql(
            f"copy (select * from {rows} where {names[-1]} is not null) to '{copy}' "
            "(compression zstd, row_group_size 500000)"
        )

"""Records of Kafka as rows of text: in a micro-batch and in an archive alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import ARCHIVE_RECORD, ARRIVED_AT_COLUMN, RAW_ZONE, RUN_DATE_KEY, SOURCE_FILE_COLUMN
from etl.sources.json_lines import cut_values
from etl.storage.lake import Lake

#: Columns of archived records: the record as Kafka has it, its value byte by byte.
ARCHIVE_DDL = (
    "topic string, partition int, offset bigint, timestamp timestamp, key binary, value binary, "
    "headers array<struct<key: string, value: binary>>"
)

#: Digits of an offset in a position, as many as a 64-bit number has: positions sort as text.
OFFSET_DIGITS = 19


def manifest_of(dataset: str, day: str) -> str:
    """Return where the manifest of a closed day is, below the lake's root."""
    return f"{RAW_ZONE}/{dataset}/{RUN_DATE_KEY}={day}/{ARCHIVE_RECORD}"


def position() -> Any:
    """Return the position of a record as text: `web_events/2/0000000000000000123`."""
    offset = F.lpad(F.col("offset").cast("string"), OFFSET_DIGITS, "0")
    return F.concat_ws("/", "topic", F.col("partition").cast("string"), offset)


def cut_records(records: DataFrame, contract: Contract) -> DataFrame:
    """Return the rows of records, each with its position and the moment of its arrival.

    `records` has the columns of `ARCHIVE_DDL`. Bytes that are not UTF-8 become U+FFFD. A record without a
    value is a row that cannot be cut.
    """
    # A tombstone has no value. That it is not a row is a reason against it like any other.
    text = F.coalesce(F.decode("value", "UTF-8"), F.lit(""))
    values = records.select(
        text.alias("value"),
        F.col("timestamp").alias(ARRIVED_AT_COLUMN),
        position().alias(SOURCE_FILE_COLUMN),
    )
    return cut_values(values, contract)


def read_archive(lake: Lake, folders: Iterable[str]) -> DataFrame:
    """Read archived records. Raises AnalysisException when a folder is gone."""
    return lake.read_folders(folders, ARCHIVE_DDL)


def read_manifest(lake: Lake, dataset: str, day: str) -> Mapping[str, Any] | None:
    """Read the manifest of a closed day; None when the day has none."""
    manifest: Mapping[str, Any] | None = lake.files.read_json(manifest_of(dataset, day))
    return manifest

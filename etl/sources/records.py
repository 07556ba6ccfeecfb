"""Records of Kafka as rows of text: in a micro-batch and in an archive alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.contract import table_ddl
from etl.model.layout import (
    ARCHIVE_RECORD,
    ARRIVED_AT_COLUMN,
    RAW_ZONE,
    RUN_DATE_KEY,
    SOURCE_FILE_COLUMN,
    STREAM_STATE_FOLDER,
)
from etl.sources.json_lines import cut_values
from etl.storage.files import Files, StoredFile
from etl.storage.lake import Lake

#: Columns of archived records: the record as Kafka has it, its value byte by byte.
ARCHIVE_COLUMNS = {
    "topic": "string",
    "partition": "int",
    "offset": "bigint",
    "timestamp": "timestamp",
    "key": "binary",
    "value": "binary",
    "headers": "array<struct<key: string, value: binary>>",
}

#: Digits of an offset in a position, as many as a 64-bit number has: positions sort as text.
OFFSET_DIGITS = 19


def manifest_of(dataset: str, day: str) -> str:
    """Return where the manifest of a closed day is, below the lake's root."""
    return f"{RAW_ZONE}/{dataset}/{RUN_DATE_KEY}={day}/{ARCHIVE_RECORD}"


def published_marker(dataset: str, day: str) -> str:
    """Return the file that says that the batch of a closed day is published, below the lake's root."""
    return f"{STREAM_STATE_FOLDER}/{dataset}/published/{day}.json"


def position() -> Any:
    """Return the position of a record as text: `web_events/2/0000000000000000123`."""
    offset = F.lpad(F.col("offset").cast("string"), OFFSET_DIGITS, "0")
    return F.concat_ws("/", "topic", F.col("partition").cast("string"), offset)


def cut_records(records: DataFrame, contract: Contract) -> DataFrame:
    """Return the rows of records, each with its position and the moment of its arrival.

    `records` has the columns of `ARCHIVE_COLUMNS`. Bytes that are not UTF-8 become U+FFFD. A record without a
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
    return lake.read_folders(folders, table_ddl(ARCHIVE_COLUMNS.items()))


def read_closed_day(lake: Lake, contract: Contract, day: date) -> DataFrame:
    """Return the rows of all records of a closed day.

    Raises FileNotFoundError when the day is not closed, ArithmeticError when the archive does not have the
    records that its manifest counts.
    """
    manifest = read_manifest(lake.files, contract.name, day.isoformat())
    records = read_archive(lake, [part["folder"] for part in manifest["archives"]])
    found = records.count()
    if found != manifest["records"]:
        raise ArithmeticError(
            f"{lake.files.path(manifest_of(contract.name, day.isoformat()))} counts {manifest['records']} "
            f"records, and its archives have {found}: restore the folders that it names"
        )
    return cut_records(records, contract)


def read_manifest(files: Files, dataset: str, day: str) -> Mapping[str, Any]:
    """Read the manifest of a closed day. Raises FileNotFoundError when the day is not closed."""
    manifest: Mapping[str, Any] | None = files.read_json(manifest_of(dataset, day))
    if manifest is None:
        raise FileNotFoundError(
            f"{files.path(manifest_of(dataset, day))} is missing: {day} is not closed for {dataset}; close "
            f"it with `./platform stream --close {day}`, or wait until all partitions have later records"
        )
    return manifest


def is_archive(listed: Sequence[StoredFile]) -> bool:
    """Whether the raw files of a dataset's day are the archive of its stream."""
    return any(file.name == ARCHIVE_RECORD for file in listed)


def refuse_mixed(listed: Sequence[StoredFile]) -> None:
    """Raise ValueError when a day has raw files besides the archive of its stream: they have no order."""
    others = [file for file in listed if file.name != ARCHIVE_RECORD]
    if others and is_archive(listed):
        folder = others[0].path.rpartition("/")[0]
        raise ValueError(
            f"{folder} has the archive of a stream and {len(others)} other files, such as {others[0].name}: "
            "a day of a dataset arrives as the one or the other; move the files to another day"
        )

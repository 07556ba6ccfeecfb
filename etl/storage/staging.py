"""What ingest leaves for curate: every row read, with what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.contract import table_ddl
from etl.model.layout import (
    CURATE_JOB,
    INGEST_JOB,
    QUARANTINE_COLUMNS,
    QUARANTINE_ZONE,
    RAW_COLUMN,
    RUN_KEY,
    SOURCE_FILE_COLUMN,
    STEP_KEY,
)
from etl.rules.duplicates import ACCEPTED, QUARANTINED
from etl.rules.judging import INVALID, VALID, raw_ddl
from etl.storage.folders import Folders
from etl.storage.lake import Lake


@dataclass(frozen=True)
class Staged:
    """Folders and counts of one dataset in one run.

    `judged` holds every row by verdict; `suspects` the keys that several valid rows have, `resolved` the rows
    of those keys by disposition, both None when no key is shared.
    """

    judged: Folders
    suspects: Folders | None
    resolved: Folders | None

    def rows(self, disposition: str) -> int:
        """Rows of a disposition among the resolved ones."""
        return self.resolved.rows_of(disposition) if self.resolved else 0

    @property
    def read(self) -> int:
        """Every row of the batch."""
        return self.judged.rows

    @property
    def accepted(self) -> int:
        """Rows for curate: valid, and alone or the newest of their key."""
        shared = self.resolved.rows if self.resolved else 0
        return self.judged.rows_of(VALID) - shared + self.rows(ACCEPTED)


def staged_ddl(contract: Contract) -> str:
    """Columns of the judged and resolved rows."""
    raw = ", ".join(f"`{column.name}`: string" for column in contract.raw_columns)
    added = table_ddl([(RAW_COLUMN, f"struct<{raw}>"), *QUARANTINE_COLUMNS])
    return f"{contract.ddl}, {added}"


def read_valid(lake: Lake, staged: Staged, contract: Contract) -> DataFrame:
    """Rows that broke no row rule, not yet told apart where they share a key."""
    return lake.read_parts(staged.judged, staged_ddl(contract), {VALID})


def read_accepted(lake: Lake, staged: Staged, contract: Contract, ddl: str | None = None) -> DataFrame:
    """The rows that the batch brings, each key once, with the contract's columns or those of `ddl`."""
    ddl = ddl or contract.ddl
    valid = lake.read_parts(staged.judged, ddl, {VALID})
    if staged.suspects is None or staged.resolved is None:
        return valid
    suspects = lake.read_parts(staged.suspects, _key_ddl(contract))
    chosen = lake.read_parts(staged.resolved, ddl, {ACCEPTED})
    alone = valid.join(suspects, list(contract.key), "left_anti").select(*valid.columns)
    return alone.unionByName(chosen)


def read_rejected(lake: Lake, staged: Staged, contract: Contract) -> DataFrame:
    """The rows that go to quarantine: those that broke a row rule and those that contradict each other."""
    ddl = staged_ddl(contract)
    invalid = lake.read_parts(staged.judged, ddl, {INVALID})
    if staged.resolved is None:
        return invalid
    return invalid.unionByName(lake.read_parts(staged.resolved, ddl, {QUARANTINED}))


def read_quarantined(lake: Lake, contract: Contract, run_id: str) -> DataFrame:
    """The rows that another run put aside, raw as they were read.

    Raises ValueError when they have a column that the contract has not: its texts would be lost.
    """
    folder = f"{QUARANTINE_ZONE}/{contract.name}/{RUN_KEY}={run_id}"
    steps = [f"{folder}/{STEP_KEY}={step}" for step in (INGEST_JOB, CURATE_JOB)]
    there = [folder for folder in steps if lake.files.exists(folder)]
    known = {name for name, _ in QUARANTINE_COLUMNS} | {column.name for column in contract.raw_columns}
    for place in there:
        strange = [name for name in lake.columns_of(place) if name not in known]
        if strange:
            raise ValueError(
                f"{lake.files.path(place)}: its rows have {', '.join(strange)}, which the contract "
                f"{contract.name} has not; keep the names of columns in a contract for a replay"
            )
    return lake.read_folders(there, f"{raw_ddl(contract)}, `{SOURCE_FILE_COLUMN}` string")


def read_suspects(lake: Lake, valid: DataFrame, suspects: Folders, contract: Contract) -> DataFrame:
    """The valid rows that share their key with another."""
    keys = lake.read_parts(suspects, _key_ddl(contract))
    return valid.join(keys, list(contract.key), "left_semi")


def newest(rows: DataFrame, column: str | None) -> str | None:
    """The largest timestamp of a column as ISO text in UTC; None without rows, or without such a column."""
    if column is None:
        return None
    latest = rows.agg(F.date_format(F.max(column), "yyyy-MM-dd'T'HH:mm:ss").alias("newest")).collect()[0]
    value: Any = latest["newest"]
    return None if value is None else f"{value}Z"


def _key_ddl(contract: Contract) -> str:
    return ", ".join(
        f"`{column.name}` {column.type}" for column in contract.columns if column.name in contract.key
    )

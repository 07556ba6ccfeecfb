"""Raw text files of a batch: which there are, which can be parsed, and how they become rows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Callable

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.contracts import Contract
from etl.storage.files import Files, StoredFile
from etl.transforms.judging import LINE, SOURCE, raw_ddl

EXTENSIONS = (".csv.gz", ".csv")

#: Files looked at concurrently; each look is one short request.
LOOKS = 8


@dataclass(frozen=True)
class Refusal:
    """A file that cannot be parsed, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class RawFiles:
    """The files of one dataset's batch, parted in those to read and those that are refused."""

    read: tuple[StoredFile, ...]
    refused: tuple[Refusal, ...]

    def without(self, refusals: Sequence[Refusal]) -> RawFiles:
        """The same files, more of them refused."""
        paths = {refusal.path for refusal in refusals}
        kept = tuple(file for file in self.read if file.path not in paths)
        return RawFiles(kept, (*self.refused, *refusals))


def find_raw_files(files: Files, contract: Contract, run_date: date) -> RawFiles:
    """List a dataset's files of one day and refuse those whose name or header is not the contract's."""
    listed = files.listed(f"{contract.name}/run_date={run_date.isoformat()}")
    return _parted(listed, lambda file: _header_problem(files, file, contract))


def find_broken(spark: SparkSession, raw: RawFiles) -> list[Refusal]:
    """Read every file alone to its end and name those that break on the way: cut short, or not what they say.

    One more scan, made only after reading all of them together has failed.
    """

    def problem(file: StoredFile) -> str | None:
        try:
            spark.read.text(file.path).agg(F.count(F.lit(1))).collect()
        except Py4JJavaError as error:
            return root_cause(error)
        return None

    return list(_parted(raw.read, problem).refused)


def read_raw(spark: SparkSession, raw: RawFiles, contract: Contract) -> DataFrame:
    """The rows of the files as text, each with the name of its file."""
    ddl = raw_ddl(contract)
    if not raw.read:
        return spark.createDataFrame([], f"{ddl}, `{SOURCE}` string")
    reader = spark.read.schema(ddl).option("header", True).option("mode", "PERMISSIVE")
    # RFC 4180: a quotation mark inside a quoted value is doubled, and a backslash is a character like others.
    quoting = reader.option("quote", '"').option("escape", '"').option("columnNameOfCorruptRecord", LINE)
    rows = quoting.csv([file.path for file in raw.read])
    return rows.select("*", F.col("_metadata.file_name").alias(SOURCE))


def root_cause(error: Py4JJavaError) -> str:
    """The innermost Java exception of a failed call, in one line."""
    cause = error.java_exception
    while cause.getCause() is not None:
        cause = cause.getCause()
    message = str(cause.getMessage() or "").splitlines()
    name = str(cause.getClass().getSimpleName())
    return f"{name}: {message[0]}" if message else name


def _header_problem(files: Files, file: StoredFile, contract: Contract) -> str | None:
    if not file.name.endswith(EXTENSIONS):
        return f"the name does not end in {' or '.join(EXTENSIONS)}"
    try:
        line = files.first_line(file.path)
    except Py4JJavaError as error:
        return root_cause(error)
    expected = [column.physical_name for column in contract.columns]
    if line is None:
        return f"the file is empty, without even the header {','.join(expected)}"
    found = next(csv.reader([line]), [])
    if found != expected:
        return f"the header is {line[:300]!r} instead of {','.join(expected)!r}"
    return None


def _parted(listed: Sequence[StoredFile], problem: Callable[[StoredFile], str | None]) -> RawFiles:
    with ThreadPoolExecutor(LOOKS) as pool:
        problems = list(pool.map(problem, listed))
    pairs = list(zip(listed, problems))
    return RawFiles(
        read=tuple(file for file, reason in pairs if reason is None),
        refused=tuple(Refusal(file.path, reason) for file, reason in pairs if reason is not None),
    )

"""Raw files of a batch: which there are, which can be parsed, and which are refused."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from etl.model import Contract
from etl.sources.content import BEGINNING, content_problem
from etl.sources.faults import fault_of
from etl.sources.parquet import cuts_moments, int96_columns, unreadable_type
from etl.sources.partitions import own_columns, partition_problem
from etl.sources.readers import read_raw, spark_schema
from etl.storage.files import Files, StoredFile

#: What a name ends in by format; texts may be packed, too.
EXTENSIONS = {
    "csv": (".csv", ".tsv", ".txt"),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "parquet": (".parquet",),
}
PACKED = (".gz", ".bz2", ".zst")

#: Files looked at concurrently; each look is one short request.
LOOKS = 8

#: Characters of names, and places of columns, that a reason has.
SHOWN = 300
MOST_PLACES = 10

#: Bytes that are read of a header with line breaks.
LONGEST_HEADER = 1 << 18

BYTE_ORDER_MARK = "\ufeff"


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


def check_raw_files(
    spark: SparkSession, files: Files, listed: Sequence[StoredFile], contract: Contract
) -> RawFiles:
    """Refuse the files whose name, header or footer is not the contract's."""
    looks = {"csv": _csv_problem, "jsonl": _jsonl_problem, "parquet": _parquet_problem}
    look = looks[contract.raw.format]
    named = {name for file in listed for name, _ in file.partitions}

    def problem(file: StoredFile) -> str | None:
        found = _ending_problem(file.name, contract.raw.format) or partition_problem(file, named, contract)
        if found is not None:
            return found
        try:
            return look(files, file, contract)
        except Py4JJavaError as error:
            return fault_of(error)

    checked = _parted(listed, problem)
    if contract.raw.format != "parquet":
        return checked
    return checked.without(_unreadable(spark, files, checked))


def find_broken(spark: SparkSession, files: Files, raw: RawFiles, contract: Contract) -> list[Refusal]:
    """Read every file alone to its end and name those that break on the way: cut short, or not what they say.

    One more scan, made only after reading all of them together has failed by the fault of a file.
    Raises Py4JJavaError when a read fails by any other fault: no file is refused for that.
    """

    def problem(file: StoredFile) -> str | None:
        try:
            rows = read_raw(spark, files, [file], contract)
            rows.write.format("noop").mode("overwrite").save()
        except Py4JJavaError as error:
            return fault_of(error)
        return None

    return list(_parted(raw.read, problem).refused)


def _ending_problem(name: str, form: str) -> str | None:
    endings = EXTENSIONS[form]
    unpacked = name if form == "parquet" else _unpacked_name(name)
    if unpacked.lower().endswith(endings):
        return None
    packed = "" if form == "parquet" else f", packed ({', '.join(PACKED)}) or not"
    return f"the name does not end in {' or '.join(endings)}{packed}"


def _unpacked_name(name: str) -> str:
    ending = next((packed for packed in PACKED if name.lower().endswith(packed)), "")
    return name[: len(name) - len(ending)]


def _csv_problem(files: Files, file: StoredFile, contract: Contract) -> str | None:
    raw = contract.raw
    expected = [column.physical_name for column in own_columns(file, contract)]
    line = _header_text(files, file, contract)
    if line is None:
        return "the file is empty" + (f", without even the header {_joined(expected)}" if raw.header else "")
    if not raw.header:
        return content_problem(files.first_bytes(file.path, BEGINNING))
    lines = io.StringIO(line.lstrip(BYTE_ORDER_MARK), newline="")
    found = next(csv.reader(lines, delimiter=raw.delimiter), [])
    if found == expected:
        return None
    # The first line may be somebody's data: only names that the contract has are quoted.
    strange = [str(place) for place, name in enumerate(found, 1) if name not in expected]
    return content_problem(files.first_bytes(file.path, BEGINNING)) or (
        f"the header is not {_joined(expected)!r}: {_difference(found, expected, _places(strange))}"
    )


def _header_text(files: Files, file: StoredFile, contract: Contract) -> str | None:
    """The first line, or more where names may hold line breaks; None when the file is empty."""
    line = files.first_line(file.path, contract.raw.encoding)
    if line is None or not contract.raw.multiline or line.count('"') % 2 == 0:
        return line
    return files.first_bytes(file.path, LONGEST_HEADER).decode(contract.raw.encoding, errors="replace")


def _jsonl_problem(files: Files, file: StoredFile, _: Contract) -> str | None:
    line = files.first_line(file.path)
    if line is None:
        return "the file is empty"
    begins = line.lstrip(BYTE_ORDER_MARK).lstrip()[:1]
    if begins == "[":
        return "the file is a JSON array, not one object a line"
    return None if begins == "{" else content_problem(files.first_bytes(file.path, BEGINNING))


def _parquet_problem(files: Files, file: StoredFile, contract: Contract) -> str | None:
    if file.size == 0:
        return "the file is empty, without even a footer"
    names, schema = files.parquet_schema(file.path)
    expected = [column.physical_name for column in own_columns(file, contract)]
    if sorted(names) == sorted(expected):
        return unreadable_type(schema)
    strange = _joined(sorted(set(names) - set(expected)))
    return f"the columns are not the contract's: {_difference(names, expected, strange)}"


def _unreadable(spark: SparkSession, files: Files, raw: RawFiles) -> list[Refusal]:
    """Files whose types Spark does not read; files of one schema are tried once."""
    reasons: dict[str, str | None] = {}
    refusals = []
    for file in raw.read:
        _, schema = files.parquet_schema(file.path)
        if schema not in reasons:
            reasons[schema] = _spark_problem(spark, file)
        reason = reasons[schema] or _int96_problem(spark, file, schema)
        if reason is not None:
            refusals.append(Refusal(file.path, reason))
    return refusals


def _spark_problem(spark: SparkSession, file: StoredFile) -> str | None:
    try:
        spark_schema(spark, file)
    except AnalysisException as error:
        return str(error).splitlines()[0]
    except Py4JJavaError as error:
        # What a task finds out is not translated into an exception of PySpark.
        return fault_of(error)
    return None


def _int96_problem(spark: SparkSession, file: StoredFile, schema: str) -> str | None:
    columns = int96_columns(schema)
    try:
        if not columns or not cuts_moments(spark, file.path, columns):
            return None
    except Py4JJavaError as error:
        return fault_of(error)
    return (
        f"the moments of {_joined(columns)} have nanoseconds in the deprecated type INT96, of which Spark "
        "cuts them off: write them as TIMESTAMP(NANOS)"
    )


def _difference(found: Sequence[str], expected: Sequence[str], strange: str) -> str:
    """What tells a file's columns from the contract's; `strange` says which the contract does not have."""
    missing, unknown = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    parts = [f"{_joined(sorted(missing))} missing"] if missing else []
    twice = [name for name in unknown if name in expected]
    if twice:
        parts.append(f"{_joined(sorted(twice))} there twice")
    if strange:
        parts.append(f"{strange} not in the contract")
    return "; ".join(parts) or "in another order"


def _places(places: Sequence[str]) -> str:
    if len(places) <= 1:
        return "".join(f"column {place} is" for place in places)
    if len(places) > MOST_PLACES:
        return f"{len(places):,} columns are"
    return f"columns {', '.join(places[:-1])} and {places[-1]} are"


def _joined(names: Sequence[str]) -> str:
    text = ",".join(names)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _parted(listed: Sequence[StoredFile], problem: Callable[[StoredFile], str | None]) -> RawFiles:
    with ThreadPoolExecutor(LOOKS) as pool:
        problems = list(pool.map(problem, listed))
    pairs = list(zip(listed, problems))
    return RawFiles(
        read=tuple(file for file, reason in pairs if reason is None),
        refused=tuple(Refusal(file.path, reason) for file, reason in pairs if reason is not None),
    )

"""The files of one dataset as rows of text: what they are called inside, and how they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Callable

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

from etl.model import Column, Contract, RawFormat
from etl.model.layout import MOST_DATASET_COLUMNS
from etl.sources.collection import format_of
from etl.sources.faults import fault_of, file_fault
from etl.sources.json_fields import fields_in
from etl.sources.json_lines import path_of
from etl.sources.json_marks import NUMBER
from etl.sources.naming import column_names
from etl.sources.parquet import nanosecond_columns, unreadable_type
from etl.sources.raw import RawFiles, check_raw_files
from etl.sources.readers import read_lines, read_raw, spark_schema
from etl.sources.sniffing import sniff_csv
from etl.storage.files import Files, StoredFile

#: Types of Parquet that contracts have, too. Texts in Parquet are meant as texts.
DECLARED: dict[type[T.DataType], str] = {
    T.BooleanType: "boolean",
    T.ByteType: "smallint",
    T.ShortType: "smallint",
    T.IntegerType: "int",
    T.LongType: "bigint",
    T.FloatType: "double",
    T.DoubleType: "double",
    T.DateType: "date",
    T.TimestampType: "timestamp",
    T.TimestampNTZType: "timestamp",
}


@dataclass(frozen=True)
class Source:
    """The files of a dataset, and a contract by which all their values are texts.

    `declared` holds the types that the files themselves tell, by column, and `numbers` the columns that have
    numbers alone in JSON, however they are written. `is_header_evident` is whether anything below the first
    row of a CSV file says that it is, or is not, the header.
    """

    contract: Contract
    files: RawFiles
    declared: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    is_header_evident: bool = True

    def rows(self, spark: SparkSession, files: Files, contract: Contract | None = None) -> DataFrame:
        """The raw rows, as ingest would read them."""
        return read_raw(spark, files, self.files.read, contract or self.contract)


def look_at_sources(spark: SparkSession, files: Files, name: str, listed: Sequence[StoredFile]) -> Source:
    """Read the names of the columns and how the files are written.

    Raises ValueError when no file can be read.
    """
    forms = Counter(form for file in listed if (form := format_of(file.name)))
    if not forms:
        raise ValueError(f"{name}: no file of it is CSV, JSON lines or Parquet by its name: {listed[0].path}")
    form = forms.most_common(1)[0][0]
    chosen = [file for file in listed if format_of(file.name) == form]
    problems = []
    for file in chosen:
        try:
            source = _from_first(spark, files, name, form, [file, *(f for f in chosen if f != file)])
        except Py4JJavaError as error:
            problems.append(f"{file.path}: {fault_of(error)}")
        except (ValueError, AnalysisException) as error:
            problems.append(str(error).splitlines()[0])
        else:
            checked = check_raw_files(spark, files, listed, source.contract)
            if checked.read:
                return replace(source, files=checked)
            problems += [f"{refusal.path}: {refusal.reason}" for refusal in checked.refused]
            break
    raise ValueError(f"{name}: no file of it can be read: {'; '.join(problems[:5])}")


def _from_first(
    spark: SparkSession, files: Files, name: str, form: str, chosen: Sequence[StoredFile]
) -> Source:
    """What the first file says; only JSON lines are looked at together, as no line has to have all fields."""
    first = chosen[0]
    looks: dict[str, Callable[[], _Found]] = {
        "csv": lambda: _csv_names(files, first),
        "jsonl": lambda: _json_names(spark, chosen),
        "parquet": lambda: _parquet_names(spark, files, first),
    }
    found = looks[form]()
    physical = [*found.names, *(named for named, _ in first.partitions)]
    if len(physical) > MOST_DATASET_COLUMNS:
        raise ValueError(
            f"{first.path}: has {len(physical):,} columns, and a dataset may have {MOST_DATASET_COLUMNS:,}; "
            "take the columns that are needed, or make columns of one kind rows of a name and a value"
        )
    names = column_names(physical)
    own = list(zip(names, found.names))
    columns = tuple(
        Column(column, own_name, "string", True, None, False, ()) for column, own_name in zip(names, physical)
    )
    contract = Contract(name, "1.0.0", columns, (), None, None, None, None, found.raw)
    return Source(
        contract,
        RawFiles(tuple(chosen), ()),
        {column: found.declared[named] for column, named in own if named in found.declared},
        frozenset(column for column, named in own if named in found.numbers),
        found.is_header_evident,
    )


@dataclass(frozen=True)
class _Found:
    """How files are written, and what they say of their columns, by their own names."""

    raw: RawFormat
    names: Sequence[str]
    declared: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    is_header_evident: bool = True


def _csv_names(files: Files, first: StoredFile) -> _Found:
    dialect = sniff_csv(files, first)
    return _Found(dialect.raw, dialect.names, is_header_evident=dialect.is_header_evident)


def _json_names(spark: SparkSession, chosen: Sequence[StoredFile]) -> _Found:
    """The fields of all objects, those inside objects by their path; lists stay whole."""
    try:
        fields = fields_in(read_lines(spark, chosen), MOST_DATASET_COLUMNS)
    except Py4JJavaError as error:
        if file_fault(error) is None:
            raise
        sound = [file for file in chosen if _is_whole(spark, file)]
        if len(sound) in (0, len(chosen)):
            raise
        fields = fields_in(read_lines(spark, sound), MOST_DATASET_COLUMNS)
    if not fields:
        raise ValueError(f"{chosen[0].path}: no line of it is a JSON object")
    paths = {path_of(steps): kinds for steps, kinds in fields.items()}
    numbers = frozenset(path for path, kinds in paths.items() if kinds == {NUMBER})
    return _Found(RawFormat("jsonl"), list(paths), numbers=numbers)


def _is_whole(spark: SparkSession, file: StoredFile) -> bool:
    """Whether a file of lines can be read to its end; the look at its rows says why not."""
    try:
        read_lines(spark, [file]).write.format("noop").mode("overwrite").save()
    except Py4JJavaError as error:
        fault_of(error)
        return False
    return True


def _parquet_names(spark: SparkSession, files: Files, first: StoredFile) -> _Found:
    _, written = files.parquet_schema(first.path)
    problem = unreadable_type(written)
    if problem is not None:
        raise ValueError(f"{first.path}: {problem}")
    schema = spark_schema(spark, first)
    declared = {field.name: _declared(field.dataType) for field in schema.fields}
    declared.update(dict.fromkeys(nanosecond_columns(written), "timestamp"))
    return _Found(RawFormat("parquet"), schema.names, declared)


def _declared(kind: T.DataType) -> str:
    if isinstance(kind, T.DecimalType):
        return f"decimal({kind.precision},{kind.scale})"
    return DECLARED.get(type(kind), "string")

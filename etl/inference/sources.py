"""The files of one dataset as rows of text: what they are called inside, and how they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

from etl.model import Column, Contract, RawFormat
from etl.model.layout import LINE_COLUMN, MOST_DATASET_COLUMNS
from etl.sources.collection import format_of
from etl.sources.faults import file_fault
from etl.sources.json_lines import path_of
from etl.sources.naming import column_names
from etl.sources.raw import RawFiles, check_raw_files
from etl.sources.readers import read_raw, spark_schema
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

    `declared` holds the types that the files themselves tell, by column.
    """

    contract: Contract
    files: RawFiles
    declared: dict[str, str]

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
            reason = file_fault(error)
            if reason is None:
                raise
            problems.append(f"{file.path}: {reason}")
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
    first, declared = chosen[0], {}
    raw = RawFormat(form)
    if form == "csv":
        dialect = sniff_csv(files, first)
        raw, physical = dialect.raw, list(dialect.names)
    elif form == "jsonl":
        physical = _json_names(spark, files, chosen)
    else:
        schema = spark_schema(spark, first)
        physical = list(schema.names)
        kinds = zip(column_names(physical), schema.fields)
        declared = {column: _declared(field.dataType) for column, field in kinds}
    if len(physical) > MOST_DATASET_COLUMNS:
        raise ValueError(
            f"{first.path}: has {len(physical):,} columns, and a dataset may have {MOST_DATASET_COLUMNS:,}; "
            "take the columns that are needed, or make columns of one kind rows of a name and a value"
        )
    columns = tuple(
        Column(column, own, "string", True, None, False, ())
        for column, own in zip(column_names(physical), physical)
    )
    contract = Contract(name, "1.0.0", columns, (), None, None, None, None, raw)
    return Source(contract, RawFiles(tuple(chosen), ()), declared)


def _json_names(spark: SparkSession, files: Files, chosen: Sequence[StoredFile]) -> list[str]:
    """The fields of all objects, those inside objects by their path; lists stay whole."""
    reader = spark.read.option("primitivesAsString", True).option("columnNameOfCorruptRecord", LINE_COLUMN)
    schema = reader.json([file.path for file in chosen]).schema
    names = _leaves(schema, ())
    if not names:
        raise ValueError(f"{chosen[0].path}: no line of it is a JSON object")
    return names


def _leaves(schema: T.StructType, above: tuple[str, ...]) -> list[str]:
    names = []
    for field in schema.fields:
        steps = (*above, field.name)
        if isinstance(field.dataType, T.StructType) and field.dataType.fields:
            names += _leaves(field.dataType, steps)
        elif steps != (LINE_COLUMN,):
            names.append(path_of(steps))
    return names


def _declared(kind: T.DataType) -> str:
    if isinstance(kind, T.DecimalType):
        return f"decimal({kind.precision},{kind.scale})"
    return DECLARED.get(type(kind), "string")

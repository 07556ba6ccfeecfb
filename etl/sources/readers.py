"""Raw files as rows of text, whatever their format: what a contract judges is the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.model import Contract
from etl.model.layout import LINE_COLUMN, SOURCE_FILE_COLUMN
from etl.rules.judging import raw_ddl
from etl.sources.json_lines import cut_lines
from etl.sources.parquet import nanosecond_columns, text_of, text_of_nanoseconds
from etl.sources.partitions import named_columns, own_columns, value_of
from etl.storage.files import Files, StoredFile

#: Characters that one value may have where values may hold line breaks. A quotation mark that is never closed
#: takes all that follows for one value: such a file breaks and is refused, instead of losing its rows in one.
LONGEST_VALUE = 1_000_000


def read_raw(
    spark: SparkSession, files: Files, chosen: Sequence[StoredFile], contract: Contract
) -> DataFrame:
    """The rows of the files as text, by the names of `raw_ddl`, each with the name of its file."""
    if not chosen:
        return spark.createDataFrame([], f"{raw_ddl(contract)}, `{SOURCE_FILE_COLUMN}` string")
    groups: dict[tuple[str, ...], list[StoredFile]] = {}
    for file in chosen:
        groups.setdefault(tuple(column.name for column in named_columns(file, contract)), []).append(file)
    names = [*(column.name for column in contract.raw_columns), LINE_COLUMN, SOURCE_FILE_COLUMN]
    rows = [_read(spark, files, of_group, contract).select(*names) for of_group in groups.values()]
    return reduce(DataFrame.union, rows)


def _read(spark: SparkSession, files: Files, chosen: Sequence[StoredFile], contract: Contract) -> DataFrame:
    """Rows of files whose folders name the same columns."""
    inside = replace(contract, columns=own_columns(chosen[0], contract))
    added = [value_of(column) for column in named_columns(chosen[0], contract)]
    if contract.raw.format == "jsonl":
        return _read_jsonl(spark, chosen, inside, added)
    if contract.raw.format == "parquet":
        return _read_parquet(spark, files, chosen, inside, added)
    return _read_csv(spark, chosen, inside, added)


def spark_schema(spark: SparkSession, file: StoredFile) -> T.StructType:
    """What Spark makes of a Parquet file's schema.

    Raises AnalysisException for types that it does not read.
    """
    return spark.read.parquet(file.path).schema


def _read_csv(
    spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract, added: Sequence[Expression]
) -> DataFrame:
    raw = contract.raw
    reader = spark.read.schema(raw_ddl(contract)).option("mode", "PERMISSIVE")
    reader = reader.option("columnNameOfCorruptRecord", LINE_COLUMN)
    # RFC 4180: a quotation mark inside a quoted value is doubled, and a backslash is a character like others.
    reader = reader.option("quote", '"').option("escape", '"')
    reader = reader.option("sep", raw.delimiter).option("header", raw.header)
    reader = reader.option("encoding", raw.encoding)
    if raw.multiline:
        reader = reader.option("multiLine", True).option("maxCharsPerColumn", LONGEST_VALUE)
    rows = reader.csv([file.path for file in chosen])
    if not raw.header:
        first = contract.raw_columns[0].name
        rows = rows.withColumn(first, F.regexp_replace(first, "^\ufeff", ""))
    named = rows.select("*", *added, F.col("_metadata.file_name").alias(SOURCE_FILE_COLUMN))
    if raw.multiline or raw.delimiter.strip():
        return named
    return named.unionByName(_blank_rows(spark, chosen, contract, added))


def _blank_rows(
    spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract, added: Sequence[Expression]
) -> DataFrame:
    """Lines of nothing but delimiters that are blank: rows without a value, which Spark's reader passes over.

    It takes a line for empty that has no character after U+0020 (Spark 3.5.4, `CSVExprUtils`).
    """
    columns, delimiter = contract.raw_columns, contract.raw.delimiter
    lines = read_lines(spark, chosen, added).where(
        F.col("value").rlike(rf"^[\x00-\x20]*{delimiter}[\x00-\x20]*$")
    )
    parts = F.split("value", delimiter)
    is_whole = F.size(parts) == len(columns)
    texts = [F.when(is_whole & (parts[n] != ""), parts[n]).alias(c.name) for n, c in enumerate(columns)]
    line = F.when(~is_whole, F.col("value")).alias(LINE_COLUMN)
    return lines.select(*texts, line, *[F.col(c) for c in lines.columns if c != "value"])


def _read_jsonl(
    spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract, added: Sequence[Expression]
) -> DataFrame:
    return cut_lines(read_lines(spark, chosen, added), contract)


def read_lines(
    spark: SparkSession, chosen: Sequence[StoredFile], added: Sequence[Expression] = ()
) -> DataFrame:
    """The lines of text files: `value`, the name of the file, and the columns that are added."""
    lines = spark.read.text([file.path for file in chosen])
    return lines.select("value", *added, F.col("_metadata.file_name").alias(SOURCE_FILE_COLUMN))


def _read_parquet(
    spark: SparkSession,
    files: Files,
    chosen: Sequence[StoredFile],
    contract: Contract,
    added: Sequence[Expression],
) -> DataFrame:
    """Files of one schema together: types may differ between files, names may not."""
    by_schema: dict[str, list[StoredFile]] = {}
    for file in chosen:
        by_schema.setdefault(files.parquet_schema(file.path)[1], []).append(file)
    texts = [
        _parquet_texts(spark, schema, of_schema, contract, added) for schema, of_schema in by_schema.items()
    ]
    return reduce(DataFrame.union, texts)


def _parquet_texts(
    spark: SparkSession,
    written: str,
    chosen: Sequence[StoredFile],
    contract: Contract,
    added: Sequence[Expression],
) -> DataFrame:
    schema = spark_schema(spark, chosen[0])
    rows = spark.read.schema(schema).parquet(*[file.path for file in chosen])
    kinds = {field.name: field.dataType for field in schema.fields}
    nanoseconds = nanosecond_columns(written)
    texts = []
    for column in contract.raw_columns:
        name = column.physical_name
        value = F.col("`" + name.replace("`", "``") + "`")
        text = (
            text_of_nanoseconds(column, value) if name in nanoseconds else text_of(column, value, kinds[name])
        )
        texts.append(text.alias(column.name))
    # Parquet is the one format whose rows have numbers, from 0.
    place = F.concat_ws("#", "_metadata.file_name", "_metadata.row_index")
    line = F.lit(None).cast("string").alias(LINE_COLUMN)
    return rows.select(*texts, *added, line, place.alias(SOURCE_FILE_COLUMN))

"""Raw files as rows of text, whatever their format: what a contract judges is the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.model import Column, Contract
from etl.model.layout import LINE_COLUMN, SOURCE_FILE_COLUMN
from etl.rules.casts import CAST_FORMATS
from etl.rules.judging import raw_ddl
from etl.sources.json_lines import cut_lines
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
    if contract.raw.format == "jsonl":
        return _read_jsonl(spark, chosen, contract)
    if contract.raw.format == "parquet":
        return _read_parquet(spark, files, chosen, contract)
    return _read_csv(spark, chosen, contract)


def spark_schema(spark: SparkSession, file: StoredFile) -> T.StructType:
    """What Spark makes of a Parquet file's schema.

    Raises AnalysisException for types that it does not read.
    """
    return spark.read.parquet(file.path).schema


def _read_csv(spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract) -> DataFrame:
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
    return rows.select("*", F.col("_metadata.file_name").alias(SOURCE_FILE_COLUMN))


def _read_jsonl(spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract) -> DataFrame:
    lines = spark.read.text([file.path for file in chosen])
    named = lines.select(F.col("value"), F.col("_metadata.file_name").alias(SOURCE_FILE_COLUMN))
    return cut_lines(named, contract)


def _read_parquet(
    spark: SparkSession, files: Files, chosen: Sequence[StoredFile], contract: Contract
) -> DataFrame:
    """Files of one schema together: types may differ between files, names may not."""
    by_schema: dict[str, list[StoredFile]] = {}
    for file in chosen:
        by_schema.setdefault(files.parquet_schema(file.path)[1], []).append(file)
    texts = [_parquet_texts(spark, of_schema, contract) for of_schema in by_schema.values()]
    rows = texts[0]
    for more in texts[1:]:
        rows = rows.union(more)
    return rows


def _parquet_texts(spark: SparkSession, chosen: Sequence[StoredFile], contract: Contract) -> DataFrame:
    schema = spark_schema(spark, chosen[0])
    rows = spark.read.schema(schema).parquet(*[file.path for file in chosen])
    kinds = {field.name: field.dataType for field in schema.fields}
    texts = [text_of(c, _quoted(c.physical_name), kinds[c.physical_name]) for c in contract.raw_columns]
    # Parquet is the one format whose rows have numbers, from 0.
    place = F.concat_ws("#", "_metadata.file_name", "_metadata.row_index")
    named = [text.alias(c.name) for text, c in zip(texts, contract.raw_columns)]
    return rows.select(*named, F.lit(None).cast("string").alias(LINE_COLUMN), place.alias(SOURCE_FILE_COLUMN))


def text_of(column: Column, value: Expression, kind: T.DataType) -> Expression:
    """A typed value as the text that the contract's type is read from."""
    if isinstance(kind, T.BinaryType):
        return F.base64(value)
    if isinstance(kind, (T.ArrayType, T.MapType, T.StructType)):
        return F.to_json(value)
    if isinstance(kind, (T.DateType, T.TimestampType, T.TimestampNTZType)) and column.type in CAST_FORMATS:
        return F.date_format(value, column.format or CAST_FORMATS[column.type])
    if isinstance(kind, T.DecimalType):
        # A cast gives a small one an exponent.
        return F.translate(F.format_number(value, kind.scale), ",", "")
    return value.cast("string")


def _quoted(name: str) -> Expression:
    return F.col("`" + name.replace("`", "``") + "`")

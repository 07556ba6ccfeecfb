"""What Parquet's types are as text, and which of them are refused.

Types are those of the format's own pages (Apache Parquet documentation, "Types" and "Logical Types").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from pyspark.sql import Column as Expression
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.model import Column
from etl.rules.casts import CAST_FORMATS

#: One line of a schema's text: how deep, what it is stored as, its name, and what it means.
_FIELD = re.compile(
    r"^(?P<indent> +)(?:optional|required|repeated) (?P<kind>[^ ]+) (?P<name>.*?)"
    r"(?: \((?P<meaning>[A-Z0-9_]+(?:\([^()]*\))?)\))?(?: = \d+)?(?:;| \{)$"
)

#: Digits of a decimal, at most (Spark 3.5.4 documentation, "Data Types").
MOST_DIGITS = 38

#: The indentation of a column.
_TOP = 2

#: A moment in lists and objects, with all the digits that it has.
_MOMENT = "yyyy-MM-dd HH:mm:ss.SSSSSS"

#: A moment's parts of a second: nanoseconds in a microsecond, and their digits.
_PARTS, _DIGITS = 1000, 3


def nanosecond_columns(schema: str) -> frozenset[str]:
    """Names of the columns whose moments have nanoseconds, which Spark reads as numbers."""
    return frozenset(
        field["name"] for field in _fields(schema) if _is_nanoseconds(field) and len(field["indent"]) == _TOP
    )


def int96_columns(schema: str) -> tuple[str, ...]:
    """Names of the columns of the deprecated type of moments, of which Spark cuts nanoseconds off."""
    return tuple(field["name"] for field in _fields(schema) if field["kind"] == "int96")


def cuts_moments(spark: SparkSession, path: str, columns: Sequence[str]) -> bool:
    """Whether a moment of a file has nanoseconds that Spark cuts off, read as the bytes that it is.

    INT96 is nanoseconds of a day, eight bytes beginning with the least, and a day. Only the reader that takes
    one row after the other gives them out, in a session of its own.
    """
    session = spark.newSession()
    session.conf.set("spark.sql.parquet.enableVectorizedReader", "false")
    names = ["`" + name.replace("`", "``") + "`" for name in columns]
    rows = session.read.schema(", ".join(f"{name} binary" for name in names)).parquet(path)
    cut = [_nanoseconds_of_day(F.col(name)) % _PARTS != 0 for name in names]
    return not rows.where(reduce(or_, cut)).isEmpty()


def _nanoseconds_of_day(value: Expression) -> Expression:
    digits = F.hex(value)
    last_first = [F.substring(digits, 2 * byte + 1, 2) for byte in reversed(range(8))]
    return F.conv(F.concat(*last_first), 16, 10).cast("bigint")


def unreadable_type(schema: str) -> str | None:
    """The first column that is of a type that is not read, and what to do; None where all are read."""
    column = ""
    for field in _fields(schema):
        if len(field["indent"]) == _TOP:
            column = field["name"]
        remedy = _remedy(field)
        if remedy is not None:
            meaning = f" ({field['meaning']})" if field["meaning"] else ""
            return f"the column {column} is {field['kind']}{meaning}, which is not read: {remedy}"
    return None


def _remedy(field: re.Match[str]) -> str | None:
    meaning = field["meaning"] or ""
    if meaning.startswith("TIME("):
        return "write times of day as text"
    if meaning == "UUID" or meaning.startswith("INTERVAL"):
        return "write it as text"
    if meaning.startswith("DECIMAL(") and int(re.findall(r"\d+", meaning)[0]) > MOST_DIGITS:
        return f"write it as text, or with at most {MOST_DIGITS} digits"
    if len(field["indent"]) > _TOP and (_is_nanoseconds(field) or field["kind"] == "int96"):
        return "write moments in lists and objects with microseconds"
    return None


def _is_nanoseconds(field: re.Match[str]) -> bool:
    return (field["meaning"] or "").startswith("TIMESTAMP(NANOS")


def _fields(schema: str) -> Sequence[re.Match[str]]:
    return [found for line in schema.splitlines() if (found := _FIELD.match(line))]


def text_of(column: Column, value: Expression, kind: T.DataType) -> Expression:
    """A typed value as the text that the contract's type is read from."""
    if isinstance(kind, T.BinaryType):
        return F.base64(value)
    if isinstance(kind, (T.ArrayType, T.MapType, T.StructType)):
        moments = {"timestampFormat": _MOMENT, "timestampNTZFormat": _MOMENT}
        return F.to_json(value, {"ignoreNullFields": "false", **moments})
    if isinstance(kind, (T.DateType, T.TimestampType, T.TimestampNTZType)) and column.type in CAST_FORMATS:
        return _text_of_time(column, value)
    if isinstance(kind, T.DecimalType):
        # A cast gives a small one an exponent.
        return F.translate(F.format_number(value, kind.scale), ",", "")
    return value.cast("string")


def text_of_nanoseconds(column: Column, value: Expression) -> Expression:
    """A moment in nanoseconds since 1970: as others are, and with nine digits where it needs them."""
    rest = F.pmod(value, F.lit(_PARTS))
    # Integer division cuts toward zero, and moments before 1970 are less than it.
    micros = F.call_function("div", value, F.lit(_PARTS)) - F.when((value < 0) & (rest != 0), 1).otherwise(0)
    moment = F.timestamp_micros(micros)
    exact = F.concat(F.date_format(moment, _MOMENT), F.lpad(rest.cast("string"), _DIGITS, "0"))
    return F.when(rest == 0, text_of(column, moment, T.TimestampType())).otherwise(exact)


def _text_of_time(column: Column, value: Expression) -> Expression:
    """By the contract's form, which the reader expects; whole, where that form would leave a part out."""
    form = column.format or CAST_FORMATS[column.type]
    text = F.date_format(value, form)
    read = F.to_date(text, form) if column.type == "date" else F.to_timestamp(text, form)
    return F.when(read == value, text).otherwise(value.cast("string"))

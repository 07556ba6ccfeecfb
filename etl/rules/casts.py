"""Reads text as the contract's types without Spark's silent leniency.

With ANSI mode off, a cast trims blanks, cuts `12.7` to 12, rounds `1.005` to two digits, takes `t` for true
and `2024` for a date, and turns the rest into NULL (Spark 3.5.4 documentation, "ANSI Compliance", "Cast"). So
a value counts as read only if its text has the type's plain form, too.
"""

from __future__ import annotations

import re
import sys
from typing import Callable

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.model import Column

#: Forms that Spark casts by itself, much faster than by a pattern.
CAST_FORMATS = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}

#: Java writes the year 0 as the year 1.
FIRST_DAY = "0001-01-01"

#: Ends of a double's full precision, and the decimal digits that it always has there (IEEE 754, binary64).
SMALLEST, LARGEST, SURE_DIGITS = sys.float_info.min, sys.float_info.max, sys.float_info.dig

#: Digits before the point: with leading zeros they are a code, and so is an integer with a plus sign.
_WHOLE = "(0|[1-9][0-9]*)"

INTEGER = r"^(0|-?[1-9][0-9]*)\z"
DOUBLE = rf"^[+-]?({_WHOLE}([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?\z"


def present(text: Expression) -> Expression:
    """The text, or NULL when it is empty: raw files cannot tell the two apart."""
    return F.when(text != "", text)


def cast(column: Column, text: Expression) -> Expression:
    """What Spark makes of a text. It is a value of the column only where `readable` says so."""
    if column.type == "string":
        return present(text)
    if column.type in CAST_FORMATS and column.format != CAST_FORMATS[column.type]:
        read: Callable[..., Expression] = F.to_date if column.type == "date" else F.to_timestamp
        return read(text, column.format)
    return text.cast(column.type)


def written(column: Column, value: Expression) -> Expression:
    """The plain text of a value: what `typed` reads back, and what a canonical raw file holds."""
    if column.type in ("date", "timestamp"):
        return F.date_format(value, column.format or CAST_FORMATS[column.type])
    return value.cast("string")


def canonical(column: Column, text: Expression, value: Expression) -> Expression:
    """Whether the value alone gives the raw text back, so that the text need not be kept. Never NULL."""
    if column.type == "string":
        return ~text.eqNullSafe(F.lit(""))
    if column.type in ("date", "timestamp"):
        return text.isNull() | text.rlike(shape(column.format or CAST_FORMATS[column.type]))
    return written(column, value).eqNullSafe(text)


def readable(column: Column, text: Expression, value: Expression, plain: Expression) -> Expression:
    """Whether a text is a plain form of the column's type and fits in it.

    `value` is what `cast` made of it and `plain` what `canonical` says of both, which settles nearly every
    row at less cost than a pattern.
    """
    if column.type == "string":
        return value.isNotNull()
    if column.type == "boolean":
        return value.isNotNull() & text.isin("true", "false")
    if column.type == "double":
        return value.isNotNull() & text.rlike(DOUBLE) & (plain | is_exact_double(text, value))
    if column.type in CAST_FORMATS:
        return value.isNotNull() & plain & (value >= F.lit(FIRST_DAY).cast(column.type))
    if column.type.startswith("decimal"):
        plain = plain | text.rlike(_decimal_shape(column.type))
    else:
        plain = plain | text.rlike(INTEGER)
    return value.isNotNull() & plain


def is_exact_double(text: Expression, value: Expression) -> Expression:
    """Whether a double, read from a text of the form `DOUBLE`, is the number that the text says.

    That is sure up to 15 significant digits, and where Java writes the double with the digits of the text.
    What is too large or too small for a double has been read as infinity or 0.
    """
    length = F.length(_digits(text))
    size = F.abs(value)
    normal = (size >= F.lit(SMALLEST)) & (size <= F.lit(LARGEST))
    same = (_digits(text) == _digits(value.cast("string"))) & (size <= F.lit(LARGEST))
    return (length == 0) | ((length <= SURE_DIGITS) & normal) | same


def _digits(number: Expression) -> Expression:
    """The significant digits of a number's text."""
    mantissa = F.translate(F.regexp_replace(number, "[eE].*$", ""), "+-.", "")
    return F.regexp_replace(mantissa, "^0+|0+$", "")


def shape(datetime_format: str) -> str:
    """The regular expression of a datetime pattern of digits: `yyyy-MM-dd` is four, two and two digits."""
    tokens = [match.group(0) for match in re.finditer(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']", datetime_format)]
    return "^" + "".join(_shape_of(token) for token in tokens) + r"\z"


def _shape_of(token: str) -> str:
    if token.startswith("'"):
        return re.escape(token.strip("'"))
    return f"[0-9]{{{len(token)}}}" if token.isalpha() else re.escape(token)


def _decimal_shape(spark_type: str) -> str:
    precision, scale = (int(number) for number in re.findall(r"\d+", spark_type))
    fraction = f"([.][0-9]{{1,{scale}}}0*)?" if scale else "([.]0+)?"
    whole = rf"(0|[1-9][0-9]{{0,{precision - scale - 1}}})" if precision > scale else "0"
    return rf"^[+-]?{whole}{fraction}\z"

"""Reads text as the contract's types without Spark's silent leniency.

With ANSI mode off, a cast trims blanks, cuts `12.7` to 12, rounds `1.005` to two digits, takes `t` for true
and `2024` for a date, and turns the rest into NULL (Spark 3.5.4 documentation, "ANSI Compliance", "Cast"). So
a value counts as read only if its text has the type's plain form, too.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import Callable

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.model import Column

#: Forms that Spark casts by itself, much faster than by a pattern.
CAST_FORMATS = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}

#: How numbers of CSV files are written where it is not with a point: by an example, what groups digits and
#: what begins a fraction. These are `groupChar` and `decimalChar` of the W3C's "Metadata Vocabulary for
#: Tabular Data" (2015), section 6.4.2.
NUMBER_FORMATS = {
    "1234,56": ("", ","),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
    "1,234.56": (",", "."),
}

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

#: Parts of datetime patterns that are not as many digits as letters. Spark reads and writes names in English.
NAMED = {
    "d": "([1-9]|[12][0-9]|3[01])",
    "M": "([1-9]|1[0-2])",
    "MMM": f"({'|'.join(month[:3] for month in MONTHS)})",
    "MMMM": f"({'|'.join(MONTHS)})",
}

#: Java writes the year 0 as the year 1.
FIRST_DAY = "0001-01-01"

#: Ends of a double's full precision, and the decimal digits that it always has there (IEEE 754, binary64).
SMALLEST, LARGEST, SURE_DIGITS = sys.float_info.min, sys.float_info.max, sys.float_info.dig

#: Digits before the point: with leading zeros they are a code, and so is an integer with a plus sign.
_WHOLE = "(0|[1-9][0-9]*)"

#: Places between the digits of a whole number where a group of three begins.
_BEFORE_GROUPS = "(?<=[0-9])(?=([0-9]{3})+$)"

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
    return _with_point(column, text).cast(column.type)


def written(column: Column, value: Expression) -> Expression:
    """The plain text of a value: what `typed` reads back, and what a canonical raw file holds."""
    if column.type in ("date", "timestamp"):
        return F.date_format(value, column.format or CAST_FORMATS[column.type])
    text = value.cast("string")
    if column.format is None:
        return text
    group, point = NUMBER_FORMATS[column.format]
    fraction = F.when(text.contains("."), F.concat(F.lit(point), F.substring_index(text, ".", -1)))
    whole = F.regexp_replace(F.substring_index(text, ".", 1), _BEFORE_GROUPS, group)
    return F.concat(whole, F.coalesce(fraction, F.lit("")))


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
    if column.format is not None and column.type not in CAST_FORMATS:
        return _readable_number(column, text, value)
    if column.type == "double":
        return value.isNotNull() & text.rlike(DOUBLE) & (plain | is_exact_double(text, value))
    if column.type in CAST_FORMATS:
        return value.isNotNull() & plain & (value >= F.lit(FIRST_DAY).cast(column.type))
    if column.type.startswith("decimal"):
        plain = plain | text.rlike(_decimal_shape(column.type))
    else:
        plain = plain | text.rlike(INTEGER)
    return value.isNotNull() & plain


def _with_point(column: Column, text: Expression) -> Expression:
    """A number's text as Spark reads it."""
    if column.format is None or column.type in CAST_FORMATS:
        return text
    group, point = NUMBER_FORMATS[column.format]
    # What comes second in the first has nothing to become: it is left out.
    return F.translate(text, point + group, ".")


def _readable_number(column: Column, text: Expression, value: Expression) -> Expression:
    """Whether a text has the form of the column's numbers: each group has three digits."""
    group, point = (re.escape(character) for character in NUMBER_FORMATS[column.format or ""])
    whole = f"({_WHOLE}|[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+)" if group else _WHOLE
    plain = _with_point(column, text)
    of_type = replace(column, format=None)
    written_so = text.rlike(rf"^[+-]?{whole}({point}[0-9]+)?\z")
    return written_so & readable(of_type, plain, value, F.lit(False))


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
    return "^" + "".join(_shape_of(token) for token in format_tokens(datetime_format)) + r"\z"


def format_tokens(datetime_format: str) -> list[str]:
    """The parts of a datetime pattern: runs of a letter, quoted texts, other characters."""
    return [match.group(0) for match in re.finditer(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']", datetime_format)]


def _shape_of(token: str) -> str:
    if token.startswith("'"):
        return re.escape(token.strip("'"))
    if token in NAMED:
        return NAMED[token]
    return f"[0-9]{{{len(token)}}}" if token.isalpha() else re.escape(token)


def _decimal_shape(spark_type: str) -> str:
    precision, scale = (int(number) for number in re.findall(r"\d+", spark_type))
    fraction = f"([.][0-9]{{1,{scale}}}0*)?" if scale else "([.]0+)?"
    whole = rf"(0|[1-9][0-9]{{0,{precision - scale - 1}}})" if precision > scale else "0"
    return rf"^[+-]?{whole}{fraction}\z"

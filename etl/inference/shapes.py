"""What texts look like: the forms from which a column's type can be told.

The forms are those that `casts.py` reads, so that a type is never proposed that ingest would refuse.
"""

from __future__ import annotations

import re

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.inference.time_shapes import named_day_form, time_form
from etl.rules.casts import DOUBLE, SURE_DIGITS, is_exact_double

#: Texts that people write for no value.
MARKS = ("NA", "N/A", "#N/A", "NULL", "null", "None", "nan", "NaN", "NAN", "\\N", "-", "?")

MISSING, BOOLEAN = "missing", "boolean"
#: Numbers that are read as they are: with a point, with an exponent or an end of a fraction missing.
INTEGER, DECIMAL, FLOAT = "integer", "decimal", "float"
#: Numbers only where others say so: `+5`; `1e5` and `7.`, which have no digit after a point.
SIGNED, BARE = "integer with a plus sign", "number with an exponent or a point at its end"
PLAIN = (INTEGER, DECIMAL, SIGNED)
#: Digits that no number gives back: leading zeros, `-0`, more digits than 64 bits have room for.
CODE = "code"
#: Numbers with other characters than a point, by what they are sure to have: `0,5`, `1.234,5`, `1.234.567`,
#: `1,234,567`, `1 234,5`, `1 234`. `1,234` is one number with a decimal comma, and another with groups.
COMMA, POINTS_COMMA, POINTS = "decimal comma", "grouping points and a decimal comma", "grouping points"
COMMAS, BLANKS_COMMA, BLANKS = "grouping commas", "grouping blanks and a decimal comma", "grouping blanks"
EITHER_COMMA = "comma that is decimal or grouping"
WITH_COMMAS = (COMMA, POINTS_COMMA, POINTS, COMMAS, BLANKS_COMMA, BLANKS, EITHER_COMMA)
#: Digits with characters that a number does not have: ` 12`, `12 %`.
ODD = "digits with other characters"
NUMERIC = (INTEGER, DECIMAL, FLOAT, SIGNED, BARE, CODE, *WITH_COMMAS, ODD)
#: Words for true and false that are not read as such.
YES_NO = "another word for true or false"
UUID, EMAIL, TEXT = "uuid", "e-mail", "text"
MARK = "mark:"

#: As contracts write them: Java and JavaScript both read these.
PATTERNS = {
    UUID: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    EMAIL: r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
}

#: Digits that a 64-bit integer always has room for.
_DIGITS = "(0|[1-9][0-9]{0,17})"

#: A number whose only point may group digits, `1.234`, and the digits of a group.
ONE_GROUP, GROUP = r"^-?[1-9][0-9]{0,2}[.][0-9]{3}\z", 3

_YES_NO = ("true", "false", "yes", "no", "t", "f", "y", "n")


def shape_of(text: Expression) -> Expression:
    """The name of a text's form; `MARK` and the text itself for one that may mean that there is no value.

    Every text of a dataset is asked, so a pattern is tried only where a comparison has left it possible.
    """
    is_digit, is_plus = (text >= "0") & (text < ":"), (text >= "+") & (text < ",")
    is_minus_or_point = (text >= "-") & (text < "/")
    numeric = F.coalesce(_numeric(text), _wordy(text), F.lit(TEXT))
    return (
        F.when(text.isNull() | (text == ""), F.lit(MISSING))
        .when((is_digit | is_plus | is_minus_or_point) & ~text.isin(*MARKS), numeric)
        .otherwise(F.coalesce(_wordy(text), F.lit(TEXT)))
    )


def _numeric(text: Expression) -> Expression:
    """The form of a text that begins as a number does; NULL where it has none of these."""
    point = text.contains(".")
    return F.coalesce(
        F.when(~point & text.rlike(r"^(0|-?[1-9][0-9]{0,17})\z"), F.lit(INTEGER))
        .when(~point & text.rlike(rf"^[+]{_DIGITS}\z"), F.lit(SIGNED))
        .when(~point & text.rlike(r"^[+-]?[0-9]+\z"), F.lit(CODE))
        .when(point & text.rlike(r"^[+-]?(0|[1-9][0-9]*)[.][0-9]+\z"), F.lit(DECIMAL)),
        time_form(text),
        F.when(text.rlike(DOUBLE), F.when(text.rlike("[.][0-9]"), F.lit(FLOAT)).otherwise(F.lit(BARE)))
        .when(text.rlike(r"^[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?\z"), F.lit(CODE))
        .when(_is_uuid(text), F.lit(UUID)),
        F.when(text.rlike(r"^-?[0-9]+[., ][0-9., ]*[0-9]\z"), _with_commas(text)),
    )


def _with_commas(text: Expression) -> Expression:
    """The form of a number with other characters than one point."""
    group = "-?[1-9][0-9]{0,2}"
    return (
        F.when(text.rlike(rf"^{group},[0-9]{{3}}\z"), F.lit(EITHER_COMMA))
        .when(text.rlike(r"^-?(0|[1-9][0-9]*),[0-9]+\z"), F.lit(COMMA))
        .when(text.rlike(rf"^{group}([.][0-9]{{3}})+,[0-9]+\z"), F.lit(POINTS_COMMA))
        .when(text.rlike(rf"^{group}([.][0-9]{{3}}){{2,}}\z"), F.lit(POINTS))
        .when(text.rlike(rf"^{group}((,[0-9]{{3}}){{2,}}|(,[0-9]{{3}})+[.][0-9]+)\z"), F.lit(COMMAS))
        .when(text.rlike(rf"^{group}( [0-9]{{3}})+,[0-9]+\z"), F.lit(BLANKS_COMMA))
        .when(text.rlike(rf"^{group}( [0-9]{{3}})+\z"), F.lit(BLANKS))
    )


def _wordy(text: Expression) -> Expression:
    """The form of any other text; NULL where it has none of these."""
    named = named_day_form(text)
    return (
        F.when(text.isin("true", "false"), F.lit(BOOLEAN))
        .when(text.isin(*MARKS), F.concat(F.lit(MARK), text))
        .when((F.length(text) <= len("false")) & F.lower(text).isin(*_YES_NO), F.lit(YES_NO))
        .when(text.contains("@") & text.rlike(PATTERNS[EMAIL]), F.lit(EMAIL))
        .when(_is_uuid(text), F.lit(UUID))
        .when(named.isNotNull(), named)
        .when(text.rlike(r"^[^\p{L}]*[0-9][^\p{L}]*\z"), F.lit(ODD))
    )


def is_exact(text: Expression) -> Expression:
    """Whether a double gives a number's text back; few characters without an exponent are few digits."""
    short = (F.length(text) <= SURE_DIGITS) & ~F.lower(text).contains("e")
    return short | is_exact_double(text, text.cast("double"))


def _is_uuid(text: Expression) -> Expression:
    """Whether the pattern matches, which takes a line break after its 36 characters, too."""
    return F.length(text).isin(36, 37) & text.rlike(PATTERNS[UUID])


def digits_of(text: Expression) -> Expression:
    """Digits of a number's text, whatever is between them."""
    return F.length(F.translate(text, "+-., ", ""))


def plain_number(text: Expression) -> Expression:
    """A decimal without plus sign and without zeros at the end of its fraction: equal for equal numbers."""
    unsigned = F.regexp_replace(text, "^[+]", "")
    return F.when(text.contains("."), F.regexp_replace(unsigned, "[.]?0+$", "")).otherwise(unsigned)


def scale_of(text: Expression, mark: str = ".") -> Expression:
    """Digits after the point, or after another mark."""
    return F.when(text.contains(mark), F.length(F.substring_index(text, mark, -1))).otherwise(F.lit(0))


def is_codelike(name: str) -> bool:
    """Whether a column's name says that it names things: `order_id`, `code`, `uuid`."""
    return bool(re.search(r"(^|_)(id|key|code|uuid|guid|no|num|number|nr|sku|ean|iata|faa)$", name))


def is_daylike(name: str) -> bool:
    """Whether a column's name says that it has days: `booking_date`, `startdate`, `datum`."""
    return bool(re.search(r"(^|_)(day|datum|dt|fecha|jour|giorno|ymd|yyyymmdd)(_|$)|date(_|$)", name))

"""What texts look like: the forms from which a column's type can be told.

The forms are those that `casts.py` reads, so that a type is never proposed that ingest would refuse.
"""

from __future__ import annotations

import re

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.rules.casts import DOUBLE, SURE_DIGITS, is_exact_double

#: Texts that people write for no value.
MARKS = ("NA", "N/A", "#N/A", "NULL", "null", "None", "nan", "NaN", "NAN", "\\N", "-", "?")

DATES = ("yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy")
#: Days that tell the order of day and month by themselves, and those that do not.
DAY_FIRST, MONTH_FIRST, EITHER_FIRST = "dd/MM/yyyy", "MM/dd/yyyy", "either dd/MM/yyyy or MM/dd/yyyy"

_SECONDS = ("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss")
#: A zone is read where it is written as UTC: the text has no other.
TIMESTAMPS = tuple(
    f"{seconds}{fraction}{zone}"
    for seconds in _SECONDS
    for fraction in ("", ".SSS", ".SSSSSS")
    for zone in ("", "'Z'", "'+00:00'")
)

#: A moment with more digits than a TIMESTAMP has.
NANOSECONDS = "yyyy-MM-dd HH:mm:ss.SSSSSSSSS"

MISSING, BOOLEAN = "missing", "boolean"
#: Numbers that are read as they are: with a point, with an exponent or an end of a fraction missing.
INTEGER, DECIMAL, FLOAT = "integer", "decimal", "float"
#: Numbers only where others say so: `+5`; `1e5` and `7.`, which have no digit after a point.
SIGNED, BARE = "integer with a plus sign", "number with an exponent or a point at its end"
#: Digits that no number gives back: leading zeros, `-0`, more digits than 64 bits have room for.
CODE = "code"
#: Digits with characters that a number does not have: `1,234`, ` 12`, `12 %`.
ODD = "digits with other characters"
NUMERIC = (INTEGER, DECIMAL, FLOAT, SIGNED, BARE, CODE, ODD)
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

#: What the parts of a time can be, so that a day is not taken for a month.
_PARTS = {
    "yyyy": "(?!0000)[0-9]{4}",
    "MM": "(0[1-9]|1[0-2])",
    "dd": "(0[1-9]|[12][0-9]|3[01])",
    "HH": "([01][0-9]|2[0-3])",
    "mm": "[0-5][0-9]",
    "ss": "[0-5][0-9]",
}

_YES_NO = ("true", "false", "yes", "no", "t", "f", "y", "n")

_LATE_DAY, _MONTH = "(1[3-9]|2[0-9]|3[01])", "(0[1-9]|1[0-2])"


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
    point, clock, length = text.contains("."), text.contains(":"), F.length(text)
    form = (
        F.when(~point & text.rlike(r"^(0|-?[1-9][0-9]{0,17})\z"), F.lit(INTEGER))
        .when(~point & text.rlike(rf"^[+]{_DIGITS}\z"), F.lit(SIGNED))
        .when(~point & text.rlike(r"^[+-]?[0-9]+\z"), F.lit(CODE))
        .when(point & text.rlike(r"^[+-]?(0|[1-9][0-9]*)[.][0-9]+\z"), F.lit(DECIMAL))
    )
    for pattern in DATES:
        form = form.when((length == len(pattern)) & text.rlike(_time_shape(pattern)), F.lit(pattern))
    for pattern in (*TIMESTAMPS, NANOSECONDS):
        written = pattern.replace("'", "")
        matches = text.rlike(_time_shape(pattern))
        form = form.when(clock & (length == len(written)) & matches, F.lit(pattern))
    year = _PARTS["yyyy"]
    return (
        form.when(text.rlike(rf"^{_LATE_DAY}/{_MONTH}/{year}\z"), F.lit(DAY_FIRST))
        .when(text.rlike(rf"^{_MONTH}/{_LATE_DAY}/{year}\z"), F.lit(MONTH_FIRST))
        .when(text.rlike(rf"^{_MONTH}/{_MONTH}/{year}\z"), F.lit(EITHER_FIRST))
        .when(text.rlike(DOUBLE), F.when(text.rlike("[.][0-9]"), F.lit(FLOAT)).otherwise(F.lit(BARE)))
        .when(text.rlike(r"^[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?\z"), F.lit(CODE))
        .when(_is_uuid(text), F.lit(UUID))
    )


def _time_shape(pattern: str) -> str:
    """The regular expression of a pattern of digits, each part within its limits."""
    tokens = re.findall(r"'[^']*'|[A-Za-z]+|[^A-Za-z']", pattern)
    return "^" + "".join(_PARTS.get(token) or _literal(token) for token in tokens) + r"\z"


def _literal(token: str) -> str:
    return f"[0-9]{{{len(token)}}}" if token.isalpha() else re.escape(token.strip("'"))


def _wordy(text: Expression) -> Expression:
    """The form of any other text; NULL where it has none of these."""
    return (
        F.when(text.isin("true", "false"), F.lit(BOOLEAN))
        .when(text.isin(*MARKS), F.concat(F.lit(MARK), text))
        .when((F.length(text) <= len("false")) & F.lower(text).isin(*_YES_NO), F.lit(YES_NO))
        .when(text.contains("@") & text.rlike(PATTERNS[EMAIL]), F.lit(EMAIL))
        .when(_is_uuid(text), F.lit(UUID))
        .when(text.rlike(r"^[^\p{L}]*[0-9][^\p{L}]*\z"), F.lit(ODD))
    )


def is_exact(text: Expression) -> Expression:
    """Whether a double gives a number's text back; few characters without an exponent are few digits."""
    short = (F.length(text) <= SURE_DIGITS) & ~F.lower(text).contains("e")
    return short | is_exact_double(text, text.cast("double"))


def _is_uuid(text: Expression) -> Expression:
    """Whether the pattern matches, which takes a line break after its 36 characters, too."""
    return F.length(text).isin(36, 37) & text.rlike(PATTERNS[UUID])


def is_time(form: str) -> bool:
    """Whether a form is of a date or timestamp that can be read."""
    return form in DATES or form in TIMESTAMPS or form in (DAY_FIRST, MONTH_FIRST)


def whole_digits_of(text: Expression) -> Expression:
    """Digits before the point of an integer or a decimal, which may begin with a sign."""
    return F.length(F.substring_index(text, ".", 1)) - F.when(text < "0", 1).otherwise(0)


def plain_number(text: Expression) -> Expression:
    """A decimal without plus sign and without zeros at the end of its fraction: equal for equal numbers."""
    unsigned = F.regexp_replace(text, "^[+]", "")
    return F.when(text.contains("."), F.regexp_replace(unsigned, "[.]?0+$", "")).otherwise(unsigned)


def scale_of(text: Expression) -> Expression:
    """Digits after the point."""
    return F.when(text.contains("."), F.length(F.substring_index(text, ".", -1))).otherwise(F.lit(0))


def is_codelike(name: str) -> bool:
    """Whether a column's name says that it names things: `order_id`, `code`, `uuid`."""
    return bool(re.search(r"(^|_)(id|key|code|uuid|guid|no|num|number|nr|sku|ean|iata|faa)$", name))

"""What texts look like: the forms from which a column's type can be told.

The forms are those that `casts.py` reads, so that a type is never proposed that ingest would refuse.
"""

from __future__ import annotations

import re

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.rules.casts import DOUBLE, shape

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

MISSING, BOOLEAN, INTEGER, CODE, DECIMAL, FLOAT = "missing", "boolean", "integer", "code", "decimal", "float"
UUID, EMAIL, TEXT = "uuid", "e-mail", "text"
MARK = "mark:"

#: As contracts write them: Java and JavaScript both read these.
PATTERNS = {
    UUID: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    EMAIL: r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
}

#: Digits that a 64-bit integer always has room for.
_WHOLE = r"^[+-]?(0|[1-9][0-9]{0,17})\z"


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
    slashed = (
        F.when(text.rlike("^(1[3-9]|2[0-9]|3[01])/"), F.lit(DAY_FIRST))
        .when(text.rlike("^[0-9]{2}/(1[3-9]|2[0-9]|3[01])/"), F.lit(MONTH_FIRST))
        .otherwise(F.lit(EITHER_FIRST))
    )
    form = (
        F.when(~point & text.rlike(_WHOLE), F.lit(INTEGER))
        .when(~point & text.rlike(r"^[0-9]+\z"), F.lit(CODE))
        .when(point & text.rlike(r"^[+-]?[0-9]+[.][0-9]+\z"), F.lit(DECIMAL))
    )
    for pattern in DATES:
        form = form.when((length == len(pattern)) & text.rlike(shape(pattern)), F.lit(pattern))
    for pattern in TIMESTAMPS:
        written = pattern.replace("'", "")
        form = form.when(clock & (length == len(written)) & text.rlike(shape(pattern)), F.lit(pattern))
    return (
        form.when(text.rlike(r"^[0-9]{2}/[0-9]{2}/[0-9]{4}\z"), slashed)
        .when(text.rlike(DOUBLE), F.lit(FLOAT))
        .when(_is_uuid(text), F.lit(UUID))
    )


def _wordy(text: Expression) -> Expression:
    """The form of any other text; NULL where it has none of these."""
    return (
        F.when(text.isin("true", "false"), F.lit(BOOLEAN))
        .when(text.isin(*MARKS), F.concat(F.lit(MARK), text))
        .when(text.contains("@") & text.rlike(PATTERNS[EMAIL]), F.lit(EMAIL))
        .when(_is_uuid(text), F.lit(UUID))
    )


def _is_uuid(text: Expression) -> Expression:
    """Whether the pattern matches, which takes a line break after its 36 characters, too."""
    return F.length(text).isin(36, 37) & text.rlike(PATTERNS[UUID])


def is_time(form: str) -> bool:
    """Whether a form is of a date or timestamp that can be read."""
    return form in DATES or form in TIMESTAMPS or form in (DAY_FIRST, MONTH_FIRST)


def whole_digits_of(text: Expression) -> Expression:
    """Digits before the point of an integer or a decimal, which may begin with a sign."""
    return F.length(F.substring_index(text, ".", 1)) - F.when(text < "0", 1).otherwise(0)


def scale_of(text: Expression) -> Expression:
    """Digits after the point."""
    return F.when(text.contains("."), F.length(F.substring_index(text, ".", -1))).otherwise(F.lit(0))


def is_codelike(name: str) -> bool:
    """Whether a column's name says that it names things: `order_id`, `code`, `uuid`."""
    return bool(re.search(r"(^|_)(id|key|code|uuid|guid|no|num|number|nr|sku|ean|iata|faa)$", name))

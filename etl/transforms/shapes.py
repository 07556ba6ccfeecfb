"""What texts look like: the forms from which a column's type can be told.

The forms are those that `casts.py` reads, so that a type is never proposed that ingest would refuse.
"""

from __future__ import annotations

import re

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.transforms.casts import DOUBLE, shape

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
    """The name of a text's form; `MARK` and the text itself for one that may mean that there is no value."""
    numeric = (
        F.when(text.rlike(_WHOLE), F.lit(INTEGER))
        .when(text.rlike(r"^[0-9]+\z"), F.lit(CODE))
        .when(text.rlike(r"^[+-]?[0-9]+[.][0-9]+\z"), F.lit(DECIMAL))
    )
    for pattern in (*DATES, *TIMESTAMPS):
        numeric = numeric.when(text.rlike(shape(pattern)), F.lit(pattern))
    slashed = (
        F.when(text.rlike("^(1[3-9]|2[0-9]|3[01])/"), F.lit(DAY_FIRST))
        .when(text.rlike("^[0-9]{2}/(1[3-9]|2[0-9]|3[01])/"), F.lit(MONTH_FIRST))
        .otherwise(F.lit(EITHER_FIRST))
    )
    numeric = numeric.when(text.rlike(r"^[0-9]{2}/[0-9]{2}/[0-9]{4}\z"), slashed)
    numeric = numeric.when(text.rlike(DOUBLE), F.lit(FLOAT)).when(text.rlike(PATTERNS[UUID]), F.lit(UUID))
    wordy = (
        F.when(text.isin("true", "false"), F.lit(BOOLEAN))
        .when(text.isin(*MARKS), F.concat(F.lit(MARK), text))
        .when(text.contains("@") & text.rlike(PATTERNS[EMAIL]), F.lit(EMAIL))
        .when(text.rlike(PATTERNS[UUID]), F.lit(UUID))
    )
    return (
        F.when(text.isNull() | (text == ""), F.lit(MISSING))
        .when(text.rlike("^[0-9+.-]") & ~text.isin(*MARKS), F.coalesce(numeric, wordy, F.lit(TEXT)))
        .otherwise(F.coalesce(wordy, F.lit(TEXT)))
    )


def is_time(form: str) -> bool:
    """Whether a form is of a date or timestamp that can be read."""
    return form in DATES or form in TIMESTAMPS or form in (DAY_FIRST, MONTH_FIRST)


def scale_of(text: Expression) -> Expression:
    """Digits after the point."""
    return F.when(text.contains("."), F.length(F.substring_index(text, ".", -1))).otherwise(F.lit(0))


def is_codelike(name: str) -> bool:
    """Whether a column's name says that it names things: `order_id`, `code`, `uuid`."""
    return bool(re.search(r"(^|_)(id|key|code|uuid|guid|no|num|number|nr|sku|ean|iata|faa)$", name))

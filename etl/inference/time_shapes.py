"""Forms of days and times: patterns that `casts.py` reads, once it is known how long the parts are."""

from __future__ import annotations

import re
from collections.abc import Collection

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.rules.casts import MONTHS, format_tokens

#: Days that tell the order of day and month by themselves, and those that do not.
DAY_FIRST, MONTH_FIRST, EITHER_FIRST = "dd/MM/yyyy", "MM/dd/yyyy", "either dd/MM/yyyy or MM/dd/yyyy"

#: The same with what may be between the parts. Points are written in countries that put the day first.
ORDERS = {
    separator: tuple(form.replace("/", separator) for form in (DAY_FIRST, MONTH_FIRST, EITHER_FIRST))
    for separator in "/-"
}

#: Other days. Those of a form have a zero before a digit or none, and months of any length (`PARTS`).
NUMBERED = ("yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy")
NAMED = ("dd MMM yyyy", "dd-MMM-yyyy", "MMM dd, yyyy", "MMM dd yyyy", "MMM-dd-yyyy")
DAYS = (*NUMBERED, *NAMED, *(form for forms in ORDERS.values() for form in forms))

#: What a day of such a form has, by the name that `resolved` knows it by.
PARTS = {
    "zero": "(^|[-/. ])0[1-9]([-/., T]|$)",
    "single": "(^|[-/. ])[1-9]([-/., T]|$)",
    "short": "(?!May)[A-Z][a-z]{2}[-, ]",
    "long": "[A-Z][a-z]{3}",
}

#: Times of day after a day of numbers, where seconds have no fraction and no zone is written.
CLOCKS = (" HH:mm", " HH:mm:ss", "'T'HH:mm")

#: A zone is read where it is written as UTC: the text has no other.
TIMESTAMPS = tuple(
    f"{seconds}{fraction}{zone}"
    for seconds in ("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss")
    for fraction in ("", ".SSS", ".SSSSSS")
    for zone in ("", "'Z'", "'+00:00'")
)

#: A moment with more digits than a TIMESTAMP has.
NANOSECONDS = "yyyy-MM-dd HH:mm:ss.SSSSSSSSS"

#: Eight digits that are a day of these centuries.
COMPACT_DAY = r"^(1[89]|20|21)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\z"
COMPACT_FORMAT = "yyyyMMdd"

#: What the parts of a time can be, so that a day is not taken for a month.
_SHAPES = {
    "yyyy": "(?!0000)[0-9]{4}",
    "MM": "(0?[1-9]|1[0-2])",
    "dd": "(0?[1-9]|[12][0-9]|3[01])",
    "MMM": f"({'|'.join(f'{month[:3]}({month[3:]})?' for month in MONTHS)})",
    "HH": "([01][0-9]|2[0-3])",
    "mm": "[0-5][0-9]",
    "ss": "[0-5][0-9]",
}
_PADDED = {"MM": "(0[1-9]|1[0-2])", "dd": "(0[1-9]|[12][0-9]|3[01])"}
_LATE_DAY = "(1[3-9]|2[0-9]|3[01])"
_SHORTEST, _LONGEST = len("1/1/2024"), len("30/09/2024 23:59:59")


def time_form(text: Expression) -> Expression:
    """The form of a text that begins with a digit; NULL where it is no time."""
    clock, length = text.contains(":"), F.length(text)
    form = F.when(F.lit(False), F.lit(None))
    for pattern in (*TIMESTAMPS, NANOSECONDS):
        written = len(pattern.replace("'", ""))
        form = form.when(clock & (length == written) & text.rlike(_shape(pattern, _PADDED)), F.lit(pattern))
    day = F.when(clock, F.regexp_extract(text, r"^([^ T]+)[ T][0-9:]+\z", 1)).otherwise(text)
    suffix = F.when(~clock, F.lit(""))
    for pattern in CLOCKS:
        suffix = suffix.when(text.rlike(_shape(pattern)[1:]), F.lit(pattern))
    may_be = length.between(_SHORTEST, _LONGEST) & text.rlike("[0-9]{4}")
    other = F.coalesce(F.concat(_numbered(day), suffix), F.when(~clock, _named(text)))
    return form.when(may_be, other)


def named_day_form(text: Expression) -> Expression:
    """The form of a day whose month has a name; NULL for all other texts."""
    may_be = F.length(text).between(_SHORTEST, _LONGEST) & text.rlike("^[A-Z][a-z]{2}.*[0-9]{4}")
    return F.when(may_be, _named(text))


def is_compact_day(integer: Expression) -> Expression:
    """Whether an integer is a day, `20240131`."""
    return (F.length(integer) == len(COMPACT_FORMAT)) & integer.rlike(COMPACT_DAY)


def parts_of(form: Expression, text: Expression) -> dict[str, Expression]:
    """Which of `PARTS` a text with a form has; NULL for what is no day, or has parts of one length only.

    Of days of numbers the length says so, which costs less than a pattern.
    """
    loose = form.contains("yyyy") & ~form.isin(*TIMESTAMPS, NANOSECONDS)
    numbered = form.isin(*NUMBERED, *[each for forms in ORDERS.values() for each in forms])
    has_zero = text.startswith("0")
    for separator in "-/.":
        has_zero = has_zero | text.contains(f"{separator}0")
    cheap = {"zero": has_zero, "single": F.length(text) < len("yyyy-MM-dd")}
    return {
        name: F.when(numbered, cheap.get(name, F.lit(False))).when(loose, text.rlike(pattern))
        for name, pattern in PARTS.items()
    }


def resolved(form: str, parts: Collection[str]) -> str | None:
    """The datetime pattern of a form whose days have these parts; None where they are written in two ways."""
    if {"zero", "single"} <= set(parts) or {"short", "long"} <= set(parts):
        return None
    other = {"dd": "d", "MM": "M"} if "single" in parts else {}
    other |= {"MMM": "MMMM"} if "long" in parts else {}
    return "".join(other.get(token, token) for token in format_tokens(form))


def is_time(form: str) -> bool:
    """Whether a form is of a day or a time that can be read."""
    return "yyyy" in form and form != NANOSECONDS


def day_of(form: str) -> tuple[str, str]:
    """The day and the time of day of a form, which is empty where there is none."""
    clock = next((each for each in CLOCKS if form.endswith(each) and form[: -len(each)] in DAYS), "")
    return form[: len(form) - len(clock)], clock


def _numbered(text: Expression) -> Expression:
    year, form = _SHAPES["yyyy"], F.when(F.lit(False), F.lit(None))
    for pattern in NUMBERED:
        form = form.when(text.rlike(_shape(pattern)), F.lit(pattern))
    for separator, names in ORDERS.items():
        ends = ((_LATE_DAY, _SHAPES["MM"]), (_SHAPES["MM"], _LATE_DAY), (_SHAPES["MM"], _SHAPES["MM"]))
        for (first, second), name in zip(ends, names):
            form = form.when(text.rlike(rf"^{first}{separator}{second}{separator}{year}\z"), F.lit(name))
    return form


def _named(text: Expression) -> Expression:
    form = F.when(F.lit(False), F.lit(None))
    for pattern in NAMED:
        form = form.when(text.rlike(_shape(pattern)), F.lit(pattern))
    return form


def _shape(pattern: str, shapes: dict[str, str] | None = None) -> str:
    """The regular expression of a pattern, each part within its limits."""
    known = {**_SHAPES, **(shapes or {})}
    return "^" + "".join(known.get(token) or _literal(token) for token in format_tokens(pattern)) + r"\z"


def _literal(token: str) -> str:
    return f"[0-9]{{{len(token)}}}" if token.isalpha() else re.escape(token.strip("'"))

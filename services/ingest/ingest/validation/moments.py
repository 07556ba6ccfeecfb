"""Reads dates and timestamps by Spark's datetime patterns, as `shape` in etl/rules/casts.py does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from ingest.validation.compiled import ContractError

#: How dates and timestamps are written in bounds, and in events of contracts that name no format.
DATE_FORMAT, TIMESTAMP_FORMAT = "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTHS = tuple(month[:3] for month in _MONTHS)

#: The regular expression of each part of a pattern, by its letters.
_PARTS = {
    "yyyy": "[0-9]{4}",
    "M": "[1-9]|1[0-2]",
    "MM": "[0-9]{2}",
    "MMM": "|".join(_SHORT_MONTHS),
    "MMMM": "|".join(_MONTHS),
    "d": "[1-9]|[12][0-9]|3[01]",
    "dd": "[0-9]{2}",
    "HH": "[0-9]{2}",
    "mm": "[0-9]{2}",
    "ss": "[0-9]{2}",
    **{"S" * digits: f"[0-9]{{{digits}}}" for digits in range(1, 10)},
}

_TOKEN = re.compile(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']")
_MICROSECOND_DIGITS = 6


def moment_reader(pattern: str) -> Callable[[str], datetime | None]:
    """Returns a function that reads a text of the pattern; it gives None for any other, and for 30 February.

    Raises ContractError for a pattern with parts that are not read here.
    """
    matched = re.compile(_expression(pattern)).fullmatch
    month_of = {name: n for names in (_MONTHS, _SHORT_MONTHS) for n, name in enumerate(names, 1)}

    def read(text: str) -> datetime | None:
        match = matched(text)
        if match is None:
            return None
        part = match.groupdict("0")
        month = part["M"]
        micros = part.get("S", "0").ljust(_MICROSECOND_DIGITS, "0")[:_MICROSECOND_DIGITS]
        try:
            return datetime(
                int(part["y"]),
                month_of.get(month) or int(month),
                int(part["d"]),
                int(part.get("H", 0)),
                int(part.get("m", 0)),
                int(part.get("s", 0)),
                int(micros),
            )
        except ValueError:
            return None

    return read


def date_reader(pattern: str) -> Callable[[str], date | None]:
    """The same for dates."""
    read = moment_reader(pattern)

    def read_date(text: str) -> date | None:
        moment = read(text)
        return None if moment is None else moment.date()

    return read_date


def utc_now() -> datetime:
    """The time of the endpoint's clock in UTC, without a zone, as values are."""
    return datetime.now(UTC).replace(tzinfo=None)


def _expression(pattern: str) -> str:
    parts, seen = [], set()
    if "".join(match[0] for match in _TOKEN.finditer(pattern)) != pattern:
        raise ContractError(f"format {pattern!r}: a quotation mark is not closed")
    for token in (match[0] for match in _TOKEN.finditer(pattern)):
        letter = token[0]
        if token in _PARTS and letter not in seen:
            seen.add(letter)
            parts.append(f"(?P<{letter}>{_PARTS[token]})")
        elif token != "''" and not letter.isalpha():
            parts.append(re.escape(token.strip("'")))
        else:
            raise ContractError(
                f"format {pattern!r}: {token} is not read by the endpoint, or is there twice; "
                f"it reads each of {', '.join(_PARTS)} and quoted texts"
            )
    missing = sorted({"y", "M", "d"} - seen)
    if missing:
        raise ContractError(f"format {pattern!r}: has no {', '.join(missing)}")
    return "".join(parts)

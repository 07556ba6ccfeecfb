"""Written transformations of texts: the same data as another country or another program writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

#: What the parts of Java's datetime patterns are in Python. A day of one letter has no zero before it.
_PARTS = {
    "yyyy": "%Y",
    "yy": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "M": "%m",
    "dd": "%d",
    "d": "%d",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
}
_TOKENS = re.compile(r"'[^']*'|y+|M+|d+|H+|m+|s+|.")

#: Years after this one are of the century before, where a year has two digits: no label is of a later day.
LAST_YEAR = 2024


def read_time(text: str, pattern: str) -> datetime:
    """Read a time by a pattern of Java."""
    time = datetime.strptime(text, "".join(_PARTS.get(t, t.strip("'")) for t in _TOKENS.findall(pattern)))
    return time.replace(year=time.year - 100) if "yyyy" not in pattern and time.year > LAST_YEAR else time


def write_time(time: datetime, pattern: str) -> str:
    """Write a time by a pattern of Java."""
    written = {token: time.strftime(part) for token, part in _PARTS.items()}
    written |= {"yyyy": f"{time.year:04d}", "d": str(time.day), "M": str(time.month)}
    return "".join(written.get(token, token.strip("'")) for token in _TOKENS.findall(pattern))


def _time(text: str, pattern: str) -> str:
    return write_time(datetime.fromisoformat(text), pattern)


def _comma(text: str, group: str = "") -> str:
    """A decimal comma, and digits before it in groups of three."""
    whole, point, fraction = _plain(text).partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
    return sign + grouped + ("," if point else "") + fraction


def _plain(text: str) -> str:
    """A number without an exponent."""
    return f"{Decimal(text):f}"


def _grouped(text: str, _: str) -> str:
    whole, point, fraction = _plain(text).partition(".")
    return f"{int(whole):,}{point}{fraction}"


def _percent_comma(text: str, _: str) -> str:
    return _comma(text) + " %"


def _words(text: str, words: str) -> str:
    yes, no = words.split("/")
    return {"yes": yes, "no": no}[text]


def _isbn(text: str, _: str) -> str:
    """An ISBN of 13 digits with its check digit (ISO 2108)."""
    digits = f"978{int(text):09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def _pairs(text: str, _: str) -> str:
    return re.sub(r"(..)(?=.)", r"\1 ", text)


def _more_zeros(text: str, count: str) -> str:
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction:0<{int(count)}}"


#: Each takes a text and what stands after the colon.
DERIVATIONS: dict[str, Callable[[str, str], str]] = {
    "date": _time,
    "date-upper": lambda text, pattern: _time(text, pattern).upper(),
    "comma": lambda text, _: _comma(text),
    "comma-dot": lambda text, _: _comma(text, "."),
    "comma-blank": lambda text, _: _comma(text, " "),
    "grouped": _grouped,
    "percent": lambda text, _: f"{text}%",
    "percent-comma": _percent_comma,
    "currency": lambda text, sign: f"{sign}{_grouped(text, '')}",
    "plus": lambda text, _: text if text.startswith("-") else f"+{text}",
    "zeros": lambda text, width: text.zfill(int(width)),
    "zeros-after": _more_zeros,
    "prefix": lambda text, prefix: prefix + text,
    "isbn": _isbn,
    "grouped-digits": _pairs,
    "words": _words,
}


def derive(text: str, derivation: str) -> str:
    """A text of a package as the derivation writes it; what is missing stays missing."""
    kind, _, parameter = derivation.partition(":")
    return DERIVATIONS[kind](text, parameter) if kind and text else text

"""Rows as a table on the terminal."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

import pyarrow as pa

from explore.access.types import type_name

#: What stands for no value: no text of data is shown without its quotation marks when it says the same.
NULL = "NULL"

#: Columns of a terminal that a value takes at most, and at least where they all have to be narrower.
WIDEST, NARROWEST = 48, 8

_GAP = "  "


def render_table(table: pa.Table, width: int | None) -> str:
    """Return names, types and values in columns, numbers to the right.

    `width` is that of the terminal; None leaves values as they are, for files and other programs.
    """
    right = [_is_number(field.type) for field in table.schema]
    heads = [[_printable(field.name), _short(type_name(field.type))] for field in table.schema]
    columns = [
        [*head, *(_text(value) for value in table.column(position).to_pylist())]
        for position, head in enumerate(heads)
    ]
    widths = _widths([max(map(_columns, column)) for column in columns], width)
    lines = [
        _GAP.join(
            _fit(cell, size, to_right) for cell, size, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in zip(*columns, strict=True)
    ]
    rule = _GAP.join("─" * size for size in widths)
    return "\n".join([*lines[:2], rule, *lines[2:]])


def _widths(wanted: list[int], terminal: int | None) -> list[int]:
    """Return a width for each column: the widest give way until the row fits the terminal."""
    if terminal is None:
        return wanted
    widths = [min(size, WIDEST) for size in wanted]
    room = terminal - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _text(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=None).isoformat(" ", timespec="auto")
        return f"{moment} UTC" if value.tzinfo else moment
    if isinstance(value, str):
        return f"'{NULL}'" if value == NULL else _printable(value)
    return _printable(str(value))


def _printable(text: str) -> str:
    """Return a text without what would move the cursor or change the terminal."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_wide(letter) for letter in text)


def _wide(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _fit(text: str, size: int, to_right: bool) -> str:
    """Return a text in exactly so many columns, cut with an ellipsis where it is longer."""
    if _columns(text) > size:
        kept = ""
        for letter in text:
            if _columns(kept) + _wide(letter) > size - 1:
                break
            kept += letter
        text = f"{kept}…"
    space = " " * (size - _columns(text))
    return f"{space}{text}" if to_right else f"{text}{space}"


def _short(kind: str) -> str:
    return kind.replace("timestamp(6) with time zone", "timestamp tz").replace("timestamp(6)", "timestamp")


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))

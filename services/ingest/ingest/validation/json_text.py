"""Parses JSON and keeps every number as it is written: the counterpart of etl/sources/json_marks.py."""

from __future__ import annotations

import json
import re
from typing import Any

#: Noncharacters (The Unicode Standard, 23.7) that the jobs mark values with. No event may have them, as they
#: are or escaped, nor half of a pair of surrogates, which is not text in UTF-8.
_MARKS = re.compile("[\ufdd0-\ufdd3]")
_HIGH, _LOW = r"u[dD][89abAB][0-9a-fA-F]{2}", r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPED = re.compile(
    rf"(?<!\\)(?:\\\\)*+\\(?:u[fF][dD][dD][0-3]|{_HIGH}(?!\\{_LOW})|(?<!\\{_HIGH}\\){_LOW})"
)

#: Surrogates as bytes, whole or cut after two: Java replaces each by one character, Python by several.
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]?")
REPLACEMENT = "\ufffd"

#: What Java's parser takes for numbers beyond JSON and Python's does not, where a value stands.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_ODD_NUMBER = re.compile(rf"(?s){_STRING}|(-NaN|[+-]INF)(?=\s*+(?:[,\]}}]|$))")
_JAVA_TEXT = {"-NaN": "-NaN", "-INF": r"\"-Infinity\"", "+INF": r"\"Infinity\""}

_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')

#: Levels of lists and objects in one column that an event may have.
MOST_LEVELS = 100


class Number(str):
    """The text of a number inside a list or an object, where strings keep their quotation marks."""

    __slots__ = ()


class TooDeepError(ValueError):
    """An event is nested deeper than the endpoint reads."""


def _decoder(number: type[str]) -> json.JSONDecoder:
    # Objects become tuples of pairs, so that a name that is there twice is seen.
    return json.JSONDecoder(
        object_pairs_hook=tuple, parse_float=number, parse_int=number, parse_constant=number
    )


#: Values of one event: texts for texts and numbers, tuples of pairs for objects, lists for arrays.
DECODER = _decoder(str)

#: The same with numbers as `Number`; slower.
_EXACT_DECODER = _decoder(Number)


def decode(value: bytes) -> str:
    """Decode UTF-8 as the jobs do: what is not text becomes U+FFFD. A byte order mark is left out."""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = _SURROGATE_BYTES.sub(REPLACEMENT.encode(), value).decode(errors="replace")
    return text.removeprefix("\ufeff")


def has_forbidden(text: str) -> bool:
    """Whether a text has noncharacters of the jobs' own, or an escaped surrogate without its half."""
    if not text.isascii() and _MARKS.search(text):
        return True
    return "\\u" in text and _ESCAPED.search(text) is not None


def parse(text: str) -> Any:
    """Parse one JSON value.

    Raises ValueError when it is not JSON, TooDeepError when it is nested too deep to parse.
    """
    try:
        return DECODER.decode(text)
    except RecursionError:
        raise TooDeepError from None
    except ValueError:
        return DECODER.decode(_with_java_numbers(text))


def compact(text: str, steps: tuple[str, ...]) -> str:
    """The list or object that keys lead to, in an event that parses, as the jobs keep it: without blanks.

    Raises TooDeepError when it has more levels than `MOST_LEVELS`.
    """
    try:
        value = _EXACT_DECODER.decode(text)
    except ValueError:
        value = _EXACT_DECODER.decode(_with_java_numbers(text))
    for step in steps:
        value = dict(value)[step]
    return _compact(value, MOST_LEVELS)


def _compact(value: Any, levels: int) -> str:
    if isinstance(value, tuple | list) and levels == 0:
        raise TooDeepError
    if isinstance(value, tuple):
        return "{" + ",".join(f"{_quoted(k)}:{_compact(v, levels - 1)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_compact(item, levels - 1) for item in value) + "]"
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda m: _SHORT_ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", text) + '"'


def _with_java_numbers(text: str) -> str:
    return _ODD_NUMBER.sub(lambda m: f'"{_JAVA_TEXT[m[1]]}"' if m[1] else m[0], text)

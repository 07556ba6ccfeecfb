"""Reads numbers in their plain forms: the counterpart of `readable` in etl/rules/casts.py."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from decimal import Decimal

from ingest.validation.java_doubles import java_digits

#: Digits before the point: with leading zeros they are a code, and so is an integer with a plus sign.
_WHOLE = "(?:0|[1-9][0-9]*)"
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DOUBLE = re.compile(rf"[+-]?(?:{_WHOLE}(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?")

#: Bits of the integer types.
_BITS = {"smallint": 16, "int": 32, "bigint": 64}
INTEGER_TYPES = frozenset(_BITS)

#: Digits of the longest bigint with its sign: a longer text is not converted.
_LONGEST = 20


def integer_bounds(kind: str) -> tuple[int, int]:
    """The smallest and the largest value of an integer type."""
    half = 1 << (_BITS[kind] - 1)
    return -half, half - 1


def integer_reader(kind: str) -> Callable[[str], int | None]:
    """Returns a function that reads an integer of a type, or None for any other text."""
    low, high = integer_bounds(kind)
    matched = _INTEGER.fullmatch

    def read(text: str) -> int | None:
        if len(text) > _LONGEST or matched(text) is None:
            return None
        value = int(text)
        return value if low <= value <= high else None

    return read


def read_double(text: str) -> float | None:
    """Reads a number that a double holds exactly as it is written, or as Java writes the double."""
    if _DOUBLE.fullmatch(text) is None:
        return None
    digits = _significant(text)
    value = float(text)
    size = abs(value)
    if not digits:
        return value
    if len(digits) <= sys.float_info.dig and sys.float_info.min <= size <= sys.float_info.max:
        return value
    is_same = 0 < size <= sys.float_info.max and digits == java_digits(size)
    return value if is_same else None


def decimal_shape(kind: str) -> tuple[int, int]:
    """Precision and scale of a type such as `decimal(12,2)`."""
    precision, scale = (int(number) for number in re.findall(r"\d+", kind))
    return precision, scale


def decimal_reader(kind: str) -> Callable[[str], Decimal | None]:
    """Returns a function that reads a decimal of a type without loss, or None for any other text."""
    precision, scale = decimal_shape(kind)
    fraction = rf"(?:[.][0-9]{{1,{scale}}}0*)?" if scale else "(?:[.]0+)?"
    whole = rf"(?:0|[1-9][0-9]{{0,{precision - scale - 1}}})" if precision > scale else "0"
    matched = re.compile(rf"[+-]?{whole}{fraction}").fullmatch

    def read(text: str) -> Decimal | None:
        if matched(text) is not None:
            return Decimal(text)
        # Java writes small numbers of a large scale with an exponent, and what it writes is read back.
        if scale <= _PLAIN_SCALE or _SCIENTIFIC.fullmatch(text) is None:
            return None
        value = Decimal(text)
        is_same = value.as_tuple().exponent == -scale and str(value) == text and not text.startswith("-0E")
        return value if is_same and value.adjusted() < precision - scale else None

    return read


#: Decimals of a smaller scale are always written plainly; and the form of those with an exponent.
_PLAIN_SCALE = 6
_SCIENTIFIC = re.compile(r"-?[0-9](?:[.][0-9]+)?E-[0-9]{1,2}")


def _significant(number: str) -> str:
    mantissa = re.split("[eE]", number, maxsplit=1)[0]
    return mantissa.translate(_NO_SIGNS).strip("0")


_NO_SIGNS = str.maketrans("", "", "+-.")

"""How far the values of a column may reach, from how far they were seen to. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

#: Largest numbers of whole types, as far as a double has each number below.
LARGEST = {"smallint": 2**15 - 1, "int": 2**31 - 1, "bigint": 2**53 - 1}

#: What JavaScript writes without an exponent (ECMA-262, Number::toString).
SMALLEST_PLAIN, LARGEST_PLAIN = Decimal("1e-6"), Decimal("1e21")

#: What a text of any length has room for, and how far history may go back.
LEAST_CHARACTERS, YEARS_BEFORE = 100, 10


def widened(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Bounds for numbers of the size that was seen.

    Twice as far, and there the next 1, 2 or 5 of a power of ten. What was never below zero stays so.
    """
    return (Decimal(0) if low >= 0 else -_round_up(-low * 2)), (
        Decimal(0) if high <= 0 else _round_up(high * 2)
    )


def storable(bound: Decimal, kind: str) -> bool:
    """Whether a column can hold a bound, and a contract can write it so that every reader sees this number.

    Contracts are read by JavaScript, whose numbers are doubles, and by YAML 1.1, which takes a number with an
    exponent and no point for a text.
    """
    if bound == 0:
        return True
    if kind in LARGEST:
        return abs(bound) <= LARGEST[kind]
    if not SMALLEST_PLAIN <= abs(bound) < LARGEST_PLAIN or Decimal(repr(float(bound))) != bound:
        return False
    decimal = re.fullmatch(r"decimal\((\d+),(\d+)\)", kind)
    if decimal is None:
        return True
    precision, scale = (int(group) for group in decimal.groups())
    return bound.adjusted() < precision - scale and -int(bound.normalize().as_tuple().exponent) <= scale


def most_characters(longest: int) -> int:
    """How long a text may be, from the longest that was seen: the first remark is longer than `ok`."""
    return int(_round_up(Decimal(max(longest * 2, LEAST_CHARACTERS))))


def first_day(low: str) -> str:
    """The first day that a time may have, from the first that was seen: rows that come late are older."""
    return f"{max(int(low[:4]) - YEARS_BEFORE, 1):04d}-01-01"


def _round_up(value: Decimal) -> Decimal:
    power = Decimal(10) ** (value.adjusted())
    leading = (value / power).quantize(Decimal(1), rounding=ROUND_CEILING)
    step = next(Decimal(digit) for digit in (1, 2, 5, 10) if digit >= leading)
    return step * power

"""Pieces of Spark SQL that values are made of: draws from hashes, lookups in tables, cheap texts.

A draw is a hash of (id, column, seed): it depends on nothing but its row, so that one seed gives the same
rows on any number of partitions, which `rand(seed)` does not. Times and amounts are put together from tables
of their parts, several times faster than Spark's own formatting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Union

MINUTE_SECONDS = 60
DAY_SECONDS = 86_400

Value = Union[str, int, float]


def hashed(seed: int, column: str, identity: str = "id") -> str:
    """A draw of 64 bits for a column of a row. The inner hash is a constant that Spark takes once."""
    return f"xxhash64({identity}, xxhash64('{column}', {seed}L))"


def below(limit: int, seed: int, column: str, identity: str = "id") -> str:
    """A draw from 0 to `limit` - 1, all equally likely."""
    return f"pmod({hashed(seed, column, identity)}, {limit}L)"


def uniform(seed: int, column: str, identity: str = "id") -> str:
    """A draw from 0 (included) to 1 (excluded), from the 53 bits that a double holds."""
    return f"(shiftrightunsigned({hashed(seed, column, identity)}, 11) * {2.0**-53!r}D)"


def table(values: Sequence[Value], of: str = "string") -> str:
    """An array of constants. One text, split when the query is planned, parses faster than many literals.

    Raises ValueError when a value holds the separator.
    """
    texts = [str(value) for value in values]
    if any("|" in text or "'" in text for text in texts):
        raise ValueError("a value of a table cannot hold | or '")
    split = f"split('{'|'.join(texts)}', '[|]')"
    return split if of == "string" else f"cast({split} as array<{of}>)"


def pick(values: Sequence[Value], index: str, of: str = "string") -> str:
    """The value at an index that counts from 0."""
    return f"{table(values, of)}[cast({index} as int)]"


def shares(weights: Mapping[str, int]) -> list[str]:
    """Each name as often as its weight says, to `pick` from by an equal draw."""
    return [name for name, weight in weights.items() for _ in range(weight)]


def clock_text(first_day: date, days: int, seconds: str) -> str:
    """`yyyy-MM-dd HH:mm:ss` of seconds since the first day began, for moments within `days` days of it."""
    dates = [f"{first_day + timedelta(days=day)} " for day in range(days)]
    minutes = [f"{minute // 60:02d}:{minute % 60:02d}:" for minute in range(DAY_SECONDS // MINUTE_SECONDS)]
    day = pick(dates, f"({seconds}) div {DAY_SECONDS}")
    minute = pick(minutes, f"({seconds}) % {DAY_SECONDS} div {MINUTE_SECONDS}")
    return f"concat({day}, {minute}, {two_digits(f'({seconds}) % {MINUTE_SECONDS}')})"


def money_text(cents: str) -> str:
    """`12.05` of 1205."""
    return f"concat(({cents}) div 100, '.', {two_digits(f'({cents}) % 100')})"


def two_digits(number: str) -> str:
    """`07` of 7, for 0 to 99."""
    return pick([f"{value:02d}" for value in range(100)], number)

"""Which columns name a row, which order its versions, and by which a table is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from re import search

from pyspark import StorageLevel
from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.inference.columns import PRECISION, Described, Looked, distinct_of
from etl.inference.proposing import partition_of, ranked

#: Columns that are tried together: those with the most values, by whose number the combinations grow.
TRIED = 10

#: A key of more columns than these says little; rows are named by their content instead.
MOST_COLUMNS = 3

#: Rows at which combinations are tried before they are at all rows.
FIRST_ROWS = 100_000

#: Counts that are estimated stray from the truth by this factor, hardly ever by more.
SLACK = 1 - 4 * PRECISION

_VERSION = r"(^|_)(updated|modified|changed|last_update|last_modified|version|revised)(_|$)"


@dataclass(frozen=True)
class Key:
    """The columns of a key, none where only the whole row names itself, and other keys of one column."""

    columns: tuple[str, ...]
    others: tuple[str, ...]
    version: str | None
    partition: tuple[str, str] | None
    copies: int


def find_key(looked: Looked) -> Key:
    """Find the smallest set of columns that no two rows share, exact copies aside."""
    version = _version_of(looked)
    able = [c for c in looked.columns if c.required and not c.unreadable and not _measures(c)]
    rows, total = looked.values, _whole(looked)
    # A column without a value twice says that there are no copies either: looking for them costs more.
    keys = _singles(rows, able, version, total)
    if not keys:
        rows, total = _without_copies(looked)
        if total < _whole(looked):
            keys = _singles(rows, able, version, total)
    columns = tuple(keys[:1])
    if not columns and version is not None:
        columns = _versioned(rows, able, version, total)
    if not columns:
        columns, version = _combined(rows, able, total), None
    return Key(columns, tuple(keys[1:]), version, _partition(looked, version), _whole(looked) - total)


def _singles(rows: DataFrame, able: Sequence[Described], version: str | None, total: int) -> list[str]:
    """The columns that name a row each by itself."""
    likely = [c.column.name for c in able if c.distinct >= total * SLACK and c.column.name != version]
    return [name for name in ranked(likely) if _is_unique(rows, (name,), total)]


def _without_copies(looked: Looked) -> tuple[DataFrame, int]:
    """The rows without exact copies, and their number."""
    total = looked.values.select(*_digest(looked)).distinct().count()
    if total == _whole(looked):
        return looked.values, total
    # Only where there are copies: telling them apart again for every question costs more than the questions.
    return looked.values.distinct().persist(StorageLevel.DISK_ONLY), total


def _digest(looked: Looked) -> list[Expression]:
    """128 bits of a row's content, a fraction of what the rows themselves would be to compare.

    A hash passes over what is NULL, so where that may be, it is hashed whether it is.
    """
    values = [F.col(c.column.name) for c in looked.columns]
    missing = [F.col(c.column.name).isNull() for c in looked.columns if not c.required or c.unreadable]
    return [F.xxhash64(F.lit(seed), *values, *missing).alias(f"digest_{seed}") for seed in (1, 2)]


def _measures(described: Described) -> bool:
    """Whether a column measures something: rows are not told apart by that."""
    return described.column.type in ("double", "boolean") or described.column.type.startswith("decimal")


def _whole(looked: Looked) -> int:
    return looked.rows - looked.malformed


def _version_of(looked: Looked) -> str | None:
    """A timestamp that every row has and whose name says that it changes with the row."""
    names = [c.column.name for c in looked.columns if c.column.type == "timestamp" and c.required]
    return next((name for name in names if search(_VERSION, name)), None)


def _versioned(rows: DataFrame, able: Sequence[Described], version: str, total: int) -> tuple[str, ...]:
    """The column that names a row whose versions one timestamp tells apart: the one with the most values."""
    names = [c.column.name for c in able if c.column.name != version]
    found = [name for name in ranked(names) if _is_unique(rows, (name, version), total)]
    counts = {c.column.name: c.distinct for c in able}
    return (max(found, key=lambda name: counts[name]),) if found else ()


def _combined(rows: DataFrame, able: Sequence[Described], total: int) -> tuple[str, ...]:
    """The smallest combination, and of several the one with the fewest values to spare."""
    tried = sorted(able, key=lambda c: -c.distinct)[:TRIED]
    counts = {c.column.name: c.distinct for c in tried}
    times = {c.column.name for c in tried if c.column.type in ("date", "timestamp")}
    for size in range(2, MOST_COLUMNS + 1):
        sets = [
            names
            for names in combinations(counts, size)
            if prod(counts[name] for name in names) >= total * SLACK
        ]
        likely = _likely(rows, sets, total)
        order = sorted(likely, key=lambda names: (not times & set(names), prod(counts[n] for n in names)))
        found = next((names for names in order if _is_unique(rows, names, total)), None)
        if found is not None:
            position = {c.column.name: index for index, c in enumerate(able)}
            return tuple(sorted(found, key=lambda name: position[name]))
    return ()


def _likely(rows: DataFrame, sets: Sequence[tuple[str, ...]], total: int) -> list[tuple[str, ...]]:
    """The combinations that an estimate does not rule out: a pass for all of them.

    What the first rows rule out is not asked of all of them: what names every row names each of those.
    """
    passes = [(rows, total)]
    if total > FIRST_ROWS:
        passes.insert(0, (rows.limit(FIRST_ROWS), FIRST_ROWS))
    for few, count in passes:
        if sets:
            asked = [distinct_of(F.struct(*names)).alias(str(place)) for place, names in enumerate(sets)]
            found = few.agg(*asked).collect()[0]
            sets = [names for place, names in enumerate(sets) if found[place] >= count * SLACK]
    return list(sets)


def _is_unique(rows: DataFrame, names: tuple[str, ...], total: int) -> bool:
    return total > 0 and rows.select(*names).distinct().count() == total


def _partition(looked: Looked, version: str | None) -> tuple[str, str] | None:
    """The time of what the row is about, cut so that a partition still has enough rows."""
    for described in looked.columns:
        column = described.column
        if column.type in ("date", "timestamp") and described.required and column.name != version:
            each_day = looked.values.select(F.to_date(column.name).alias("day")).distinct()
            parts = [F.col("day"), F.trunc("day", "month"), F.trunc("day", "year")]
            days, months, years = each_day.agg(*[F.countDistinct(part) for part in parts]).collect()[0]
            transform = partition_of(looked.rows, days, months, years)
            return (column.name, transform) if transform and not described.unreadable else None
    return None

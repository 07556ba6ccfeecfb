"""Which columns name a row, which order its versions, and by which a table is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import prod
from re import search

from pyspark.sql import functions as F

from etl.inference.columns import Looked
from etl.inference.naming import REASONS, Candidate, Role, candidates
from etl.inference.proposal import TOLERATED
from etl.inference.proposing import LEAST_ROWS, partition_of
from etl.inference.uniqueness import SLACK, Uniqueness
from etl.logs import log

#: Columns that are asked about at all, those with the best reasons: hashes of them come to the driver.
MOST_ASKED = 40

#: Columns that are tried together: those with the most values, by whose number the combinations grow.
TRIED = 10

#: A key of more columns than these says little; rows are named by their content instead.
MOST_COLUMNS = 3

#: So many pairs of rows would be equal in columns that have nothing to do with each other; where fewer would,
#: that none is may be chance, at 5 % (Feller, "An Introduction to Probability Theory", birthdays: e^-3).
PAIRS_BY_CHANCE = 3

#: Combinations that are counted exactly, where all rows have to be read for each.
COUNTED = 2

#: The share of rows that may be copies of others beside a key: where the key's name says that it names these
#: rows, a file may have come twice; of other names only a few rows may have.
MOST_COPIES = {Role.OWN: 0.5, Role.CODE: TOLERATED, Role.OTHER: TOLERATED}

_VERSION = r"(^|_)(updated|modified|changed|last_update|last_modified|version|revised)(_|$)"


@dataclass(frozen=True)
class Key:
    """The columns of a key, none where only the whole row names itself, and why these.

    `others` have about as many values as there are rows, and `measures` do, but are no names. `copies` are
    rows that say the same as another.
    """

    columns: tuple[str, ...]
    reason: str = ""
    others: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    version: str | None = None
    partition: tuple[str, str] | None = None
    copies: int = 0


@dataclass(frozen=True)
class _Search:
    dataset: str
    able: Sequence[Candidate]
    rows: Uniqueness
    version: str | None
    unique: set[str] = field(default_factory=set)

    def named(self, role: Role) -> list[Candidate]:
        """The columns of a role; the version of a row is no part of its name."""
        return [each for each in self.able if each.role == role and each.name != self.version]

    def is_single(self, candidate: Candidate) -> bool:
        """Whether a column names rows by itself, copies aside as far as its name allows that."""
        rows, name = self.rows.rows, candidate.name
        most = MOST_COPIES.get(candidate.role, 0.0)
        if candidate.distinct < rows * (1 - most) * SLACK or not self.rows.may_name_rows((name,)):
            return False
        self.say(name)
        if self.rows.name_rows((name,), rows):
            self.unique.add(name)
            return True
        contents = self.rows.contents if most else rows
        return rows * (1 - most) <= contents < rows and self.rows.name_rows((name,), contents)

    def say(self, *names: str) -> None:
        """Log what is counted now, where that takes time."""
        if not self.rows.is_whole:
            log.info("counting", extra={"stage": f"key of {self.dataset}: {', '.join(names)}?"})


def find_key(looked: Looked) -> Key:
    """Find the columns that name rows, by what their names, places and values say, and why these.

    The best reason wins. Equal rows are copies only beside a column that is called as what names rows.
    """
    dataset, version = looked.source.contract.name, _version_of(looked)
    able = candidates(dataset, looked.columns)
    best = sorted(able, key=lambda each: each.role)[:MOST_ASKED]
    asked = [each for each in able if each in best and each.role != Role.MEASURE]
    rows = Uniqueness(looked, [each.name for each in asked])
    search_ = _Search(dataset, asked, rows, version)
    found = next(_keys(search_), None) or Key((), copies=rows.copies)
    version = version if len(found.columns) == 1 and version not in found.columns else None
    many = [each for each in able if each.distinct >= rows.rows * SLACK and each.name not in found.columns]
    return replace(
        found,
        others=tuple(each.name for each in many if each.role <= Role.TEXT and each.name != version),
        measures=tuple(each.name for each in many if each.role >= Role.DENSE),
        version=version,
        partition=_partition(looked, version),
    )


def _keys(search_: _Search) -> Iterator[Key]:
    """All keys that there is a reason for, the best first; nothing is counted for those not asked for."""
    for role in (Role.OWN, Role.CODE, Role.FIRST, Role.OTHER, Role.TEXT):
        for each in search_.named(role):
            if search_.is_single(each):
                copies = 0 if each.name in search_.unique else search_.rows.copies
                yield Key((each.name,), REASONS[role], copies=copies)
    yield from _versioned(search_)
    yield from _timed(search_)
    for most, reason in ((Role.COUNTER, "by what their names or types say"), (Role.DENSE, "numbers as well")):
        together = [each for each in search_.able if each.role <= most and each.name not in search_.unique]
        for size in range(2, MOST_COLUMNS + 1):
            yield from (Key(names, reason) for names in _combined(search_, together, size))
    for each in search_.named(Role.DENSE) + search_.named(Role.COUNTER):
        if search_.is_single(each):
            yield Key((each.name,), REASONS[Role.DENSE])


def _version_of(looked: Looked) -> str | None:
    """A timestamp that every row has and whose name says that it changes with the row."""
    names = [c.column.name for c in looked.columns if c.column.type == "timestamp" and c.required]
    return next((name for name in names if search(_VERSION, name)), None)


def _versioned(search_: _Search) -> Iterator[Key]:
    """The columns that name rows whose versions one timestamp tells apart.

    Of a log with such a timestamp only the newest row of each name would be left, so the name has to be that
    of these rows, or be there hardly ever twice.
    """
    if search_.version is None:
        return
    rows = search_.rows
    for role in (Role.OWN, Role.CODE, Role.OTHER):
        for each in search_.named(role):
            if role != Role.OWN and each.distinct * 2 < rows.rows * SLACK:
                continue
            names = (each.name, search_.version)
            if rows.may_name_rows(names) and rows.name_rows(names, rows.contents):
                yield Key((each.name,), f"{REASONS[role]}, in several versions", copies=rows.copies)


def _timed(search_: _Search) -> Iterator[Key]:
    """A time that no two rows share, and what is before it: tomorrow two things may happen at one time."""
    times = [each for each in search_.able if each.role == Role.TIME]
    for time in times:
        if not search_.is_single(time):
            continue
        place = search_.able.index(time)
        before = [each for each in search_.able[:place] if each.role <= Role.TEXT]
        names = (*[each.name for each in before[:1]], time.name)
        yield Key(names, "a time, and what stands before it" if before else "a time that is there once")


def _combined(search_: _Search, able: Sequence[Candidate], size: int) -> Iterator[tuple[str, ...]]:
    """Combinations that name all rows: those with a time first, then those with the fewest values."""
    rows = search_.rows
    tried = sorted(able, key=lambda each: -each.distinct)[:TRIED]
    counts = {each.name: each.distinct for each in tried}
    times = {each.name for each in tried if each.role == Role.TIME}
    least, most = rows.rows * SLACK, rows.rows**2 / 2 / PAIRS_BY_CHANCE
    sets = [s for s in combinations(counts, size) if least <= prod(counts[n] for n in s) <= most]
    if sets and not rows.is_whole:
        search_.say(f"{len(sets)} combinations of {size} columns")
    order = sorted(rows.likely(sets), key=lambda s: (times.isdisjoint(s), prod(counts[n] for n in s)))
    place = {each.name: index for index, each in enumerate(able)}
    for names in order[: None if rows.is_whole else COUNTED]:
        search_.say(*names)
        if rows.name_rows(names, rows.rows):
            yield tuple(sorted(names, key=lambda name: place[name]))


def _partition(looked: Looked, version: str | None) -> tuple[str, str] | None:
    """The time of what the row is about, cut so that a partition still has enough rows."""
    if looked.rows < 2 * LEAST_ROWS:
        return None
    for described in looked.columns:
        column = described.column
        if column.type in ("date", "timestamp") and described.required and column.name != version:
            each_day = looked.values.select(F.to_date(column.name).alias("day")).distinct()
            parts = [F.col("day"), F.trunc("day", "month"), F.trunc("day", "year")]
            days, months, years = each_day.agg(*[F.countDistinct(part) for part in parts]).collect()[0]
            transform = partition_of(looked.rows, days, months, years)
            return (column.name, transform) if transform and not described.unreadable else None
    return None

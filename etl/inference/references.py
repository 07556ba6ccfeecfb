"""Which columns name a row of another dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.columns import REFUSED, Described, Looked
from etl.inference.keys import Key
from etl.inference.naming import singulars
from etl.inference.uniqueness import SLACK
from etl.logs import log

_NAMELESS = (
    "code column count date day digest hash id index key label level line month name no num number order "
    "page pk position rank row seq step time title type uuid value week year"
)

#: Names of a key that say nothing of whose key it is.
_ANY = frozenset(_NAMELESS.split())

#: Shorter names are those of a measure or of nothing.
SHORTEST_NAME = 3

#: A shared name alone is a reason only where the column repeats its values so often, and has this share of
#: the keys: it is a list of values then.
REPEATS, USED = 2, 0.5

#: The rank of two columns that share a name, which people may know a reason for.
NO_REASON = 3

#: A column with so many times the values of a key is not worth counting: most of them are no key.
MOST_VALUES = 4

#: Pairs that are counted in one pass: each of them is two scans in Spark's plan.
TOGETHER = 50


@dataclass(frozen=True)
class Reference:
    """A column that may name rows of another dataset, why, and how many of its values are no key there."""

    column: str
    dataset: str
    key: str
    reason: str
    proposed: bool
    values: int
    unknown: int

    def as_document(self) -> dict[str, Any]:
        """The reference as evidence."""
        return vars(self)


@dataclass(frozen=True)
class _Pair:
    """A column of a dataset and the one key column of another; a low rank is a better reason."""

    source: str
    column: Described
    target: str
    key: Described
    rank: int
    reason: str

    def counted(self, values: int, unknown: int) -> Reference:
        """The reference, with what was counted of it."""
        names = self.column.column.name, self.target, self.key.column.name
        is_proposed = self.rank < NO_REASON and unknown == 0
        return Reference(*names, self.reason, is_proposed, values, unknown)


def find_references(looked: Mapping[str, Looked], keys: Mapping[str, Key]) -> dict[str, list[Reference]]:
    """The columns of each dataset that there is a reason to take for the key of another.

    A reference is proposed only where every value names a row that the run will publish; the others are
    evidence for people. A column has one reference, and none closes a circle: datasets are judged one after
    the other.
    """
    pairs = [pair for name in looked for pair in _pairs(name, looked, keys)]
    counts: list[tuple[int, int]] = []
    for start in range(0, len(pairs), TOGETHER):
        log.info("counting", extra={"stage": f"references: {start} of {len(pairs)} pairs of columns"})
        counts += _count(pairs[start : start + TOGETHER], looked)
    targets: dict[str, set[str]] = {name: set() for name in looked}
    found: dict[str, list[Reference]] = {name: [] for name in looked}
    settled: set[tuple[str, str]] = set()
    # The best reasons first, wherever they are: a weaker one must not close the circle for them.
    for pair, count in sorted(zip(pairs, counts), key=lambda each: each[0].rank):
        column = pair.source, pair.column.column.name
        reference = pair.counted(*count)
        if column in settled or _leads(targets, pair.target, pair.source):
            continue
        found[pair.source].append(reference)
        if reference.proposed:
            settled.add(column)
            targets[pair.source].add(pair.target)
    return found


def _pairs(name: str, looked: Mapping[str, Looked], keys: Mapping[str, Key]) -> Iterator[_Pair]:
    """The columns of a dataset that may name rows of another, from what is known of all without a pass."""
    for described in looked[name].columns:
        for other, key in keys.items():
            is_key_of_both = keys[name].columns == key.columns == (described.column.name,)
            if other == name or len(key.columns) != 1 or is_key_of_both:
                continue
            target = looked[other].column(key.columns[0])
            reason = _reason(described, target, other, looked[name].rows)
            if reason is not None and _may_name(described, target):
                yield _Pair(name, described, other, target, *reason)


def _reason(column: Described, key: Described, dataset: str, rows: int) -> tuple[int, str] | None:
    """Why a column may name the rows of a dataset; None where nothing says so.

    A shared name is none by itself: `id` is the name of every key, and a number is a measure unless it is
    called as the number of something.
    """
    name, own = column.column.name, key.column.name
    if name not in _ANY and _is_called_after(name, own, dataset):
        return 0, "called after it"
    if name != own or name in _ANY or len(name) < SHORTEST_NAME:
        return None
    present = rows - column.missing
    if shapes.is_codelike(name) and present > column.distinct / SLACK:
        return 1, "called as its key, and there several times"
    is_list = present >= REPEATS * column.distinct and column.distinct >= USED * key.distinct
    if column.column.type == "string" and is_list:
        return 2, "called as its key, and most keys are there, several times"
    return (NO_REASON, "called as its key") if column.column.type == "string" else None


def _is_called_after(name: str, key: str, dataset: str) -> bool:
    """Whether a column is called `customer_id`, or `customer`, as the key `id` of `customers` would be."""
    head, _, tail = name.rpartition("_")
    rows = singulars(dataset)
    # A dataset that is called like one column has it for its subject, and not for the name of its rows.
    if name in rows - {dataset} and len(name) >= SHORTEST_NAME and (key in _ANY or key == name):
        return True
    return head in rows and shapes.is_codelike(tail) and key in (tail, name)


def _may_name(column: Described, key: Described) -> bool:
    """Whether values may be keys: of one type, not many times more of them, not all beyond the ends."""
    if column.column.type != key.column.type or not 0 < column.distinct <= MOST_VALUES * key.distinct:
        return False
    if column.column.type in ("smallint", "int", "bigint", "string"):
        return int(column.low) <= int(key.high) and int(key.low) <= int(column.high)
    return True


def _leads(targets: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether references lead from one dataset to another."""
    reached, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += targets[name]
    return end in reached


def _count(pairs: Sequence[_Pair], looked: Mapping[str, Looked]) -> list[tuple[int, int]]:
    """Values, and values that are no key of a row that will be published: for all pairs in one pass.

    A target's keys are read once however many columns may name them. Values are compared by 64 bits.
    """
    places = {target: place for place, target in enumerate(sorted({pair.target for pair in pairs}))}
    columns, known = [], []
    for index, pair in enumerate(pairs):
        value = F.col(pair.column.column.name)
        rows = looked[pair.source].values.where(value.isNotNull())
        place = F.lit(places[pair.target]).alias("target")
        columns.append(rows.select(F.lit(index).alias("pair"), place, _hashed(value)))
    keys = {pair.target: pair.key.column.name for pair in pairs}
    for target, number in places.items():
        rows = looked[target].values.where(~F.col(REFUSED))
        known.append(rows.select(F.lit(number).alias("target"), _hashed(F.col(keys[target]))))
    grouped = reduce(DataFrame.union, columns).groupBy("pair", "target", "hash")
    values = grouped.agg(F.count("*").alias("rows"))
    names = reduce(DataFrame.union, known).distinct().withColumn("known", F.lit(True))
    unknown = F.sum(F.when(F.col("known").isNull(), F.col("rows")).otherwise(0))
    joined = values.join(names, ["target", "hash"], "left").groupBy("pair")
    counts = joined.agg(F.sum("rows").alias("rows"), unknown.alias("unknown")).collect()
    found = {row["pair"]: (row["rows"], row["unknown"]) for row in counts}
    return [found[index] for index in range(len(pairs))]


def _hashed(value: Expression) -> Expression:
    return F.xxhash64(value).alias("hash")

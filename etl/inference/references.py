"""Which columns name a row of another dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.columns import Described, Looked
from etl.inference.keys import Key

_NAMELESS = (
    "code column count date day digest hash id index key label line month name no num number pk rank row seq "
    "time title type uuid value week year"
)

#: Names of a key that say nothing of whose key it is.
_ANY = frozenset(_NAMELESS.split())

#: Shorter names are those of a measure or of nothing.
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Reference:
    """A column that is called as the key of another dataset, and how many of its values are no such key."""

    column: str
    dataset: str
    values: int
    unknown: int

    def as_document(self) -> dict[str, Any]:
        """The reference as evidence."""
        return vars(self)


def find_references(looked: Mapping[str, Looked], keys: Mapping[str, Key]) -> dict[str, list[Reference]]:
    """The columns of each dataset that are called as the key of another.

    A reference is proposed only where no value is unknown; the others are evidence for people. Of those that
    are proposed none closes a circle: datasets are judged one after the other.
    """
    targets: dict[str, set[str]] = {name: set() for name in looked}
    found: dict[str, list[Reference]] = {name: [] for name in looked}
    for name, of_it in looked.items():
        for described in of_it.columns:
            for other, key in keys.items():
                if key.columns != (described.column.name,) or keys[name].columns == key.columns:
                    continue
                if other == name or not _may_refer(described, looked[other]) or _leads(targets, other, name):
                    continue
                reference = _counted(name, described.column.name, other, looked)
                found[name].append(reference)
                if not reference.unknown:
                    targets[name].add(other)
    return found


def _may_refer(described: Described, target: Looked) -> bool:
    """Whether a column may name rows of the target, from what is known of both without reading them again.

    A shared name is a reason only where it is the name of something, and its values name rows: a number is a
    measure unless it is called like a number of something.
    """
    column, key = described.column, target.column(described.column.name)
    if column.type != key.column.type or column.name in _ANY or len(column.name) < SHORTEST_NAME:
        return False
    if column.type != "string" and not shapes.is_codelike(column.name):
        return False
    return described.distinct > 0


def _leads(targets: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether references lead from one dataset to another."""
    reached, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += targets[name]
    return end in reached


def _counted(name: str, column: str, other: str, looked: Mapping[str, Looked]) -> Reference:
    """Count the values that are no key of a row that will be published, in one pass."""
    values = looked[name].values.select(column).where(F.col(column).isNotNull())
    known = looked[other].values.select(F.col(column).alias("_key"), F.lit(1).alias("_known")).distinct()
    joined = values.join(known, F.col(column) == F.col("_key"), "left")
    unknown = F.count(F.when(F.col("_known").isNull(), F.lit(1)))
    total, missed = joined.agg(F.count(F.lit(1)), unknown).collect()[0]
    return Reference(column, other, total, missed)

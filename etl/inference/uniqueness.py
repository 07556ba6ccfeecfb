"""Which columns together no two rows share: asked of some rows here, then of all rows in Spark."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.inference.columns import PRECISION, Looked, distinct_of

#: Rows whose hashes fit into the driver many times over: 16 columns of them are 2.6 MB.
SOME_ROWS = 20_000

#: Counts that are estimated stray from the truth by this factor, hardly ever by more.
SLACK = 1 - 4 * PRECISION

#: Combinations whose values are counted in one pass: their sketches are one method of Java.
TOGETHER = 40


class Uniqueness:
    """Answers for one dataset whether columns name rows.

    The hashes of some rows are kept here: columns that two of those share name no rows, and most combinations
    are ruled out so, without a job of Spark for each. Where these are all rows there, they are the answer.
    Values with the same hash of 64 bits would only rule out a key.
    """

    def __init__(self, looked: Looked, names: Sequence[str]) -> None:
        """Read the hashes of the named columns, none of which may miss a value."""
        self._looked = looked
        self.rows = looked.rows - looked.malformed
        hashed = [F.xxhash64(name) for name in names]
        wanted = looked.values.select(_digest(looked)[0], *hashed)
        is_whole = self.rows <= SOME_ROWS
        found = (wanted if is_whole else wanted.limit(SOME_ROWS)).collect()
        digests, *columns = zip(*found) if found else ((), *[()] * len(names))
        self._digests = array("q", digests)
        self._columns = {name: array("q", column) for name, column in zip(names, columns)}
        self.is_whole = is_whole

    @cached_property
    def contents(self) -> int:
        """Rows without exact copies."""
        if self.is_whole:
            return len(set(self._digests))
        return self._looked.values.select(*_digest(self._looked)).distinct().count()

    @property
    def copies(self) -> int:
        """Rows that say the same as another."""
        return self.rows - self.contents

    def name_rows(self, names: Sequence[str], rows: int) -> bool:
        """Whether columns have so many different values together: that of all rows, or of all contents."""
        if self.is_whole:
            return self._seen(names) == rows > 0
        found: int = self._looked.values.select(*names).distinct().count()
        return found == rows

    def may_name_rows(self, names: Sequence[str]) -> bool:
        """Whether some rows do not rule out that columns name rows, copies aside."""
        return self._seen(names) >= len(set(self._digests))

    def likely(self, sets: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The combinations that may name all rows, no copies aside: a pass over all rows for every forty."""
        left = [names for names in sets if self._seen(names) == len(self._digests)]
        if self.is_whole:
            return left
        kept: list[tuple[str, ...]] = []
        for start in range(0, len(left), TOGETHER):
            asked = left[start : start + TOGETHER]
            counts = [distinct_of(F.struct(*names)).alias(str(place)) for place, names in enumerate(asked)]
            found = self._looked.values.agg(*counts).collect()[0]
            kept += [names for place, names in enumerate(asked) if found[place] >= self.rows * SLACK]
        return kept

    def _seen(self, names: Sequence[str]) -> int:
        """Different values among some rows."""
        return len(set(zip(*[self._columns[name] for name in names])))


def _digest(looked: Looked) -> list[Expression]:
    """128 bits of a row's content, a fraction of what the rows themselves would be to compare.

    A hash passes over what is NULL, so where that may be, it is hashed whether it is.
    """
    values = [F.col(c.column.name) for c in looked.columns]
    missing = [F.col(c.column.name).isNull() for c in looked.columns if not c.required or c.unreadable]
    return [F.xxhash64(F.lit(seed), *values, *missing).alias(f"digest_{seed}") for seed in (1, 2)]

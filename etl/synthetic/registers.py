"""The rows of customers and products: which ids there are, which are wrong, and which come more than once.

Every 100th id is wrong in one way, the next way each time, and every 100th has a second row. Orders never
name those ids, nor any other multiple of 25: so no order becomes an orphan but by its own planted fault.
Of a later batch every 100th row is wrong, too: one of fewer rows would be more than any contract tolerates.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession

from etl.synthetic.expressions import pick
from etl.synthetic.faults import SOUND, Fault
from etl.synthetic.kinds import Kind
from etl.synthetic.plan import LATER_IDS, Plan

SPACING = 100
SECOND_ROW_OF = 50
UNNAMED = 25
KINDS = (Kind.DUPLICATE, Kind.OLDER, Kind.CONFLICT, Kind.NEWER_BAD)

#: Of the register's rows, how many come with a later batch: half of them new, half changed.
LATER_SHARE = 200
LATER_MINIMUM = 20


def nameable(count: int) -> int:
    """How many of a register's ids orders may name."""
    return count - count // UNNAMED


def named(count: int, rank: str) -> str:
    """The id of a rank (from 0) among those that orders may name. Neighbours in rank are none in id."""
    scattered = f"(({rank}) * 7919 + 13) % {nameable(count)}"
    return _spread(scattered)


def register_rows(spark: SparkSession, plan: Plan, count: int, faults: Sequence[Fault]) -> DataFrame:
    """`id`, `kind`, `fault`, `before` (see orders) of a batch of a register with `count` ids."""
    return _later(spark, plan, count, faults) if plan.day else _history(spark, plan, count, faults)


def _history(spark: SparkSession, plan: Plan, count: int, faults: Sequence[Fault]) -> DataFrame:
    seconds = count // SPACING
    turn = f"id div {SPACING} + {plan.history.seed}L"
    second = pick([int(kind) for kind in KINDS], f"pmod({turn}, {len(KINDS)})", "int")
    wrong = f"pmod({turn}, {len(faults)}) + 1"
    numbered = spark.range(0, count + seconds, 1, 1).selectExpr(
        f"if(id < {count}, id + 1, (id - {count}) * {SPACING} + {SECOND_ROW_OF}) as id",
        f"id < {count} as first",
    )
    return numbered.selectExpr(
        "id",
        f"case when id % {SPACING} <> {SECOND_ROW_OF} then {Kind.PLAIN} when not first then {second} "
        f"when {second} = {Kind.CONFLICT} then {Kind.TWIN} else {Kind.PLAIN} end as kind",
        f"if(id % {SPACING} = 0, {wrong}, {SOUND}) as fault",
        "'' as before",
    )


def _later(spark: SparkSession, plan: Plan, count: int, faults: Sequence[Fault]) -> DataFrame:
    rows = max(LATER_MINIMUM, count // LATER_SHARE)
    changed = f"(id div 2 * 32 + {plan.day}) % {nameable(count)}"
    wrong = f"id div {SPACING} % {len(faults)} + 1"
    return spark.range(0, rows, 1, 1).selectExpr(
        f"if(id % 2 = 0, {plan.day * LATER_IDS} + id, {_spread(changed)}) as id",
        f"if(id % 2 = 0, {Kind.NEW}, {Kind.CHANGED}) as kind",
        f"if(id % {SPACING} = {SPACING - 2}, {wrong}, {SOUND}) as fault",
        "if(id % 2 = 0, '', 'accepted') as before",
    )


def _spread(rank: str) -> str:
    """Ranks from 0 to the ids 1, 2, … that are no multiple of 25."""
    return f"(({rank}) + ({rank}) div {UNNAMED - 1} + 1)"

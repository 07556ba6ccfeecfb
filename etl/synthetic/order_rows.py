"""Which orders a batch holds: new ones, wrong ones, and rows about an order that came before.

History: row n is order n + 1, but for every 50th row: that is a second row about an order a third of the
batch away. Later batches: of 20 rows, 4 change an order of the history, 1 sends one again unchanged, 2 are
late, 13 are of the day.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from etl.synthetic.expressions import below, pick
from etl.synthetic.faults import SOUND, drawn, number
from etl.synthetic.kinds import Kind
from etl.synthetic.order_faults import EACH_OF_10000, SENT_TWICE, order_faults
from etl.synthetic.plan import LATER_IDS, ROWS_PER_FILE, History, Plan

SPACING = 50
SECOND_ROW, HAS_SECOND_ROW = 49, 25

#: What a second row is, and of 100 how many. Both rows of a conflict and both of a fault sent twice are bad.
SECOND_ROWS = (
    (Kind.DUPLICATE, 40),
    (Kind.OLDER, 40),
    (Kind.CONFLICT, 8),
    (Kind.NEWER_BAD, 6),
    (Kind.SENT_TWICE, 6),
)

#: Steps between the orders of the history that one later day touches, so that no two days touch the same.
STRIDE = 32


def order_rows(spark: SparkSession, plan: Plan) -> DataFrame:
    """`id`, `kind`, `fault`, `before` of every order row.

    `before` is what the history's batch made of a later row's order: `accepted`, `refused` or ''.
    """
    files = -(-plan.rows // ROWS_PER_FILE)
    slots = spark.range(0, plan.rows, 1, files).withColumnRenamed("id", "slot")
    return _later(slots, plan) if plan.day else _history(slots, plan.history)


def _history(slots: DataFrame, history: History) -> DataFrame:
    blocks = history.rows // SPACING
    second = f"slot % {SPACING} = {SECOND_ROW} and slot < {blocks * SPACING}"
    source = f"(slot div {SPACING} + {blocks // 3}) % {blocks} * {SPACING} + {HAS_SECOND_ROW}"
    rows = slots.selectExpr(f"if({second}, {source}, slot) as id", f"{second} as second")
    kind, fault = _kind(history, "second"), _fault(history)
    return rows.selectExpr("id", f"{kind} as kind", f"{fault} as fault", "'' as before")


def _later(slots: DataFrame, plan: Plan) -> DataFrame:
    history = plan.history
    alone = history.rows - history.rows // SPACING
    group, place = "slot div 20", "slot % 20"
    rank = f"if({place} = 4, {group} * 2 + 1, ({group} * 4 + {place}) * 2) * {STRIDE} + {plan.day}"
    known = f"({alone} - 1 - ({rank}))"
    touched = f"{known} + {known} div {SECOND_ROW}"
    rows = slots.selectExpr(
        f"if({place} < 5, {touched}, {plan.day * LATER_IDS} + slot) as id",
        f"case when {place} < 4 then {Kind.CHANGED} when {place} = 4 then {Kind.RESENT} "
        f"when {place} < 7 then {Kind.LATE} else {Kind.NEW} end as task",
    )
    kind, fault = _kind(history, "false"), _fault(history)
    faulty = rows.selectExpr("id", "task", f"{kind} as kind", f"{fault} as fault")
    refused = f"if(fault <> {SOUND} or kind = {Kind.TWIN}, 'refused', 'accepted')"
    return faulty.selectExpr(
        "id",
        "task as kind",
        f"if(task = {Kind.CHANGED}, {SOUND}, fault) as fault",
        f"if(task in ({Kind.CHANGED}, {Kind.RESENT}), {refused}, '') as before",
    )


def _kind(history: History, second: str) -> str:
    """What a row of the history is: the second row about an order, the first of two, or the only one."""
    kind = _second_kind(history)
    twin_or_not = f"when {Kind.CONFLICT} then {Kind.TWIN} when {Kind.SENT_TWICE} then {Kind.SENT_TWICE}"
    first = f"case {kind} {twin_or_not} else {Kind.PLAIN} end"
    return (
        f"case when not {_has_second(history)} then {Kind.PLAIN} when {second} then {kind} else {first} end"
    )


def _fault(history: History) -> str:
    """The fault of an order; the two rows about one order have none or the same."""
    faults = order_faults(history.run_date)
    twice = f"if({_second_kind(history)} = {Kind.SENT_TWICE}, {number(faults, SENT_TWICE)}, {SOUND})"
    random = drawn(faults, below(10_000, history.seed, "fault"), EACH_OF_10000)
    return f"if({_has_second(history)}, {twice}, {random})"


def _second_kind(history: History) -> str:
    kinds = [int(kind) for kind, share in SECOND_ROWS for _ in range(share)]
    return pick(kinds, below(len(kinds), history.seed, "second_row"), "int")


def _has_second(history: History) -> str:
    blocks = history.rows // SPACING
    return f"(id % {SPACING} = {HAS_SECOND_ROW} and id < {blocks * SPACING})"

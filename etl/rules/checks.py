"""Compiles a contract's row rules into Spark columns: each is true on the rows that break the rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Callable

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.model import Column, Rule

#: Rules that look at more than the row itself: compiled elsewhere.
SET_RULES = frozenset({"unique", "reference"})

#: What a decoder puts where bytes are no text in the encoding it reads.
REPLACEMENT = "\ufffd"


def breaks(
    rule: Rule,
    column: Column,
    text: Expression,
    value: Expression,
    run_date: date,
    arrived_at: Expression | None = None,
) -> Expression:
    """True where a row breaks the rule, false or NULL elsewhere.

    `arrived_at` is when the broker took the record: without it nothing is late.
    `value` is NULL where the text is missing or cannot be read: missing breaks only `required`, unreadable
    only `type`, and the other rules stay silent. Raises ValueError for a kind of rule these jobs do not know:
    a rule is never skipped.
    """
    if rule.kind == "type":
        return (text != "") & value.isNull()
    if rule.kind == "required":
        return text.isNull() | (text == "")
    if rule.kind == "late":
        return F.lit(False) if arrived_at is None else _late(rule, value, arrived_at)
    compiled = VALUE_RULES.get(rule.kind)
    if compiled is None:
        raise ValueError(
            f"contract rule {rule.id}: kind {rule.kind!r} is unknown to these jobs; "
            f"they know type, required, late, {', '.join(sorted({*VALUE_RULES, *SET_RULES}))}"
        )
    return compiled(rule, column, value, run_date)


def _range(rule: Rule, column: Column, value: Expression, _: date) -> Expression:
    comparisons: dict[str, Callable[[Expression], Expression]] = {
        "minimum": lambda bound: value < bound,
        "maximum": lambda bound: value > bound,
        "exclusive_minimum": lambda bound: value <= bound,
        "exclusive_maximum": lambda bound: value >= bound,
    }
    outside = [comparisons[name](F.lit(bound).cast(column.type)) for name, bound in rule.params.items()]
    return _any(outside)


def _length(rule: Rule, _: Column, value: Expression, __: date) -> Expression:
    comparisons: dict[str, Callable[[int], Expression]] = {
        "minimum": lambda bound: F.length(value) < bound,
        "maximum": lambda bound: F.length(value) > bound,
    }
    return _any([comparisons[name](bound) for name, bound in rule.params.items()])


def _pattern(rule: Rule, _: Column, value: Expression, __: date) -> Expression:
    # (?d): only a line feed ends a line for Java's `$`, and a line of a text file holds none.
    return ~value.rlike(f"(?d){rule.params['pattern']}")


def _encoding(_: Rule, __: Column, value: Expression, ___: date) -> Expression:
    return value.contains(REPLACEMENT)


def _allowed(rule: Rule, column: Column, value: Expression, _: date) -> Expression:
    return ~value.isin([F.lit(allowed).cast(column.type) for allowed in rule.params["values"]])


def _future(_: Rule, column: Column, value: Expression, run_date: date) -> Expression:
    next_day = F.lit((run_date + timedelta(days=1)).isoformat())
    return value >= next_day.cast(column.type)


def _late(rule: Rule, value: Expression, arrived_at: Expression) -> Expression:
    allowed = F.make_dt_interval(secs=F.lit(rule.params["seconds"]))
    return value < arrived_at - allowed


VALUE_RULES: dict[str, Callable[[Rule, Column, Expression, date], Expression]] = {
    "range": _range,
    "length": _length,
    "pattern": _pattern,
    "encoding": _encoding,
    "allowed": _allowed,
    "future": _future,
}


def _any(conditions: list[Expression]) -> Expression:
    result = conditions[0]
    for condition in conditions[1:]:
        result = result | condition
    return result

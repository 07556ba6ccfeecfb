"""Rows that are wrong on purpose, and what the contracts must say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyspark.sql import DataFrame

from etl.model.layout import MALFORMED_REASON

#: What rows without a fault say in their column `fault`; the others say its number, from 1.
SOUND = 0

_COMMA = ", ',', "


@dataclass(frozen=True)
class Fault:
    """One way of being wrong: the texts (Spark SQL) it puts into columns, and every reason it must get."""

    name: str
    texts: Mapping[str, str]
    reasons: tuple[str, ...]
    cut_after: int = field(default=0)  # values kept of the line; 0 keeps all


def single(name: str, column: str, text: str, rule: str) -> Fault:
    """A fault in one column that breaks one rule."""
    return Fault(name, {column: text}, (f"{column}.{rule}",))


def cut(name: str, values: int) -> Fault:
    """A line that ends too early."""
    return Fault(name, {}, (MALFORMED_REASON,), cut_after=values)


def drawn(faults: Sequence[Fault], draw: str, each: int) -> str:
    """SQL of a fault's number, by a draw: each fault gets `each` of its values, the rest are sound."""
    return f"if({draw} < {each * len(faults)}, {draw} div {each} + 1, {SOUND})"


def number(faults: Sequence[Fault], name: str) -> int:
    """What rows say in their column `fault` for the fault of a name."""
    return 1 + [fault.name for fault in faults].index(name)


def lines(rows: DataFrame, columns: Mapping[str, str], faults: Sequence[Fault]) -> DataFrame:
    """CSV lines (`line`) of the columns' texts, with those of the fault that each row's `fault` says.

    Sound lines have a case of their own, in which Spark joins all pieces of all texts at once.
    """
    sound = _COMMA.join(columns.values())
    wrong = _COMMA.join(_text(column, text, faults) for column, text in columns.items())
    cuts = [
        f"when fault = {at} then concat({_COMMA.join(list(columns.values())[: fault.cut_after])})"
        for at, fault in enumerate(faults, 1)
        if fault.cut_after
    ]
    cases = f"when fault = {SOUND} then concat({sound}) {' '.join(cuts)} else concat({wrong})"
    return rows.selectExpr(f"case {cases} end as line")


def _text(column: str, sound: str, faults: Sequence[Fault]) -> str:
    whens = [f"when {at} then {f.texts[column]}" for at, f in enumerate(faults, 1) if column in f.texts]
    return f"case fault {' '.join(whens)} else {sound} end" if whens else sound

"""Rows that are wrong on purpose, and what the contracts must say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyspark.sql import DataFrame

#: Reason of a line with too few values: it is cut after some of them.
MALFORMED = "row.malformed"

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
    return Fault(name, {}, (MALFORMED,), cut_after=values)


def drawn(faults: Sequence[Fault], draw: str, each: int) -> str:
    """SQL of a fault's name, by a draw: each fault gets `each` of its values, the rest are sound ('')."""
    limits = [(each * (number + 1), fault) for number, fault in enumerate(faults)]
    whens = " ".join(f"when {draw} < {limit} then '{fault.name}'" for limit, fault in limits)
    return f"case when {draw} >= {each * len(faults)} then '' {whens} end"


def lines(rows: DataFrame, columns: Mapping[str, str], faults: Sequence[Fault]) -> DataFrame:
    """CSV lines (`line`) of the columns' texts, with those of the fault that the row's column `fault` names."""
    texts = [_text(column, sound, faults) for column, sound in columns.items()]
    whole = rows.selectExpr("fault", f"concat({_COMMA.join(texts)}) as line")
    cuts = [
        f"when fault = '{f.name}' then substring_index(line, ',', {f.cut_after})"
        for f in faults
        if f.cut_after
    ]
    cut_or_whole = f"case when fault = '' then line {' '.join(cuts)} else line end"
    return whole.selectExpr(f"{cut_or_whole} as line")


def _text(column: str, sound: str, faults: Sequence[Fault]) -> str:
    wrong = [(fault.name, fault.texts[column]) for fault in faults if column in fault.texts]
    if not wrong:
        return sound
    whens = " ".join(f"when fault = '{name}' then {text}" for name, text in wrong)
    return f"case when fault = '' then {sound} {whens} else {sound} end"

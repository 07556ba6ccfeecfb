"""Counts what was planted: from what the rows are made of, never from what a pipeline makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from etl.synthetic.faults import SOUND, Fault
from etl.synthetic.kinds import Kind


@dataclass
class Planted:
    """What must become of a dataset's rows."""

    dispositions: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def as_document(self) -> dict[str, Any]:
        """The dataset's part of `planted.json`; `rows` is the sum of the dispositions."""
        kept = ("inserted", "updated", "superseded", "quarantined")
        counts = {name: self.dispositions[name] for name in kept}
        return {"rows": sum(counts.values()), **counts, "reasons": dict(sorted(self.reasons.items()))}


def count_planted(rows: DataFrame, faults: Sequence[Fault], key: str, newer_bad: str) -> Planted:
    """Count the dispositions and reasons that rows (`kind`, `fault`, `before`) must get.

    `key` names the key column; `newer_bad` is the reason that the bad newer version of a good row gets.
    """
    counted = rows.groupBy("kind", "fault", "before").agg(F.count(F.lit(1)).alias("rows")).collect()
    planted = Planted()
    for group in counted:
        reasons = _reasons(group, faults, key, newer_bad)
        planted.dispositions["quarantined" if reasons else _disposition(group)] += group["rows"]
        for reason in reasons:
            planted.reasons[reason] += group["rows"]
    return planted


def _reasons(group: Row, faults: Sequence[Fault], key: str, newer_bad: str) -> tuple[str, ...]:
    if group["fault"] != SOUND:
        fault: Fault = faults[group["fault"] - 1]
        return fault.reasons
    if group["kind"] in (Kind.CONFLICT, Kind.TWIN):
        return (f"{key}.unique",)
    return (newer_bad,) if group["kind"] == Kind.NEWER_BAD else ()


def _disposition(group: Row) -> str:
    """Of a row without a fault. After a row that was refused, it is the first good one of its key."""
    known = group["before"] == "accepted"
    if group["kind"] in (Kind.DUPLICATE, Kind.OLDER):
        return "superseded"
    if group["kind"] == Kind.RESENT and known:
        return "superseded"
    return "updated" if group["kind"] == Kind.CHANGED and known else "inserted"

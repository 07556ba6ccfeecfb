"""What was sent and what became of it, by dataset, kind and route."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traffic.message import Message
from traffic.planting import expectation

SENT, ACKNOWLEDGED, REFUSED, UNKNOWN = "sent", "acknowledged", "refused", "unknown"
#: What becomes of a record: the brokers have it; it surely was not written; nobody can tell.
OUTCOMES = (ACKNOWLEDGED, REFUSED, UNKNOWN)
ACCOUNT_VERSION = 1


@dataclass
class Account:
    """Counts of records. *sent = acknowledged + refused + unknown* once everything is answered."""

    counts: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    seconds: list[dict[str, Any]] = field(default_factory=list)

    def count(self, message: Message, event: str) -> None:
        """Counts that a record was sent, or what became of it."""
        self.counts[(message.dataset, message.kind, message.route, event)] += 1
        self.totals[event] += 1

    @property
    def pending(self) -> int:
        """Records that were sent and not answered yet."""
        return self.totals[SENT] - sum(self.totals[outcome] for outcome in OUTCOMES)

    def now(self) -> dict[str, int]:
        """Returns the totals so far."""
        return {event: self.totals[event] for event in (SENT, *OUTCOMES)}

    def rows(self) -> list[dict[str, Any]]:
        """Returns the counts by dataset, kind and route, with what is expected of the kind."""
        groups = sorted({group[:3] for group in self.counts})
        rows = []
        for dataset, kind, route in groups:
            expected, reason = expectation(dataset, kind)
            counts = {event: self.counts[(dataset, kind, route, event)] for event in (SENT, *OUTCOMES)}
            facts = {"dataset": dataset, "kind": kind, "route": route, "expected": expected, "reason": reason}
            rows.append({**facts, **counts})
        return rows


def write_account(path: Path, account: Account, facts: dict[str, Any]) -> None:
    """Writes the account as JSON, whole or not at all."""
    document = {
        "schema_version": ACCOUNT_VERSION,
        **facts,
        **account.now(),
        "records": account.rows(),
        "seconds": account.seconds,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(json.dumps(document, indent=1) + "\n")
    part.replace(path)


def percentile(values: Iterable[float], share: float) -> float | None:
    """Returns the value that `share` of the values do not exceed; None of no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None

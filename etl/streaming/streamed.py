"""A streamed dataset with everything that processes it."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model import Contract
from etl.streaming.deciding import Deciding
from etl.streaming.ledger import Ledger
from etl.streaming.live import Live
from etl.streaming.slices import next_day

#: The first day that there can be.
_FIRST_DAY = "0001-01-01"


@dataclass(frozen=True)
class Streamed:
    """A streamed dataset with everything that processes it."""

    contract: Contract
    ledger: Ledger
    live: Live
    deciding: Deciding

    @property
    def first_open(self) -> str:
        """The first day that is not closed."""
        last = self.ledger.last
        return next_day(last.closed) if last and last.closed else _FIRST_DAY


def first_open_day(stream: Streamed) -> str | None:
    """Return the first day that is not closed; None before the first record."""
    last = stream.ledger.last
    if last is None:
        return None
    return next_day(last.closed) if last.closed else min(last.opened)


def topic_of(contract: Contract) -> str:
    """Return the topic of a streamed dataset. Raises ValueError when it is not streamed."""
    if contract.stream is None:
        raise ValueError(f"{contract.name}: its contract names no Kafka server, so it has no topic")
    return contract.stream.topic


def earlier_waiting(stream: Streamed, day: str) -> list[str]:
    """Return the folders of records of earlier days that wait."""
    pending = stream.ledger.last.pending if stream.ledger.last else {}
    return [
        folder for known, waiting in sorted(pending.items()) if known < day for folder in waiting["decided"]
    ]


def parents_of(contract: Contract) -> list[str]:
    """Return the datasets that a dataset refers to."""
    return sorted({str(rule.params["dataset"]) for _, rule in contract.references()})

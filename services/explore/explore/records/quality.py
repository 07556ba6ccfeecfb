"""Freshness and quality of every dataset, by what the published run recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from explore.access.contracts import Contract
from explore.access.engine import CURATED
from explore.access.pointer import POINTER
from explore.errors import NotPublishedError
from explore.records.documents import Documents


@dataclass(frozen=True)
class Check:
    """One rule of a contract in one run. `failed_rows` is None for promises about the whole dataset."""

    id: str
    dimension: str
    passed: bool
    failed_rows: int | None
    threshold: float | None


@dataclass(frozen=True)
class DatasetQuality:
    """A dataset in the published run; `reasons` are quarantined rows by reason code, most rows first."""

    name: str
    read: int
    inserted: int
    updated: int
    superseded: int
    quarantined: int
    reasons: Mapping[str, int]
    checks: Sequence[Check]

    @property
    def failed(self) -> list[Check]:
        """Return the checks that did not pass."""
        return [check for check in self.checks if not check.passed]

    @property
    def quarantined_share(self) -> float:
        """Return the share of rows read that are in quarantine, 0 to 1."""
        return self.quarantined / self.read if self.read else 0.0


@dataclass(frozen=True)
class TableRecord:
    """A published table: its schema, rows and bytes."""

    schema: str
    name: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Publication:
    """What is published, and what its run recorded; `datasets` is empty where the run's record is gone."""

    run_id: str
    run_date: date
    published_at: datetime
    tables: Sequence[TableRecord]
    datasets: Sequence[DatasetQuality]

    def age(self, now: datetime) -> timedelta:
        """Return how long ago it was published."""
        return now - self.published_at


@dataclass(frozen=True)
class Freshness:
    """The newest value of a dataset, beside the age that its contract allows at the end of the run date."""

    dataset: str
    column: str
    newest: datetime | None
    allowed: timedelta
    age: timedelta | None

    @property
    def is_met(self) -> bool | None:
        """Return whether the promise is kept; None where there are no rows."""
        return None if self.age is None else self.age <= self.allowed


def read_publication(documents: Documents) -> Publication:
    """Return what is published.

    Raises NotPublishedError when nothing is, ExploreError when a record cannot be read.
    """
    pointer = documents.read(str(POINTER))
    if pointer is None:
        raise NotPublishedError("Nothing is published yet.", "run `make demo ROWS=100000`")
    results = documents.read(f"runs/run={pointer['run_id']}/results.json") or {}
    return Publication(
        run_id=pointer["run_id"],
        run_date=date.fromisoformat(pointer["run_date"]),
        published_at=datetime.fromisoformat(pointer["published_at"]),
        tables=[
            TableRecord(table.get("zone", CURATED), name, table.get("rows", 0), table.get("bytes", 0))
            for name, table in sorted(
                pointer["tables"].items(), key=lambda item: (item[1].get("zone", CURATED), item[0])
            )
        ],
        datasets=[_quality(dataset) for dataset in results.get("datasets", [])],
    )


def freshness(contract: Contract, newest: datetime | None, run_date: date) -> Freshness | None:
    """Return how a dataset keeps its promise of latency; None where its contract makes none."""
    promise = contract.document.get("freshness")
    if promise is None:
        return None
    end = datetime(run_date.year, run_date.month, run_date.day, tzinfo=UTC) + timedelta(days=1)
    age = None if newest is None else max(end - newest, timedelta(0))
    allowed = timedelta(seconds=promise["max_age_seconds"])
    return Freshness(contract.name, promise["column"], newest, allowed, age)


def _quality(dataset: Mapping[str, Any]) -> DatasetQuality:
    return DatasetQuality(
        name=dataset["name"],
        **dataset["dispositions"],
        reasons={reason["code"]: reason["rows"] for reason in dataset["reasons"]},
        checks=[
            Check(check["id"], check["dimension"], check["passed"], check["failed_rows"], check["threshold"])
            for check in dataset["checks"]
        ],
    )

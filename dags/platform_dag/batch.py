"""Which batch a run works on, if any, and the name of the attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from platform_dag.errors import PlatformError
from platform_dag.layout import MAINTAIN_JOB

#: Configuration of a run that maintains the tables instead of working on a batch.
MAINTENANCE = {"maintain": True}


class PlanError(PlatformError):
    """This run cannot be planned."""


@dataclass(frozen=True)
class Run:
    """One attempt at one batch, or at maintaining the tables."""

    #: Day of the batch, ISO 8601: the start of the data interval. None: no batch, the tables are maintained.
    run_date: str | None
    #: Name of the attempt; its folders carry it, so it must never be used twice.
    run_id: str


def is_maintenance(conf: Mapping[str, Any] | None) -> bool:
    """Return whether a run was triggered to maintain the tables."""
    return (conf or {}).get("maintain") is True


def batch_start(conf: Mapping[str, Any] | None, data_interval_start: datetime | None) -> datetime | None:
    """Return when the day of a run's batch begins: the run date it was triggered for, or its data interval.

    :param conf: of the run; whoever triggers one for a batch says `{"run_date": "2025-03-08"}`.
    :raises PlanError: the run date is not a date.
    """
    if not conf or "run_date" not in conf:
        return data_interval_start
    try:
        return datetime.strptime(conf["run_date"], "%Y-%m-%d").replace(tzinfo=timezone.utc)
    except (TypeError, ValueError) as error:
        raise PlanError(
            f"This run was triggered with run_date {conf['run_date']!r}, which is no date: "
            'trigger it again with the configuration {"run_date": "YYYY-MM-DD"}.'
        ) from error


def new_run(start: datetime | None, now: datetime, *, maintenance: bool) -> Run:
    """Name one attempt.

    :param start: UTC; its day is the batch's run date.
    :param now: UTC; names the attempt, never the batch.
    :raises PlanError: there is no batch, and the tables are not maintained either.
    """
    if maintenance:
        return Run(run_date=None, run_id=f"{MAINTAIN_JOB}-{now:%Y%m%dT%H%M%SZ}")
    if start is None:
        raise PlanError(
            "This run has no data interval, so there is no batch to work on: trigger it with a logical date "
            "(the batch is the day before it), or with the configuration "
            '{"run_date": "YYYY-MM-DD"}.'
        )
    run_date = start.date().isoformat()
    return Run(run_date=run_date, run_id=f"{run_date}-{now:%Y%m%dT%H%M%SZ}")

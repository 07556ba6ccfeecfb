"""Which batch a run works on, if any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from platform_dag.plan import PlanError

#: Configuration of a run that maintains the tables instead of working on a batch.
MAINTENANCE = {"maintain": True}


def is_maintenance(conf: Mapping[str, Any] | None) -> bool:
    """Tell whether a run was triggered to maintain the tables."""
    return (conf or {}).get("maintain") is True


def batch_start(conf: Mapping[str, Any] | None, data_interval_start: datetime | None) -> datetime | None:
    """Say when the day of a run's batch begins: the run date it was triggered for, or its data interval.

    :param conf: of the run; whoever triggers one for a batch says `{"run_date": "2025-03-08"}`.
    :raises PlanError: the run date is none.
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

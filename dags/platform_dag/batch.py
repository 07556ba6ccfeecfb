"""Which batch a run works on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any


def batch_start(conf: Mapping[str, Any] | None, data_interval_start: datetime | None) -> datetime | None:
    """Say when the day of a run's batch begins: the run date it was triggered for, or its data interval.

    :param conf: of the run; whoever triggers one for a batch says `{"run_date": "2025-03-08"}`.
    """
    if conf and "run_date" in conf:
        return datetime.strptime(conf["run_date"], "%Y-%m-%d").replace(tzinfo=timezone.utc)
    return data_interval_start

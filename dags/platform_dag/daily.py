"""Settings that the daily DAGs share: those of every DAG, and when they run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.timetables.interval import CronDataIntervalTimetable

from platform_dag.unattended import unattended


def daily(execution_timeout: timedelta = timedelta(minutes=15)) -> dict[str, Any]:
    """Return the settings of a DAG that works on the day before each run.

    No `dagrun_timeout`: when it strikes, the scheduler skips every unfinished task, and with them the
    teardown of what the run has started. Each task has its own limit instead.

    :param execution_timeout: how long one try of a task may take.
    """
    # Airflow 3 takes "@daily" for a moment without an interval; the batch is the day before the run.
    schedule = CronDataIntervalTimetable("@daily", timezone="UTC")
    return {"schedule": schedule, **unattended(execution_timeout)}

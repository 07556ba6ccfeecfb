"""What the daily DAGs have in common: when they run, how often at once, and how their tasks are retried."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.timetables.interval import CronDataIntervalTimetable

from platform_dag.mail import mail_failure


def daily(execution_timeout: timedelta = timedelta(minutes=15)) -> dict[str, Any]:
    """Return the settings of a DAG that works on the day before each run.

    No `dagrun_timeout`: when it strikes, the scheduler skips every unfinished task, and with them the
    teardown of what the run has started. Each task has its own limit instead.

    :param execution_timeout: how long one try of a task may take.
    """
    return {
        # Airflow 3 takes "@daily" for a moment without an interval; the batch is the day before the run.
        "schedule": CronDataIntervalTimetable("@daily", timezone="UTC"),
        "start_date": datetime(2025, 1, 1, tzinfo=timezone.utc),
        "catchup": False,
        "max_active_runs": 1,
        "is_paused_upon_creation": False,
        "default_args": {
            "owner": "data-platform",
            "retries": 2,
            "retry_delay": timedelta(minutes=5),
            "execution_timeout": execution_timeout,
            "on_failure_callback": mail_failure,
        },
    }

"""Settings that every DAG of the platform shares: it starts unpaused, and its failures are mailed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from platform_dag.mail import mail_failure


def unattended(execution_timeout: timedelta, **task_settings: Any) -> dict[str, Any]:
    """Return the settings of a DAG that starts unpaused, has one run at a time and catches up on none.

    :param execution_timeout: how long one try of a task may take.
    :param task_settings: settings of the tasks that win over those of the platform, such as `retries`.
    """
    return {
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
            **task_settings,
        },
    }

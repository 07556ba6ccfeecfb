"""How a run of either pipeline ends well: those who wait for it are told."""

from __future__ import annotations

from typing import Any

from airflow.sdk import task

from platform_dag.assets import PUBLISHED_TABLES, published_run
from platform_dag.mail import mail_success
from platform_dag.metrics import send_metrics


@task(
    task_id="end_workflow",
    outlets=[PUBLISHED_TABLES],
    on_success_callback=[mail_success, send_metrics],
    on_skipped_callback=mail_success,
)
def end_workflow(ti: Any = None, outlet_events: Any = None) -> None:
    """Tell the DAGs that wait for it which run has published; skipped where none has."""
    outlet_events[PUBLISHED_TABLES].extra = published_run(ti)

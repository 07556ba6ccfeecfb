"""Simple addition: shows that the environment schedules, runs and reports, without touching the data."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task
from airflow.timetables.interval import CronDataIntervalTimetable
from platform_dag.mail import mail_failure, mail_success

with DAG(
    dag_id="simple_addition",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["example"],
    default_args={
        "owner": "data-platform",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(minutes=5),
        "on_failure_callback": mail_failure,
    },
) as dag:
    start = EmptyOperator(task_id="start")

    @task
    def addition_task(first: int = 5, second: int = 3) -> int:
        """Add two numbers; the sum is the task's XCom."""
        return first + second

    end = EmptyOperator(task_id="end", on_success_callback=mail_success)

    start >> addition_task() >> end

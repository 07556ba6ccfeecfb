"""Simple addition: shows that the environment schedules, runs and reports, without touching the data."""

from __future__ import annotations

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

from platform_dag.daily import daily
from platform_dag.mail import mail_success

with DAG(
    dag_id="simple_addition",
    doc_md=__doc__,
    tags=["example"],
    **daily(execution_timeout=timedelta(minutes=5)),
) as dag:
    start = EmptyOperator(task_id="start")

    @task
    def addition_task(first: int = 5, second: int = 3) -> int:
        """Add two numbers; the sum is the task's XCom."""
        return first + second

    end = EmptyOperator(task_id="end", on_success_callback=mail_success)

    start >> addition_task() >> end

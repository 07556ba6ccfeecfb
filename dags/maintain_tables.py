"""Maintains the tables on the days that the configuration names: small files joined, old snapshots dropped.

One writer at a time: the work is a run of the pipeline's own DAG, on its cluster or application, which runs
one run after the other. This DAG only starts it, and the pipeline mails if it fails. A run of this DAG that
somebody triggers maintains the tables on any day. docs/airflow.md tells the whole story.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

from platform_dag import maintenance
from platform_dag.batch import MAINTENANCE
from platform_dag.mail import mail_failure

with DAG(
    dag_id="maintain_tables",
    doc_md=__doc__,
    # Half a day from midnight, when the daily batch starts.
    schedule="0 12 * * *",
    start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["tables"],
    default_args={
        "owner": "data-platform",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": mail_failure,
    },
) as dag:

    @task(task_id="choose_pipeline")
    def choose_pipeline(dag_run: Any = None) -> list[maintenance.Maintenance]:
        """Say which run of which pipeline is to maintain the tables; skip on days that are not for it."""
        return [maintenance.due(dag_run.run_type, dag_run.run_id, dag_run.run_after)]

    # The second start of a run is refused by Airflow, by its id, and is as good as the first.
    start_pipeline = TriggerDagRunOperator.partial(
        task_id="start_pipeline", conf=MAINTENANCE, logical_date=None, skip_when_already_exists=True
    )

    start_pipeline.expand_kwargs(choose_pipeline())

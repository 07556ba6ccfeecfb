"""Records what every pipeline run left in the metadata store, within an hour, and later what it used.

The pipeline never waits for the store: it leaves `runs/run=<id>/results.json` in the lake, and this DAG
records what it finds there and the store has not. A store out of reach loses nothing: this DAG tries again.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from airflow.sdk import DAG, task

from platform_dag import facts, store, usage
from platform_dag.mail import mail_failure

with DAG(
    dag_id="record_runs",
    doc_md=__doc__,
    schedule="10 * * * *",
    start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=["metadata"],
    default_args={
        "owner": "data-platform",
        # A minute, two, four …: about an hour, which outlasts a failover and most maintenance, before a mail.
        "retries": 6,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(minutes=15),
        "on_failure_callback": mail_failure,
    },
) as dag:

    @task(task_id="migrate_store")
    def migrate_store() -> str:
        """Bring the store to the schema of this release."""
        return store.migrate_store(facts.read(facts.Metadata))

    @task(task_id="record_new_runs")
    def record_new_runs() -> list[str]:
        """Record the runs that the store does not know yet; their ids are the task's XCom."""
        return store.record_new_runs(facts.read(facts.Lake), facts.read(facts.Metadata))

    @task(task_id="record_usage")
    def record_usage() -> list[str]:
        """Record what AWS says by now that runs used; their ids are the task's XCom."""
        processing, orchestration = facts.read(facts.Processing), facts.read(facts.Orchestration)
        return usage.record_new_usage(processing, orchestration, facts.read(facts.Metadata))

    migrate_store() >> record_new_runs() >> record_usage()

"""Records what every pipeline run left in the metadata store, within an hour, and later what it used.

The pipeline never waits for the store: it leaves `runs/run=<id>/results.json` in the lake, and this DAG
records what it finds there and the store has not. A store out of reach loses nothing: this DAG tries again.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, task

from platform_dag import facts, store, usage
from platform_dag.unattended import unattended

with DAG(
    dag_id="record_runs",
    doc_md=__doc__,
    schedule="10 * * * *",
    tags=["metadata"],
    **unattended(
        timedelta(minutes=15),
        # A minute, two, four …: about an hour, which outlasts a failover and most maintenance, before a mail.
        retries=6,
        retry_delay=timedelta(minutes=1),
        retry_exponential_backoff=True,
    ),
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

"""Starts the pipeline when raw data has arrived: one run for each batch, however often S3 reports an object.

Only where events are on. S3 reports what arrives under `raw/`, EventBridge puts it into a queue, and this DAG
claims it in the metadata store. When nothing of a run date has arrived for a while, that date's run is
triggered. docs/events.md has more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

from platform_dag import arrivals, assets, options
from platform_dag.engines import chosen
from platform_dag.unattended import unattended


@task(task_id="receive_arrivals")
def receive_arrivals(run_id: str | None = None) -> arrivals.Received:
    """Claim what the queue says has arrived, then delete its messages."""
    return arrivals.receive(str(run_id))


@task(task_id="find_complete_batches")
def find_complete_batches(pipeline: str, run_id: str | None = None) -> list[arrivals.Trigger]:
    """Take the batches of which nothing has arrived for a while."""
    return arrivals.complete_batches(str(run_id), pipeline)


@task(task_id="finish_batches", trigger_rule="none_failed_min_one_success", outlets=[assets.RAW_BATCHES])
def finish_batches(batches: list[arrivals.Trigger], outlet_events: Any = None) -> list[str]:
    """Remember which runs exist; a worker lost before this starts them again, to no effect.

    :raises AirflowSkipException: there was no batch to start: no asset is updated.
    """
    if not batches:
        raise AirflowSkipException("No batch was complete.")
    run_ids = arrivals.finish(batches)
    run_dates = [batch["conf"]["run_date"] for batch in batches]
    outlet_events[assets.RAW_BATCHES].extra = {"run_dates": run_dates}
    return run_ids


engine, is_event_driven = chosen(), options.events()

if engine is not None and is_event_driven:
    with DAG(
        dag_id="ingest_on_arrival",
        doc_md=__doc__,
        schedule="*/5 * * * *",
        tags=["events"],
        **unattended(timedelta(minutes=10), retry_delay=timedelta(minutes=1)),
    ) as dag:
        # The second start of a run is refused by Airflow, by its id, and is as good as the first.
        start_pipeline = TriggerDagRunOperator.partial(
            task_id="start_pipeline", logical_date=None, skip_when_already_exists=True
        )
        found = find_complete_batches(engine.dag_id)
        receive_arrivals() >> found
        start_pipeline.expand_kwargs(found) >> finish_batches(found)

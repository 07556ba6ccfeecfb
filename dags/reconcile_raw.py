"""Starts the pipeline for closed days with raw files that no run has read.

Every morning, whether the clock or an event starts the pipeline: a file that arrives late, or whose event was
lost, is read within a day. The same files start one run and no second. Files where no run reads them fail a
task, which names them. docs/events.md has more.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

from platform_dag import facts, reconcile
from platform_dag.arrivals import Trigger
from platform_dag.engines import chosen
from platform_dag.unattended import unattended


@task(task_id="find_unread_batches")
def find_unread_batches(pipeline: str) -> list[Trigger]:
    """Compare what lies under `raw/` with what runs have read."""
    lake, orchestration = facts.read(facts.Lake), facts.read(facts.Orchestration)
    days = orchestration.reconcile_days or reconcile.DAYS
    return reconcile.unread_batches(lake.data_bucket, days, pipeline)


@task(task_id="refuse_misplaced_files")
def refuse_misplaced_files() -> None:
    """Fail where files lie that no run reads, and name them."""
    lake, orchestration = facts.read(facts.Lake), facts.read(facts.Orchestration)
    reconcile.refuse_misplaced(lake.data_bucket, orchestration.reconcile_days or reconcile.DAYS)


engine = chosen()

if engine is not None:
    with DAG(
        dag_id="reconcile_raw",
        doc_md=__doc__,
        # Six hours from midnight, when the daily batch starts.
        schedule="0 6 * * *",
        tags=["events"],
        **unattended(timedelta(minutes=15)),
    ) as dag:
        # Apart from the other tasks: what lies in the wrong place holds up no late file.
        refuse_misplaced_files()
        # The second start of a run is refused by Airflow, by its id, and is as good as the first.
        TriggerDagRunOperator.partial(
            task_id="start_pipeline", logical_date=None, skip_when_already_exists=True
        ).expand_kwargs(find_unread_batches(engine.dag_id))

"""Runs a DAG in this process, as `airflow dags test` does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.models.dagbag import DagBag
from airflow_settings import DAGS

#: The day of the batch: 10:00 on the next day is inside no later interval.
RUN_DATE = "2025-03-08"
_TRIGGERED = datetime(2025, 3, 9, 10, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Finished:
    """How a run and its tasks ended."""

    state: str
    tasks: dict[str, str]
    xcoms: dict[tuple[str, str], Any]
    #: How often each task was tried.
    tries: dict[str, int]


def run_dag(dag_id: str, conf: dict[str, Any] | None = None) -> Finished:
    """Run one DAG for `RUN_DATE`, or what `conf` says; whatever waits for minutes hardly waits.

    Sensors stay between their looks: `dag.test` of Airflow 3.0.6 gives a rescheduled sensor the moment of its
    first look as text, which it cannot calculate with. The scheduler's own run covers rescheduling.
    """
    dag = DagBag(DAGS, include_examples=False).dags[dag_id]
    for task in dag.tasks:
        task.retry_delay, task.retry_exponential_backoff = timedelta(), False
        if hasattr(task, "poke_interval"):
            task.poke_interval, task.mode = 0.5, "poke"
    run = dag.test(logical_date=_TRIGGERED, run_conf=conf)
    instances = run.get_task_instances()
    xcoms = {
        (ti.task_id, key): ti.xcom_pull(task_ids=ti.task_id, key=key)
        for ti in instances
        for key in ("return_value", "run", "failed_step", "job_runs")
    }
    return Finished(
        state=str(run.state),
        tasks={ti.task_id: str(ti.state) for ti in instances},
        xcoms=xcoms,
        tries={ti.task_id: ti.try_number for ti in instances},
    )

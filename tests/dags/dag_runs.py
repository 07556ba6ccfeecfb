"""Runs a DAG in this process, as `airflow dags test` does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.exceptions import AirflowException
from airflow.models.asset import AssetEvent, AssetModel
from airflow.sdk.definitions import dag as definitions
from airflow.triggers.base import BaseTrigger, TriggerEvent
from airflow.utils.session import create_session
from environment_options import ON_CLUSTERS, ON_SERVERLESS, environment_options, parse

_run_inline_trigger = definitions._run_inline_trigger

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


def asset_events(name: str) -> list[dict[str, Any]]:
    """What every event of an asset carried, the newest last."""
    with create_session() as session:
        found = session.scalars(
            sa.select(AssetEvent)
            .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
            .where(AssetModel.name == name)
            .order_by(AssetEvent.id)
        )
        return [event.extra for event in found]


def _run_trigger(trigger: BaseTrigger) -> TriggerEvent | None:
    with contextlib.suppress(AirflowException):
        return _run_inline_trigger(trigger)
    return None


def run_dag(
    dag_id: str, conf: dict[str, Any] | None = None, options: dict[str, str] | None = None
) -> Finished:
    """Run one DAG for `RUN_DATE`, or what `conf` says; whatever waits for minutes hardly waits.

    The environment has these options; without any it has the DAG, and computes on clusters if it can.

    Their triggers run in this process. One that fails would fail `dag.test` instead of its task, which the
    triggerer wakes; so the task is woken here, too. The scheduler's own run has a real triggerer.
    """
    if options is None:
        options = ON_SERVERLESS if dag_id == "big_data_pipeline_serverless" else ON_CLUSTERS
    dag = parse(options).dags[dag_id]
    for task in dag.tasks:
        task.retry_delay, task.retry_exponential_backoff = timedelta(), False
        if hasattr(task, "poke_interval"):
            task.poke_interval = 0.5
    with environment_options(options), pytest.MonkeyPatch.context() as patch:
        patch.setattr(definitions, "_run_inline_trigger", _run_trigger)
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

"""Sensors that wait in the triggerer: what they wait for, how long, and what a failed trigger means."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from airflow.exceptions import (
    AirflowFailException,
    AirflowSensorTimeout,
    TaskDeferralError,
    TaskDeferred,
)
from airflow.providers.amazon.aws.triggers.emr import EmrCreateJobFlowTrigger
from airflow.sdk import Context
from airflow.sdk.bases.operator import TriggerFailureReason

from platform_dag.deferred import DeferredSensor
from platform_dag.engines.emr_lifecycle import ClusterSensor, TerminateClusters
from platform_dag.engines.emr_serverless_jobs import CancelJobRuns, JobRunsSensor
from platform_dag.engines.emr_steps import StepsSensor

FAILED = {"error": TriggerFailureReason.TRIGGER_FAILURE, "traceback": ["AirflowException: step failed"]}


class _Sensor(DeferredSensor):
    """Sees what the test says, look by look."""

    def __init__(self, *, looks: list[bool | Exception], **kwargs: Any) -> None:
        super().__init__(task_id="watch", timeout=3600, poke_interval=60, **kwargs)
        self.looks = iter(looks)

    def poke(self, context: Context) -> bool:
        seen = next(self.looks)
        if isinstance(seen, Exception):
            raise seen
        return seen

    def trigger(self, delay: float, attempts: int) -> EmrCreateJobFlowTrigger:
        return EmrCreateJobFlowTrigger("j-1", waiter_delay=delay, waiter_max_attempts=attempts)


def test_what_is_there_at_once_is_not_waited_for() -> None:
    _Sensor(looks=[True]).execute({})


def test_a_sensor_defers_until_its_time_is_over_and_keeps_that_moment() -> None:
    sensor = _Sensor(looks=[False, False, True])
    with pytest.raises(TaskDeferred) as first:
        sensor.execute({})
    assert first.value.method_name == "look_again"
    deadline = datetime.fromisoformat(first.value.kwargs["deadline"])
    assert timedelta(minutes=59) < deadline - datetime.now(timezone.utc) <= timedelta(hours=1)
    assert timedelta(minutes=59) < first.value.timeout <= timedelta(hours=1)
    _, waits = first.value.trigger.serialize()
    assert (waits["waiter_delay"], waits["waiter_max_attempts"]) == (60, 62)
    with pytest.raises(TaskDeferred) as second:
        sensor.resume_execution("look_again", {**first.value.kwargs, "event": {"status": "success"}}, {})
    assert second.value.kwargs == first.value.kwargs
    assert second.value.timeout < first.value.timeout
    sensor.resume_execution("look_again", second.value.kwargs, {})


def test_a_sensor_whose_time_is_over_looks_once_more_and_gives_up() -> None:
    past = (datetime.now(timezone.utc) - timedelta(seconds=1)).isoformat()
    with pytest.raises(AirflowSensorTimeout, match="It took more than 1:00:00"):
        _Sensor(looks=[False]).look_again({}, deadline=past)
    _Sensor(looks=[True]).look_again({}, deadline=past)


def test_a_trigger_that_outlasts_the_time_ends_the_waiting_without_a_look() -> None:
    with pytest.raises(AirflowSensorTimeout):
        _Sensor(looks=[]).resume_execution("__fail__", {"error": TriggerFailureReason.TRIGGER_TIMEOUT}, {})


def test_after_a_trigger_that_failed_the_look_says_what_it_means() -> None:
    _Sensor(looks=[True]).resume_execution("__fail__", FAILED, {})
    with pytest.raises(AirflowFailException, match="Step curate"):
        _Sensor(looks=[AirflowFailException("Step curate is FAILED")]).resume_execution(
            "__fail__", FAILED, {}
        )
    with pytest.raises(TaskDeferralError):
        _Sensor(looks=[False]).resume_execution("__fail__", FAILED, {})


def _sensors() -> dict[str, DeferredSensor]:
    steps = StepsSensor(task_id="steps", job_flow_id="j-1", step_ids=["s-1"], log_uri="s3://logs/")
    steps.awaited = "s-1"
    job_runs: Any = [{"step": "ingest", "request": {"applicationId": "00f1"}}]
    runs = JobRunsSensor(task_id="runs", job_runs=job_runs, since="2025-01-01", log_uri="s3://logs/")
    runs.awaited = "r-1"
    end = TerminateClusters(task_id="end", cluster_name="x", since="2025-01-01")
    end.awaited = "j-1"
    cancel = CancelJobRuns(task_id="cancel", job_runs=job_runs, since="2025-01-01")
    cancel.awaited = "r-1"
    cluster = ClusterSensor(task_id="cluster", job_flow_id="j-1")
    return {"cluster": cluster, "steps": steps, "runs": runs, "end": end, "cancel": cancel}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("cluster", {"job_flow_id": "j-1"}),
        ("steps", {"job_flow_id": "j-1", "step_id": "s-1"}),
        ("runs", {"application_id": "00f1", "job_id": "r-1"}),
        ("end", {"job_flow_id": "j-1"}),
        ("cancel", {"application_id": "00f1", "job_id": "r-1"}),
    ],
)
def test_triggers_are_the_provider_s_since_the_triggerer_loads_none_of_the_dags_folder(
    name: str, wanted: dict[str, str]
) -> None:
    path, fields = _sensors()[name].trigger(60, 5).serialize()
    assert path.startswith("airflow.providers.amazon.aws.triggers.emr.")
    common = {"waiter_delay": 60, "waiter_max_attempts": 5, "aws_conn_id": None}
    assert fields == {**wanted, **common}

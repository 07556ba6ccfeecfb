"""The sensor over all steps, on the emulated EMR's own records."""

from __future__ import annotations

import pytest
from emulated_platform import EmulatedPlatform
from moto.emr.models import emr_backends
from pushed import Pushed, poke

from platform_dag.engines.emr_steps import StepsSensor, failure_reason, step_log_uri

STEPS = ["ingest", "curate", "marts"]


@pytest.fixture
def cluster(platform: EmulatedPlatform) -> tuple[str, list[str]]:
    """A cluster with three steps that do nothing; its id and theirs."""
    instances = {"MasterInstanceType": "m5.xlarge", "KeepJobFlowAliveWhenNoSteps": True}
    cluster_id: str = platform.emr.run_job_flow(Name="x", Instances=instances)["JobFlowId"]
    steps = [{"Name": name, "HadoopJarStep": {"Jar": "command-runner.jar"}} for name in STEPS]
    return cluster_id, platform.emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=steps)["StepIds"]


def _poke(cluster: tuple[str, list[str]], states: list[str]) -> tuple[bool | str, Pushed]:
    """Set the states of the steps and look once: what the sensor says, or the error it fails with."""
    cluster_id, step_ids = cluster
    records = {
        step.id: step
        for backends in emr_backends.values()
        for backend in backends.values()
        for found in backend.clusters.values()
        for step in found.steps
    }
    for step_id, state in zip(step_ids, states, strict=True):
        records[step_id].state = state
    return poke(
        StepsSensor(task_id="watch", job_flow_id=cluster_id, step_ids=step_ids, log_uri="s3://logs/emr/")
    )


@pytest.mark.parametrize(
    "states",
    [
        ["RUNNING", "PENDING", "PENDING"],
        ["COMPLETED", "RUNNING", "PENDING"],
        ["COMPLETED", "COMPLETED", "CANCEL_PENDING"],
    ],
)
def test_it_waits_while_any_step_is_on_its_way(cluster: tuple[str, list[str]], states: list[str]) -> None:
    said, pushed = _poke(cluster, states)
    assert said is False
    assert pushed.xcoms == {}


def test_it_is_content_when_all_steps_are_completed(cluster: tuple[str, list[str]]) -> None:
    assert _poke(cluster, ["COMPLETED"] * 3)[0] is True


@pytest.mark.parametrize(
    ("states", "cause"),
    [
        (["FAILED", "CANCELLED", "CANCELLED"], 0),
        (["COMPLETED", "FAILED", "CANCELLED"], 1),
        (["COMPLETED", "COMPLETED", "FAILED"], 2),
        (["COMPLETED", "INTERRUPTED", "PENDING"], 1),
        (["CANCELLED", "FAILED", "PENDING"], 1),
        (["COMPLETED", "CANCELLED", "CANCELLED"], 1),
    ],
)
def test_it_fails_with_the_step_that_is_the_cause(
    cluster: tuple[str, list[str]], states: list[str], cause: int
) -> None:
    cluster_id, step_ids = cluster
    log = f"s3://logs/emr/{cluster_id}/steps/{step_ids[cause]}/"
    said, pushed = _poke(cluster, states)
    name, state = STEPS[cause], states[cause]
    assert said == f"Step {name} ({step_ids[cause]}) is {state}: EMR gave no reason. Log: {log}"
    details = {
        "name": name,
        "id": step_ids[cause],
        "state": state,
        "reason": "EMR gave no reason",
        "log": log,
    }
    assert pushed.xcoms == {"failed_step": details}


def test_the_reason_is_emr_s_analysis_and_why_the_state_changed() -> None:
    status = {
        "StateChangeReason": {"Message": "exit code 1"},
        "FailureDetails": {"Reason": "Unknown Error.", "Message": "Exception in thread main"},
    }
    assert failure_reason(status) == "Unknown Error.; Exception in thread main; exit code 1"
    assert failure_reason({"StateChangeReason": {"Message": None}}) == "EMR gave no reason"


@pytest.mark.parametrize("log_uri", ["s3://logs/emr", "s3://logs/emr/"])
def test_the_log_is_where_emr_puts_it(log_uri: str) -> None:
    assert step_log_uri(log_uri, "j-1", "s-1") == "s3://logs/emr/j-1/steps/s-1/"

"""The sensor over the job runs of a run, on the emulated EMR Serverless's own records."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from airflow_settings import ACCOUNT, REGION
from emulated_platform import EmulatedPlatform
from moto.emrserverless.models import emrserverless_backends
from pushed import Pushed, poke

from platform_dag.engines.emr_serverless_jobs import CancelJobRuns, JobRun, JobRunsSensor, driver_log_uri

STEPS = ["ingest", "curate", "marts"]
SINCE = (datetime.now(timezone.utc) - timedelta(days=1)).replace(microsecond=0).isoformat()


@pytest.fixture
def job_runs(platform: EmulatedPlatform) -> list[JobRun]:
    """Three requests to one application, none of them sent."""
    application_id = platform.compute_on_serverless()
    role = platform.facts["processing"]["serverless"]["job_role_arn"]
    return [
        JobRun(
            step=step,
            request={
                "applicationId": application_id,
                "clientToken": f"r1-{step}",
                "name": f"r1-{step}",
                "executionRoleArn": role,
            },
        )
        for step in STEPS
    ]


def _start(platform: EmulatedPlatform, job_runs: list[JobRun], states: list[str]) -> list[str]:
    """Start the first of them as somebody else did, and set how far they are; their ids."""
    ids = [
        platform.serverless.start_job_run(**job["request"])["jobRunId"]
        for job, _ in zip(job_runs, states, strict=False)
    ]
    records = emrserverless_backends[ACCOUNT][REGION].job_runs[job_runs[0]["request"]["applicationId"]]
    for record in records:
        if record.id in ids:
            record.state = states[ids.index(record.id)]
    return ids


def _poke(job_runs: list[JobRun]) -> tuple[bool | str, Pushed]:
    """Look once: what the sensor says, or the error it fails with."""
    return poke(
        JobRunsSensor(task_id="watch", job_runs=job_runs, since=SINCE, log_uri="s3://logs/emr-serverless/")
    )


def _cancel(job_runs: list[JobRun]) -> tuple[CancelJobRuns, bool | str]:
    """Cancel once: the sensor, and whether nothing is left."""
    sensor = CancelJobRuns(task_id="cancel", job_runs=job_runs, since=SINCE)
    return sensor, poke(sensor)[0]


@pytest.mark.parametrize(
    ("states", "then"),
    [
        ([], ["r1-ingest"]),
        (["SUBMITTED"], ["r1-ingest"]),
        (["QUEUED"], ["r1-ingest"]),
        (["RUNNING"], ["r1-ingest"]),
        (["CANCELLING"], ["r1-ingest"]),
        (["SUCCESS"], ["r1-ingest", "r1-curate"]),
        (["SUCCESS", "SCHEDULED"], ["r1-ingest", "r1-curate"]),
        (["SUCCESS", "SUCCESS"], ["r1-ingest", "r1-curate", "r1-marts"]),
        (["SUCCESS", "SUCCESS", "RUNNING"], ["r1-ingest", "r1-curate", "r1-marts"]),
    ],
)
def test_it_waits_and_starts_what_is_next_when_it_is_next(
    platform: EmulatedPlatform, job_runs: list[JobRun], states: list[str], then: list[str]
) -> None:
    _start(platform, job_runs, states)
    said, pushed = _poke(job_runs)
    assert said is False
    assert pushed.xcoms == {}
    assert list(platform.job_runs()) == then


def test_it_is_content_when_every_step_succeeded(platform: EmulatedPlatform, job_runs: list[JobRun]) -> None:
    _start(platform, job_runs, ["SUCCESS"] * 3)
    assert _poke(job_runs)[0] is True
    assert len(platform.job_runs()) == 3


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED"])
def test_a_step_that_did_not_succeed_is_the_end(
    platform: EmulatedPlatform, job_runs: list[JobRun], state: str
) -> None:
    _, failed = _start(platform, job_runs, ["SUCCESS", state])
    application_id = job_runs[0]["request"]["applicationId"]
    log = f"s3://logs/emr-serverless/applications/{application_id}/jobs/{failed}/SPARK_DRIVER/"
    said, pushed = _poke(job_runs)
    assert said == f"Step curate ({failed}) is {state}: EMR Serverless gave no reason. Log: {log}"
    details = {"name": "curate", "id": failed, "state": state, "reason": "EMR Serverless gave no reason"}
    assert pushed.xcoms == {"failed_step": {**details, "log": log}}
    assert len(platform.job_runs()) == 2


def test_job_runs_of_other_runs_are_left_alone(platform: EmulatedPlatform, job_runs: list[JobRun]) -> None:
    other = {**job_runs[0]["request"], "name": "r0-ingest", "clientToken": "r0-ingest"}
    platform.serverless.start_job_run(**other)
    (running,) = _start(platform, job_runs, ["RUNNING"])
    for record in emrserverless_backends[ACCOUNT][REGION].job_runs[other["applicationId"]]:
        record.state = "RUNNING"
    sensor, is_over = _cancel(job_runs)
    assert (is_over, sensor.awaited) == (False, running)
    assert _cancel(job_runs)[1] is True
    assert {name: run["state"] for name, run in platform.job_runs().items()} == {
        "r0-ingest": "RUNNING",
        "r1-ingest": "CANCELLED",
    }


@pytest.mark.parametrize("states", [["SUCCESS"] * 3, ["SUCCESS", "FAILED"], ["CANCELLED"], []])
def test_what_has_ended_is_not_cancelled(
    platform: EmulatedPlatform, job_runs: list[JobRun], states: list[str]
) -> None:
    _start(platform, job_runs, states)
    assert _cancel(job_runs)[1] is True
    assert [run["state"] for run in platform.job_runs().values()] == states


def test_a_job_run_that_is_being_cancelled_is_awaited(
    platform: EmulatedPlatform, job_runs: list[JobRun]
) -> None:
    _, ending = _start(platform, job_runs, ["SUCCESS", "CANCELLING"])
    sensor, is_over = _cancel(job_runs)
    assert (is_over, sensor.awaited) == (False, ending)
    assert platform.job_runs()["r1-curate"]["state"] == "CANCELLING"


@pytest.mark.parametrize("log_uri", ["s3://logs/x", "s3://logs/x/"])
def test_the_log_is_where_emr_serverless_puts_it(log_uri: str) -> None:
    assert driver_log_uri(log_uri, "a-1", "j-1") == "s3://logs/x/applications/a-1/jobs/j-1/SPARK_DRIVER/"

"""Runs on EMR Serverless whose jobs do no work: what is started, cancelled and mailed."""

from __future__ import annotations

import threading

import pytest
from agent import Runner, StepResult
from dag_runs import asset_events, run_dag
from emulated_platform import EmulatedPlatform
from job_run_agent import JobRunAgent
from mailbox_server import Mailbox, text
from release_fixture import publish

from platform_dag.engines.emr_serverless_jobs import JobRunsSensor

pytestmark = pytest.mark.usefixtures("airflow_database")

DAG_ID = "big_data_pipeline_serverless"
TASKS = [
    "begin_workflow",
    "submit_spark_application",
    "check_submission_status",
    "cancel_job_runs",
    "end_workflow",
]


@pytest.fixture
def application(platform: EmulatedPlatform) -> str:
    """An environment that computes on EMR Serverless, with a release; the application's id."""
    publish(platform)
    return platform.compute_on_serverless()


def _agent(aws: str, platform: EmulatedPlatform, run: Runner) -> JobRunAgent:
    return JobRunAgent(aws, platform.facts["processing"]["serverless"]["log_uri"], run)


def _subjects(mailbox: Mailbox) -> list[str]:
    return [message["Subject"] for message in mailbox.messages]


def _steps(platform: EmulatedPlatform, run_id: str) -> dict[str, str]:
    """The states of a run's job runs, by step."""
    states = {name: job_run["state"] for name, job_run in platform.job_runs().items()}
    assert all(name.startswith(f"{run_id}-") for name in states)
    return {name.removeprefix(f"{run_id}-"): state for name, state in states.items()}


def test_the_steps_run_one_after_the_other(
    aws: str, platform: EmulatedPlatform, application: str, mailbox: Mailbox
) -> None:
    ran: list[str] = []

    def run_job(arguments: list[str]) -> StepResult:
        ran.append(next(step for step in ("ingest", "curate", "marts") if step in arguments))
        assert len(platform.job_runs()) == len(ran)
        return StepResult(0, "", "")

    with _agent(aws, platform, run_job):
        run = run_dag(DAG_ID)
    assert run.state == "success"
    assert run.tasks == dict.fromkeys(TASKS, "success")
    assert ran == ["ingest", "curate", "marts"]
    run_id = run.xcoms["begin_workflow", "run"]["run_id"]
    assert _steps(platform, run_id) == dict.fromkeys(ran, "SUCCESS")
    assert {job["executionRole"] for job in platform.job_runs().values()} == {
        platform.facts["processing"]["serverless"]["job_role_arn"]
    }
    assert asset_events("published_tables")[-1] == run.xcoms["begin_workflow", "run"]
    assert _subjects(mailbox) == [f"[dev] {DAG_ID} of 2025-03-08 succeeded"]
    assert f"<td>{application}</td>" in text(mailbox.messages[0])


def test_a_failed_step_fails_the_run_and_nothing_after_it_starts(
    aws: str, platform: EmulatedPlatform, application: str, mailbox: Mailbox
) -> None:
    def run_job(arguments: list[str]) -> StepResult:
        return StepResult(int("curate" in arguments), "", "the audit rejected orders")

    with _agent(aws, platform, run_job):
        run = run_dag(DAG_ID)
    assert run.state == "failed"
    assert run.tasks == {
        "begin_workflow": "success",
        "submit_spark_application": "success",
        "check_submission_status": "failed",
        "cancel_job_runs": "success",
        "end_workflow": "upstream_failed",
    }
    run_id = run.xcoms["begin_workflow", "run"]["run_id"]
    assert _steps(platform, run_id) == {"ingest": "SUCCESS", "curate": "FAILED"}
    failed = run.xcoms["check_submission_status", "failed_step"]
    job_run = platform.job_runs()[f"{run_id}-curate"]
    assert failed == {
        "name": "curate",
        "id": job_run["jobRunId"],
        "state": "FAILED",
        "reason": "Job failed, exit code: 1",
        "log": f"s3://big-data-dev-logs-111111111111/logs/emr-serverless/applications/{application}"
        f"/jobs/{job_run['jobRunId']}/SPARK_DRIVER/",
    }
    assert _subjects(mailbox) == [f"[dev] {DAG_ID} of 2025-03-08 failed: step curate"]
    body = text(mailbox.messages[0])
    assert failed["log"] in body
    assert "Job failed, exit code: 1" in body


def test_a_job_that_runs_when_the_time_is_over_is_cancelled(
    aws: str, platform: EmulatedPlatform, application: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = threading.Event()

    def run_job(_: list[str]) -> StepResult:
        assert cancelled.wait(60)
        return StepResult(0, "", "")

    begin_to_wait = JobRunsSensor.execute

    def impatient(sensor: JobRunsSensor, context: object) -> None:
        sensor.timeout = 0.5
        begin_to_wait(sensor, context)

    monkeypatch.setattr(JobRunsSensor, "execute", impatient)
    with _agent(aws, platform, run_job):
        run = run_dag(DAG_ID)
        cancelled.set()
    assert run.state == "failed"
    assert run.tasks["check_submission_status"] == "failed"
    assert run.tasks["cancel_job_runs"] == "success"
    (job_run,) = platform.job_runs().values()
    assert job_run["state"] == "CANCELLED"
    assert _subjects(mailbox) == [f"[dev] {DAG_ID} of 2025-03-08 failed: task check_submission_status"]


def test_without_an_application_the_run_fails_at_once_and_mails(
    platform: EmulatedPlatform, mailbox: Mailbox
) -> None:
    # Between two applies: the fact already says clusters, the DAGs' option does not yet.
    publish(platform)
    run = run_dag(DAG_ID)
    assert run.tasks["begin_workflow"] == "failed"
    assert run.tries["begin_workflow"] == 1
    assert _subjects(mailbox) == [f"[dev] {DAG_ID} of 2025-03-08 failed: task begin_workflow"]

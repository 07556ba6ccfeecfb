"""Runs of the pipeline whose steps do no work: what is launched, terminated and mailed."""

from __future__ import annotations

from typing import Any

import pytest
from agent import StepResult
from airflow.exceptions import AirflowFailException
from airflow.providers.amazon.aws.hooks.emr import EmrHook
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET
from mailbox_server import Mailbox, text
from moto.emr.models import Cluster
from release_fixture import current, publish
from step_agent import StepAgent

pytestmark = pytest.mark.usefixtures("airflow_database")


def _subjects(mailbox: Mailbox) -> list[str]:
    return [message["Subject"] for message in mailbox.messages]


@pytest.fixture
def clusters_fail_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cluster ends where it should have begun to run."""

    def fail_to_start(cluster: Cluster) -> None:
        cluster.state = "TERMINATED_WITH_ERRORS"

    monkeypatch.setattr(Cluster, "run_bootstrap_actions", fail_to_start)


def test_without_facts_nothing_is_launched(platform: EmulatedPlatform, mailbox: Mailbox) -> None:
    publish(platform)
    platform.forget_variable("processing")
    run = run_dag("big_data_pipeline")
    assert run.state == "failed"
    assert run.tasks == {
        "begin_workflow": "failed",
        "create_emr_cluster": "upstream_failed",
        "check_cluster_ready": "upstream_failed",
        "submit_spark_application": "upstream_failed",
        "check_submission_status": "upstream_failed",
        "terminate_emr_cluster": "upstream_failed",
        "end_workflow": "upstream_failed",
    }
    assert platform.emr.list_clusters()["Clusters"] == []
    assert _subjects(mailbox) == ["[dev] big_data_pipeline of 2025-03-08 failed: task begin_workflow"]


def test_a_run_that_is_triggered_for_what_is_no_date_fails_at_once_and_is_mailed(mailbox: Mailbox) -> None:
    run = run_dag("big_data_pipeline", {"run_date": "yesterday"})
    assert run.state == "failed"
    assert run.tasks["begin_workflow"] == "failed"
    assert run.tries["begin_workflow"] == 1
    (subject,) = _subjects(mailbox)
    assert subject.startswith("[dev] big_data_pipeline of manual__")
    assert subject.endswith(" failed: task begin_workflow")


@pytest.mark.usefixtures("clusters_fail_to_start")
def test_a_run_that_is_triggered_for_a_date_works_on_that_date_s_batch(
    platform: EmulatedPlatform, mailbox: Mailbox
) -> None:
    publish(platform)
    run = run_dag("big_data_pipeline", {"run_date": "2025-01-31"})
    assert run.xcoms["begin_workflow", "run"]["run_date"] == "2025-01-31"
    assert platform.cluster()["Name"].startswith("big-data-dev-2025-01-31-")
    assert _subjects(mailbox) == ["[dev] big_data_pipeline of 2025-01-31 failed: task check_cluster_ready"]


@pytest.mark.usefixtures("clusters_fail_to_start")
def test_a_cluster_that_does_not_start_is_terminated_and_mailed_once(
    platform: EmulatedPlatform, mailbox: Mailbox
) -> None:
    publish(platform)
    run = run_dag("big_data_pipeline")
    assert run.tasks == {
        "begin_workflow": "success",
        "create_emr_cluster": "success",
        "check_cluster_ready": "failed",
        "submit_spark_application": "upstream_failed",
        "check_submission_status": "upstream_failed",
        "terminate_emr_cluster": "success",
        "end_workflow": "upstream_failed",
    }
    assert run.state == "failed"
    assert _subjects(mailbox) == ["[dev] big_data_pipeline of 2025-03-08 failed: task check_cluster_ready"]
    assert platform.cluster()["Id"] in text(mailbox.messages[0])


def _lose_the_answer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let every creation of a cluster fail after EMR has created it."""
    create = EmrHook.create_job_flow

    def created_and_lost(hook: EmrHook, overrides: dict[str, Any]) -> None:
        create(hook, overrides)
        raise error

    monkeypatch.setattr(EmrHook, "create_job_flow", created_and_lost)


def test_a_retry_takes_over_the_cluster_that_the_first_try_created(
    aws: str, platform: EmulatedPlatform, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(platform)
    _lose_the_answer(monkeypatch, ConnectionError("the answer was lost"))
    with StepAgent(aws, lambda _: StepResult(0, "", "")):
        run = run_dag("big_data_pipeline")
    assert run.state == "success"
    assert run.tries["create_emr_cluster"] == 2
    cluster = platform.cluster()
    assert run.xcoms["create_emr_cluster", "return_value"] == cluster["Id"]
    assert cluster["Status"]["State"] == "TERMINATED"


def test_a_cluster_whose_worker_was_lost_is_terminated_by_its_name(
    platform: EmulatedPlatform, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(platform)
    instances = {"MasterInstanceType": "m5.xlarge", "KeepJobFlowAliveWhenNoSteps": True}
    platform.emr.run_job_flow(Name="of another run", Instances=instances)
    _lose_the_answer(monkeypatch, AirflowFailException("the worker was lost"))
    run = run_dag("big_data_pipeline")
    assert run.tasks["create_emr_cluster"] == "failed"
    assert run.tasks["terminate_emr_cluster"] == "success"
    clusters = platform.emr.list_clusters()["Clusters"]
    states = {each["Name"]: each["Status"]["State"] for each in clusters}
    run_id = run.xcoms["begin_workflow", "run"]["run_id"]
    assert len(clusters) == 2
    assert states.pop("of another run") != "TERMINATED"
    assert states == {f"big-data-dev-{run_id}": "TERMINATED"}


def test_a_failed_step_in_the_middle_fails_the_run_and_terminates_the_cluster(
    aws: str, platform: EmulatedPlatform, mailbox: Mailbox
) -> None:
    publish(platform)

    def run_step(arguments: list[str]) -> StepResult:
        return StepResult(int("curate" in arguments), "", "the audit rejected orders")

    with StepAgent(aws, run_step):
        run = run_dag("big_data_pipeline")
    assert run.tasks == {
        "begin_workflow": "success",
        "create_emr_cluster": "success",
        "check_cluster_ready": "success",
        "submit_spark_application": "success",
        "check_submission_status": "failed",
        "terminate_emr_cluster": "success",
        "end_workflow": "upstream_failed",
    }
    assert run.state == "failed"
    assert platform.cluster()["Status"]["State"] == "TERMINATED"
    states = {name: step["Status"]["State"] for name, step in platform.steps().items()}
    assert states == {"ingest": "COMPLETED", "curate": "FAILED", "marts": "CANCELLED"}
    assert _subjects(mailbox) == ["[dev] big_data_pipeline of 2025-03-08 failed: step curate"]
    failed = run.xcoms["check_submission_status", "failed_step"]
    assert failed["log"] in text(mailbox.messages[0])


def test_a_release_published_during_the_run_changes_nothing_in_it(
    aws: str, platform: EmulatedPlatform, mailbox: Mailbox
) -> None:
    publish(platform)
    submitted: list[list[str]] = []

    def run_step(arguments: list[str]) -> StepResult:
        platform.put(ARTIFACTS_BUCKET, "etl/current.json", b"{}")
        submitted.append(arguments)
        return StepResult(0, "", "")

    with StepAgent(aws, run_step):
        run = run_dag("big_data_pipeline")
    assert run.state == "success"
    assert len(submitted) == 3
    assert [arguments[-1] for arguments in submitted] == [current()["release"]] * 3
    assert platform.cluster()["Status"]["State"] == "TERMINATED"
    assert _subjects(mailbox) == ["[dev] big_data_pipeline of 2025-03-08 succeeded"]

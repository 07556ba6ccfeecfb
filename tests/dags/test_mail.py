"""Mails, as a real SMTP server receives them, from contexts that Airflow calls back with."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from environment_options import all_dags
from mailbox_server import Mailbox, text

from platform_dag.mail import mail_failure, mail_success

PIPELINE = all_dags()["big_data_pipeline"]
DAY = datetime(2025, 1, 1, tzinfo=timezone.utc)
RECIPIENTS = "data-platform-dev@example.com, on-call@example.com"
FAILED_STEP = {
    "name": "curate",
    "id": "s-2",
    "state": "FAILED",
    "reason": "the audit rejected <orders> {{ undefined }}",
    "log": "s3://logs/logs/emr/j-1/steps/s-2/",
}
XCOMS = {
    ("begin_workflow", "run"): {
        "run_date": "2025-01-01",
        "run_id": "2025-01-01-20250102T000500Z",
        "release": "0123456789abcdef",
        "results": "s3://data/runs/run=2025-01-01-20250102T000500Z/results.json",
    },
    ("create_emr_cluster", "return_value"): "j-1",
}


class TaskInstance:
    """What a callback sees of the task it is called for."""

    def __init__(self, task_id: str, xcoms: dict[tuple[str, str], Any] | None) -> None:
        self.task_id = task_id
        self.state = None if xcoms is None else "failed"
        self.run_id = "scheduled__2025-01-01T00:00:00+00:00"
        self.xcoms = xcoms

    def xcom_pull(self, task_ids: str, key: str) -> Any:
        """Answer as the task runner does; the DAG processor would hang."""
        assert self.xcoms is not None, "an XCom was asked for in the DAG processor"
        return self.xcoms.get((task_ids, key))


def _context(task_id: str, xcoms: dict[tuple[str, str], Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"dag": PIPELINE, "ti": TaskInstance(task_id, xcoms), **more}


def test_a_failed_step_is_named_with_its_log(mailbox: Mailbox) -> None:
    xcoms = {**XCOMS, ("check_submission_status", "failed_step"): FAILED_STEP}
    mail_failure(_context("check_submission_status", xcoms, data_interval_start=DAY))
    (message,) = mailbox.messages
    assert message["Subject"] == "[dev] big_data_pipeline of 2025-01-01 failed: step curate"
    assert (message["From"], message["X-Recipients"]) == ("airflow-dev@example.com", RECIPIENTS)
    body = text(message)
    for said in (
        "curate (s-2) FAILED",
        "s3://logs/logs/emr/j-1/steps/s-2/",
        "the audit rejected &lt;orders&gt; {{ undefined }}",
        "check_submission_status",
        "<td>j-1</td>",
        "<td>0123456789abcdef</td>",
        "<td>2025-01-01-20250102T000500Z</td>",
    ):
        assert body.count(said) == 1, said


def test_a_failed_task_is_named_with_its_reason(mailbox: Mailbox) -> None:
    reason = ValueError("Airflow variable 'lake' is not there")
    mail_failure(_context("begin_workflow", {}, data_interval_start=DAY, exception=reason))
    (message,) = mailbox.messages
    assert message["Subject"] == "[dev] big_data_pipeline of 2025-01-01 failed: task begin_workflow"
    assert "Airflow variable &#x27;lake&#x27; is not there" in text(message)


def test_two_failures_in_one_process_are_two_different_mails(mailbox: Mailbox) -> None:
    mail_failure(_context("create_emr_cluster", XCOMS, data_interval_start=DAY))
    mail_failure(_context("terminate_emr_cluster", XCOMS, data_interval_start=DAY + timedelta(days=1)))
    assert [message["Subject"] for message in mailbox.messages] == [
        "[dev] big_data_pipeline of 2025-01-01 failed: task create_emr_cluster",
        "[dev] big_data_pipeline of 2025-01-02 failed: task terminate_emr_cluster",
    ]


def test_a_task_lost_with_its_worker_is_mailed_with_what_is_known(mailbox: Mailbox) -> None:
    mail_failure(_context("submit_spark_application"))
    (message,) = mailbox.messages
    run = "scheduled__2025-01-01T00:00:00+00:00"
    assert message["Subject"] == f"[dev] big_data_pipeline of {run} failed: task submit_spark_application"
    assert "see the task log" in text(message)


def test_a_run_on_emr_serverless_is_mailed_with_its_application(mailbox: Mailbox) -> None:
    run = {**XCOMS["begin_workflow", "run"], "application": "00f1application0"}
    mail_success(_context("end_workflow", {("begin_workflow", "run"): run}, data_interval_start=DAY))
    (message,) = mailbox.messages
    body = text(message)
    assert body.count("<td>00f1application0</td>") == 1
    assert "Cluster" not in body


def test_success_says_where_the_results_are(mailbox: Mailbox) -> None:
    mail_success(_context("end_workflow", XCOMS, data_interval_start=DAY))
    (message,) = mailbox.messages
    assert message["Subject"] == "[dev] big_data_pipeline of 2025-01-01 succeeded"
    assert text(message).count("s3://data/runs/run=2025-01-01-20250102T000500Z/results.json") == 1

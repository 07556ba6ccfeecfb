"""Both DAGs through Airflow's own scheduler: what it schedules by itself, and the mails that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow_processes import AirflowProcesses
from emulated_platform import EmulatedPlatform
from mailbox_server import Mailbox, text
from release_fixture import publish
from step_agent import StepAgent, StepResult

_SECONDS = 150


def _eventually(wanted: dict[str, str], look: Callable[[], dict[str, str]]) -> None:
    deadline = time.monotonic() + 60
    while (seen := look()) != wanted and time.monotonic() < deadline:
        time.sleep(0.5)
    assert seen == wanted


def test_the_scheduler_runs_yesterday_s_batch_and_mails_success_and_failure(
    aws: str, platform: EmulatedPlatform, mailbox: Mailbox, tmp_path: Path
) -> None:
    publish(platform)
    yesterday = (datetime.now(timezone.utc) - timedelta(days=1)).date().isoformat()
    broken = StepAgent(aws, lambda _: StepResult(1, "", "no raw files"))
    with broken, AirflowProcesses(tmp_path) as airflow:
        messages = mailbox.wait_for(2, _SECONDS)
        by_subject = {message["Subject"]: text(message) for message in messages}
        success = f"[dev] simple_addition of {yesterday} succeeded"
        failure = f"[dev] big_data_pipeline of {yesterday} failed: step ingest"
        assert sorted(by_subject) == [failure, success], airflow.logs()
        added = {"start": "success", "addition_task": "success", "end": "success"}
        _eventually({"scheduled": "success", **added}, lambda: airflow.states("simple_addition"))
        tasks = {
            "begin_workflow": "success",
            "create_emr_cluster": "success",
            "check_cluster_ready": "success",
            "submit_spark_application": "success",
            "check_submission_status": "failed",
            "terminate_emr_cluster": "success",
            "end_workflow": "upstream_failed",
        }
        _eventually({"scheduled": "failed", **tasks}, lambda: airflow.states("big_data_pipeline"))
    cluster = platform.cluster()
    assert cluster["Status"]["State"] == "TERMINATED"
    step = platform.steps()["ingest"]
    log = f"{platform.facts['processing']['log_uri']}{cluster['Id']}/steps/{step['Id']}/"
    assert log in by_subject[failure]
    assert "Step ended with exit code 1" in by_subject[failure]
    assert f"{yesterday}-" in by_subject[failure]
    assert len(mailbox.messages) == 2

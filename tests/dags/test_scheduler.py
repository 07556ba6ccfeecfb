"""The daily DAGs through Airflow's own scheduler: what it schedules by itself, and the mails of it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from agent import StepResult
from airflow_processes import AirflowProcesses
from airflow_settings import DAGS
from emulated_platform import EmulatedPlatform
from lineage_server import LineageServer
from mailbox_server import Mailbox
from moto.emr.models import Cluster
from release_fixture import publish
from step_agent import StepAgent

#: Until every mail is there at the latest. Beside other work on two cores it took 53 s in all.
_SECONDS = 480

#: A trigger that fires before the scheduler has heard from the executor that its task deferred fails that
#: task, as if somebody had killed it. No step and no cluster of EMR ends so soon after it was looked at.
_SETTLING = 10

pytestmark = pytest.mark.timeout(_SECONDS + 120)


@pytest.fixture(autouse=True)
def _clusters_end_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terminate clusters as EMR does, not at once as its emulator."""
    end = Cluster.terminate

    def terminate(cluster: Cluster) -> None:
        cluster.state = "TERMINATING"
        threading.Timer(_SETTLING, end, [cluster]).start()

    monkeypatch.setattr(Cluster, "terminate", terminate)


def _eventually(wanted: dict[str, str], look: Callable[[], dict[str, str]]) -> None:
    deadline = time.monotonic() + 120
    while (seen := look()) != wanted and time.monotonic() < deadline:
        time.sleep(0.5)
    assert seen == wanted


#: A task that takes its worker with it, as a lost machine does.
_LOST = """
import os, signal
from datetime import datetime, timezone
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task
from platform_dag.mail import mail_failure

START = datetime(2025, 1, 1, tzinfo=timezone.utc)
with DAG("lost", schedule="@once", start_date=START, is_paused_upon_creation=False):
    @task(on_failure_callback=mail_failure)
    def vanish():
        for process in (os.getppid(), os.getpid()):
            os.kill(process, signal.SIGKILL)
    vanish()
with DAG("new_of_a_client", schedule="@once", start_date=START):
    EmptyOperator(task_id="nothing")
"""


#: The batch that the scheduler is left to find: of a Saturday, on which no tables are maintained.
_DAY = date(2025, 3, 8)

#: Airflow's hook to change every DAG of an installation. Without it the scheduler would run what is due
#: on the day of the test: maintenance from Sunday noon to Monday noon, and two batches around midnight.
_ONE_DAY = f"""
from datetime import datetime, timedelta, timezone

START = datetime({_DAY.year}, {_DAY.month}, {_DAY.day}, tzinfo=timezone.utc)

def dag_policy(dag):
    dag.catchup = True
    for part in (dag, *dag.tasks):
        part.start_date, part.end_date = START, START + timedelta(hours=23)
"""


def _schedule_one_day(airflow_home: Path) -> None:
    """Schedule every DAG for one day, whatever the day of the test is."""
    (airflow_home / "config").mkdir()
    (airflow_home / "config" / "airflow_local_settings.py").write_text(_ONE_DAY, encoding="utf-8")


def _impatient(folder: Path) -> Path:
    """Copy the daily DAGs, with triggers that ask every second, and add one that is lost."""
    # There is neither a metadata store nor the web server of MWAA.
    absent = shutil.ignore_patterns("__pycache__", "record_runs.py", "clean_airflow_database.py")
    shutil.copytree(DAGS, folder, ignore=absent)
    pipeline = folder / "platform_dag" / "engines" / "emr.py"
    source = pipeline.read_text(encoding="utf-8")
    assert source.count("poke_interval=60") == 3
    pipeline.write_text(source.replace("poke_interval=60", "poke_interval=1"), encoding="utf-8")
    (folder / "lost.py").write_text(_LOST, encoding="utf-8")
    return folder


def test_the_scheduler_runs_a_day_s_batch_and_mails_success_and_failure(
    aws: str, platform: EmulatedPlatform, mailbox: Mailbox, tmp_path: Path
) -> None:
    publish(platform)
    _schedule_one_day(tmp_path)
    dags = _impatient(tmp_path / "dags")
    lineage = LineageServer()
    airflow = AirflowProcesses(tmp_path, dags, {**lineage.options, "platform.compute": "emr"})
    waiting: list[str] = []

    def fail_once_the_sensor_waits(_: list[str]) -> StepResult:
        deadline = time.monotonic() + 120
        while "deferred" not in waiting and time.monotonic() < deadline:
            waiting.append(str(airflow.states("big_data_pipeline").get("check_submission_status")))
            time.sleep(0.5)
        time.sleep(_SETTLING)
        return StepResult(1, "", "no raw files")

    with lineage, StepAgent(aws, fail_once_the_sensor_waits), airflow:
        by_subject = mailbox.wait_for(3, _SECONDS)
        success = f"[dev] simple_addition of {_DAY} succeeded"
        failure = f"[dev] big_data_pipeline of {_DAY} failed: step ingest"
        lost = f"[dev] lost of {_DAY} failed: task vanish"
        assert sorted(by_subject) == [failure, lost, success], airflow.logs()
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
        assert waiting[-1] == "deferred", airflow.logs()
        # What this environment does not have has no DAG.
        ours = ["big_data_pipeline", "reconcile_raw", "simple_addition"]
        assert airflow.dag_ids() == sorted([*ours, "lost", "new_of_a_client"])
        assert airflow.paused() == ["new_of_a_client"]
        assert airflow.states("new_of_a_client") == {}
    assert lineage.ends("simple_addition.addition_task") == ["COMPLETE"]
    assert lineage.ends("big_data_pipeline.check_submission_status") == ["FAIL"]
    assert "def addition_task" not in lineage.text
    cluster = platform.cluster()
    assert cluster["Status"]["State"] == "TERMINATED"
    step = platform.steps()["ingest"]
    log = f"{platform.facts['processing']['log_uri']}{cluster['Id']}/steps/{step['Id']}/"
    assert log in by_subject[failure]
    assert "Step ended with exit code 1" in by_subject[failure]
    assert f"{_DAY}-" in by_subject[failure]
    # Airflow 3.0.6 reports a task that lost its worker twice, some seconds apart: when its heartbeats stop,
    # and when its executor has given it up. The end of this test comes before or after the second mail.
    mails = mailbox.subjects()
    assert [mails.count(success), mails.count(failure), mails.count(lost) in (1, 2)] == [1, 1, True]
    assert len(mails) == 2 + mails.count(lost)

"""What is created, found again and terminated of a run's cluster, on the emulated EMR's own records."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from emulated_platform import EmulatedPlatform
from facts_fixture import LOGS_BUCKET
from moto.emr.models import emr_backends
from pushed import poke

from platform_dag.engines.emr_lifecycle import CreateCluster, TerminateClusters, make_event_log_folder

SINCE = (datetime.now(timezone.utc) - timedelta(days=1)).replace(microsecond=0).isoformat()


def _cluster(platform: EmulatedPlatform, name: str, state: str = "RUNNING") -> str:
    instances = {"MasterInstanceType": "m5.xlarge", "KeepJobFlowAliveWhenNoSteps": True}
    cluster_id: str = platform.emr.run_job_flow(Name=name, Instances=instances)["JobFlowId"]
    backends = [backend for account in emr_backends.values() for backend in account.values()]
    (record,) = (each.clusters[cluster_id] for each in backends if cluster_id in each.clusters)
    record.state = state
    return cluster_id


def _terminate(name: str) -> tuple[bool | str, str]:
    sensor = TerminateClusters(task_id="terminate", cluster_name=name, since=SINCE)
    return poke(sensor)[0], sensor.awaited


def _state(platform: EmulatedPlatform, cluster_id: str) -> str:
    state: str = platform.emr.describe_cluster(ClusterId=cluster_id)["Cluster"]["Status"]["State"]
    return state


def test_every_cluster_of_the_name_is_terminated_and_no_other(platform: EmulatedPlatform) -> None:
    first, second, other = (_cluster(platform, name) for name in ("run-1", "run-1", "run-10"))
    is_over, awaited = _terminate("run-1")
    assert is_over is False
    assert awaited in (first, second)
    assert [_state(platform, each) for each in (first, second, other)] == [*["TERMINATED"] * 2, "RUNNING"]
    assert _terminate("run-1") == (True, "")


def test_a_cluster_that_is_ending_is_awaited(platform: EmulatedPlatform) -> None:
    ending = _cluster(platform, "run-1", "TERMINATING")
    assert _terminate("run-1") == (False, ending)
    assert _state(platform, ending) == "TERMINATING"


@pytest.mark.parametrize("state", ["TERMINATED", "TERMINATED_WITH_ERRORS"])
def test_a_cluster_that_has_ended_is_left_alone(platform: EmulatedPlatform, state: str) -> None:
    _cluster(platform, "run-1", state)
    assert _terminate("run-1") == (True, "")


def test_a_cluster_is_created_by_a_client_that_repeats_no_request() -> None:
    create = CreateCluster(task_id="create", since=SINCE, event_log_uri="s3://logs/x/")
    assert create.hook.conn.meta.config.retries["total_max_attempts"] == 1


def test_the_folder_of_the_event_logs_is_renewed_by_each_run(platform: EmulatedPlatform) -> None:
    make_event_log_folder(f"s3://{LOGS_BUCKET}/logs/spark-events/")
    make_event_log_folder(f"s3://{LOGS_BUCKET}/logs/spark-events/")
    assert platform.keys(LOGS_BUCKET) == ["logs/spark-events/.keep"]

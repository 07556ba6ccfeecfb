"""What runs used, asked of the emulated AWS's own records and written into a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from airflow_settings import ACCOUNT, ENVIRONMENT, PROJECT, REGION
from emulated_platform import EmulatedPlatform
from facts_fixture import STACKS
from moto.emr.models import emr_backends
from moto.emrserverless.models import emrserverless_backends
from results_fixture import results

from platform_dag.engines.emr import BOUGHT_UNITS
from platform_dag.engines.emr_serverless import BILLED_UNITS
from platform_dag.facts import Metadata, Orchestration, Processing, parse
from platform_dag.usage import PATIENCE, record_new_usage
from platform_metadata.history import history
from platform_metadata.migrating import migrate
from platform_metadata.recording import record
from platform_metadata.roles import grant_rows

NOW = datetime.now(timezone.utc)
BILLED = {"vCPUHour": 0.25, "memoryGBHour": 1.0, "storageGBHour": 0.0}
PRICES = {"currency": "EUR", "per_unit": {"vcpu_hour": 0.04, "memory_gb_hour": 0.01, "storage_gb_hour": 0.1}}
UNKNOWN = {"compute": None, "quantities": None, "prices": None, "currency": None, "cost": None}


@pytest.fixture
def recorded(store: sa.engine.Engine) -> sa.engine.Engine:
    """A store with its tables and their user, and no run in it."""
    migrate(store)
    grant_rows(store)
    return store


def _record_run(store: sa.engine.Engine, *, ended: timedelta = timedelta(hours=1)) -> str:
    """Record a run that ended so long ago; its id."""
    moment = (NOW - ended).isoformat().replace("+00:00", "Z")
    with store.begin() as connection:
        return record(connection, {**results(), "started_at": moment, "finished_at": moment})


def _look(platform: EmulatedPlatform) -> list[str]:
    known = {**platform.facts, "metadata": _stored(platform)}
    parts = (parse(kind, known[kind.__name__.lower()]) for kind in (Processing, Orchestration, Metadata))
    return record_new_usage(*parts)


def _stored(platform: EmulatedPlatform) -> Mapping[str, Any]:
    """The facts of the database that the fixture of the store made."""
    return platform.variable("metadata")


def _usage(store: sa.engine.Engine, run_id: str) -> Any:
    with store.connect() as connection:
        return {run["run_id"]: run["usage"] for run in history(connection, 10)}[run_id]


def _job_runs(platform: EmulatedPlatform, run_id: str) -> list[Any]:
    """Start the job runs of a run and of another; the emulator's records of the run's."""
    processing = platform.facts["processing"]["serverless"]
    application_id = processing["application_id"]
    for name in (f"{run_id}-ingest", f"{run_id}-curate", f"{run_id}0-ingest"):
        platform.serverless.start_job_run(
            applicationId=application_id,
            clientToken=name,
            name=name,
            executionRoleArn=processing["job_role_arn"],
        )
    backend = emrserverless_backends[ACCOUNT][REGION]
    return [job for job in backend.job_runs[application_id] if job.name.startswith(f"{run_id}-")]


def test_job_runs_are_recorded_when_all_of_them_are_billed(
    platform: EmulatedPlatform, recorded: sa.engine.Engine
) -> None:
    platform.compute_on_serverless()
    platform.facts["processing"]["prices"] = PRICES
    run_id = _record_run(recorded)
    assert _look(platform) == []
    ingest, curate = _job_runs(platform, run_id)
    ingest.billed_resource_utilization, curate.state = BILLED, "RUNNING"
    curate.billed_resource_utilization = BILLED
    assert _look(platform) == []
    # Ended, and not billed yet, in the two ways that this is said.
    for unbilled in ({}, dict.fromkeys(BILLED, 0.0)):
        curate.state, curate.billed_resource_utilization = "SUCCESS", unbilled
        assert _look(platform) == []
        assert _usage(recorded, run_id) is None
    curate.billed_resource_utilization = BILLED
    assert _look(platform) == [run_id]
    usage = {
        "compute": "emr_serverless",
        "quantities": {"vcpu_hour": 0.5, "memory_gb_hour": 2.0, "storage_gb_hour": 0.0},
        "prices": PRICES["per_unit"],
        "currency": "EUR",
        "cost": pytest.approx(0.04),
    }
    assert _usage(recorded, run_id) == usage
    ingest.billed_resource_utilization = dict.fromkeys(BILLED, 99.0)
    assert _look(platform) == []
    assert _usage(recorded, run_id) == usage


def test_what_aws_does_not_say_in_time_stays_unknown_and_is_asked_once_at_least(
    platform: EmulatedPlatform, recorded: sa.engine.Engine
) -> None:
    platform.compute_on_serverless()
    run_id = _record_run(recorded, ended=PATIENCE)
    _job_runs(platform, run_id)
    assert _look(platform) == [run_id]
    assert _usage(recorded, run_id) == UNKNOWN
    assert _look(platform) == []


def test_what_is_there_is_taken_however_late_somebody_asks(
    platform: EmulatedPlatform, recorded: sa.engine.Engine
) -> None:
    platform.compute_on_serverless()
    run_id = _record_run(recorded, ended=10 * PATIENCE)
    for job in _job_runs(platform, run_id):
        job.billed_resource_utilization = BILLED
    assert _look(platform) == [run_id]
    usage = _usage(recorded, run_id)
    assert (usage["quantities"]["vcpu_hour"], usage["cost"], usage["currency"]) == (0.5, None, None)


def _cluster(platform: EmulatedPlatform, name: str) -> Any:
    """Launch a cluster; the emulator's record of it, in which a test places instances."""
    cluster_id = platform.emr.run_job_flow(
        Name=name,
        ReleaseLabel="emr-7.8.0",
        Instances={
            "InstanceCount": 1,
            "MasterInstanceType": "m5.xlarge",
            "KeepJobFlowAliveWhenNoSteps": True,
        },
        JobFlowRole="role",
        ServiceRole="service",
    )["JobFlowId"]
    backends = [backend for account in emr_backends.values() for backend in account.values()]
    (cluster,) = (backend.clusters[cluster_id] for backend in backends if cluster_id in backend.clusters)
    cluster.ec2_instances = []
    return cluster


def _instance(number: int, market: str, minutes: float | None) -> Any:
    """One instance that lived so long; without minutes it lives."""
    timeline = {"CreationDateTime": NOW - timedelta(hours=3)}
    if minutes is not None:
        timeline["EndDateTime"] = timeline["CreationDateTime"] + timedelta(minutes=minutes)
    status = {"State": "RUNNING" if minutes is None else "TERMINATED", "Timeline": timeline}
    return SimpleNamespace(id=f"ci-{number}", ec2_instance_id=f"i-{number:017}", status=status, market=market)


def test_a_cluster_s_instance_hours_are_recorded_when_all_have_ended(
    platform: EmulatedPlatform, recorded: sa.engine.Engine
) -> None:
    per_unit = {"on_demand_instance_hour": 0.3, "spot_instance_hour": 0.1}
    platform.facts["processing"]["prices"] = {"currency": "USD", "per_unit": per_unit}
    run_id = _record_run(recorded)
    _cluster(platform, f"{PROJECT}-other-{run_id}").terminate()
    cluster = _cluster(platform, f"{PROJECT}-{ENVIRONMENT}-{run_id}")
    assert _look(platform) == []
    cluster.terminate()
    # Without any instance nobody knows what it used: that is not nothing.
    assert _look(platform) == []
    cluster.ec2_instances = [_instance(1, "ON_DEMAND", 60), _instance(2, "SPOT", None)]
    assert _look(platform) == []
    spot = [_instance(2, "SPOT", 30), _instance(3, "SPOT", 45), _instance(4, "SPOT", 0.1)]
    cluster.ec2_instances[1:] = spot
    assert _look(platform) == [run_id]
    assert _usage(recorded, run_id) == {
        "compute": "emr",
        # An instance is billed for a minute at least.
        "quantities": {"on_demand_instance_hour": 1.0, "spot_instance_hour": pytest.approx(76 / 60)},
        "prices": per_unit,
        "currency": "USD",
        "cost": pytest.approx(0.3 + 7.6 / 60),
    }
    assert _look(platform) == []


def test_every_unit_may_have_a_price() -> None:
    prices = STACKS["processing"]["properties"]["prices"]["properties"]
    assert {*BILLED_UNITS.values(), *BOUGHT_UNITS.values()} == prices["per_unit"]["properties"].keys()


def test_without_any_run_aws_is_not_asked(platform: EmulatedPlatform, recorded: sa.engine.Engine) -> None:
    platform.compute_on_serverless()
    platform.facts["processing"]["serverless"]["application_id"] = "gone"
    assert _look(platform) == []

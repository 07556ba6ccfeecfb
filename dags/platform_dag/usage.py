"""What runs used of EMR, asked of AWS once it has ended what computed them, and recorded in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.providers.amazon.aws.hooks.emr import EmrHook

from platform_dag.facts import Metadata, Orchestration, Processing
from platform_dag.job_runs_sensor import FAILED_STATES, SUCCEEDED, client, created_since
from platform_dag.store import opened
from platform_metadata.usage import Awaited, Usage, awaited, record_usage

#: How long after its end a run's usage is asked for: AWS says it a while after the jobs, or never.
PATIENCE = timedelta(days=2)
#: Runs that one look asks for at most: those from before usage was recorded are many.
AT_ONCE = 50

#: AWS's names of what it billed, and ours (EMR Serverless API reference, "ResourceUtilization").
BILLED_UNITS = {"vCPUHour": "vcpu_hour", "memoryGBHour": "memory_gb_hour", "storageGBHour": "storage_gb_hour"}
#: How instances were bought (EMR API reference, "Instance").
BOUGHT_UNITS = {"ON_DEMAND": "on_demand_instance_hour", "SPOT": "spot_instance_hour"}
_ENDED_JOBS = frozenset({SUCCEEDED, *FAILED_STATES})
_ENDED_CLUSTERS = frozenset({"TERMINATED", "TERMINATED_WITH_ERRORS"})
#: EC2 and EMR bill by the second, and a minute at least (Amazon EMR, "Pricing").
_LEAST = timedelta(minutes=1)


def record_new_usage(processing: Processing, orchestration: Orchestration, facts: Metadata) -> list[str]:
    """Record what AWS can say by now of the runs whose usage is not known, and say which. Only inside a task.

    A run whose usage AWS still cannot say when its time is over stays unknown, and is not asked for again.
    """
    recorded = []
    with opened(facts) as store:
        with store.connect() as connection:
            runs = awaited(connection, AT_ONCE)
        known = _usage(processing, orchestration, runs) if runs else {}
        for run in runs:
            usage = known.get(run.run_id)
            if usage is None and datetime.now(timezone.utc) < run.finished_at + PATIENCE:
                continue
            with store.begin() as connection:
                record_usage(connection, run.run_id, usage, processing.prices)
            recorded.append(run.run_id)
    return recorded


def _usage(
    processing: Processing, orchestration: Orchestration, runs: Sequence[Awaited]
) -> Mapping[str, Usage]:
    """Ask both engines: an environment may have moved from one to the other since."""
    # Well before: what computes a run starts before it.
    since = (min(run.started_at for run in runs) - timedelta(days=1)).replace(microsecond=0)
    clusters = {f"{orchestration.project}-{orchestration.environment}-{run.run_id}": run for run in runs}
    known = {clusters[name].run_id: usage for name, usage in _of_clusters(since, clusters)}
    if processing.serverless is not None:
        known.update(_of_job_runs(processing.serverless.application_id, since, runs))
    return known


def _of_job_runs(
    application_id: str, since: datetime, runs: Sequence[Awaited]
) -> Iterator[tuple[str, Usage]]:
    listed = list(created_since(application_id, since))
    for run in runs:
        jobs = [job for job in listed if job.get("name", "").startswith(f"{run.run_id}-")]
        if jobs and all(job["state"] in _ENDED_JOBS for job in jobs):
            billed = [_billed(application_id, job["id"]) for job in jobs]
            # Every job is billed for a minute at least: one without anything has not been billed yet.
            if all(one.get("vCPUHour") for one in billed):
                total = {unit: sum(one.get(key, 0.0) for one in billed) for key, unit in BILLED_UNITS.items()}
                yield run.run_id, Usage("emr_serverless", total)


def _billed(application_id: str, job_run_id: str) -> Mapping[str, float]:
    job_run = client().get_job_run(applicationId=application_id, jobRunId=job_run_id)["jobRun"]
    billed: Mapping[str, float] = job_run.get("billedResourceUtilization") or {}
    return billed


def _of_clusters(since: datetime, names: Mapping[str, Awaited]) -> Iterator[tuple[str, Usage]]:
    pages = EmrHook(aws_conn_id=None).conn.get_paginator("list_clusters").paginate(CreatedAfter=since)
    for cluster in (cluster for page in pages for cluster in page["Clusters"]):
        if cluster["Name"] in names and cluster["Status"]["State"] in _ENDED_CLUSTERS:
            hours = _instance_hours(cluster["Id"])
            if hours:
                yield cluster["Name"], Usage("emr", hours)


def _instance_hours(cluster_id: str) -> dict[str, float]:
    """Add up the hours of a cluster's instances by how they were bought; nothing while one of them runs."""
    pages = EmrHook(aws_conn_id=None).conn.get_paginator("list_instances").paginate(ClusterId=cluster_id)
    hours: dict[str, float] = {}
    for instance in (instance for page in pages for instance in page["Instances"]):
        # Capacity that EC2 never gave has no instance.
        if not instance.get("Ec2InstanceId"):
            continue
        lived = _lived(instance["Status"]["Timeline"])
        if lived is None:
            return {}
        unit = BOUGHT_UNITS[instance["Market"]]
        hours[unit] = hours.get(unit, 0.0) + max(lived, _LEAST) / timedelta(hours=1)
    return hours


def _lived(timeline: Mapping[str, Any]) -> timedelta | None:
    if "EndDateTime" not in timeline:
        return None
    lived: timedelta = timeline["EndDateTime"] - timeline["CreationDateTime"]
    return lived

"""The plan of one run, made once by its first task and passed on by XCom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypedDict

from airflow.exceptions import AirflowFailException

from platform_dag.cluster import job_flow
from platform_dag.facts import Facts
from platform_dag.release import Release, ReleaseError
from platform_dag.steps import Run, spark_steps

#: How long a cluster may take to start; waiting for spot capacity counts.
CLUSTER_START_TIMEOUT = timedelta(hours=2)
#: What a cluster needs to start once it has its instances.
BOOTSTRAP_TIME = timedelta(minutes=30)


class PlanError(AirflowFailException):
    """This run cannot be planned. A retry would end the same way, so the task fails at once."""


class Plan(TypedDict):
    """What the later tasks take from the first, each key an XCom of its own."""

    cluster: dict[str, Any]
    steps: list[dict[str, Any]]
    log_uri: str
    run: dict[str, str]


def _run(data_interval_start: datetime | None, now: datetime) -> Run:
    if data_interval_start is None:
        raise PlanError(
            "This run has no data interval, so there is no batch to work on: trigger it with a logical date "
            "(the batch is the day before it)."
        )
    run_date = data_interval_start.date().isoformat()
    return Run(run_date=run_date, run_id=f"{run_date}-{now:%Y%m%dT%H%M%SZ}")


def _check(facts: Facts, release: Release) -> None:
    processing = facts.processing
    if release.emr_release != processing.release_label:
        raise ReleaseError(
            f"Release {release.name} was built for {release.emr_release}, "
            f"but clusters start {processing.release_label}: publish a bundle for that release, "
            f"or set emr_release back and apply processing."
        )
    if timedelta(minutes=processing.spot_timeout_minutes) + BOOTSTRAP_TIME > CLUSTER_START_TIMEOUT:
        longest = (CLUSTER_START_TIMEOUT - BOOTSTRAP_TIME) // timedelta(minutes=1)
        raise PlanError(
            f"processing.spot_timeout_minutes is {processing.spot_timeout_minutes}: "
            f"check_cluster_ready gives up after {CLUSTER_START_TIMEOUT}, "
            f"so set it to {longest} or less and apply processing."
        )


def plan_run(facts: Facts, release: Release, data_interval_start: datetime | None, now: datetime) -> Plan:
    """Plan one attempt at the batch of a data interval.

    :param data_interval_start: UTC; its day is the batch's run date.
    :param now: UTC; names the attempt, never the batch.
    :raises PlanError: there is no data interval, or the spot timeout leaves no time to start.
    :raises ReleaseError: the release was built for another EMR release.
    """
    _check(facts, release)
    run = _run(data_interval_start, now)
    orchestration = facts.orchestration
    return Plan(
        cluster=job_flow(facts, f"{orchestration.project}-{orchestration.environment}-{run.run_id}"),
        steps=spark_steps(release, facts.lake, run),
        log_uri=facts.processing.log_uri,
        run={
            "run_date": run.run_date,
            "run_id": run.run_id,
            "release": release.name,
            "results": f"s3://{facts.lake.data_bucket}/runs/run={run.run_id}/results.json",
        },
    )

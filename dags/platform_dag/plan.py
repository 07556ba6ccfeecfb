"""The plan of one run, made once by its first task and passed on by XCom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypedDict

from airflow.exceptions import AirflowFailException

from platform_dag.cluster import job_flow
from platform_dag.facts import Facts, FactsError, Processing
from platform_dag.job_runs import JobRun, job_runs
from platform_dag.release import Release, ReleaseError
from platform_dag.sized import sized_for_cluster, sized_for_workers
from platform_dag.steps import MAINTAIN, Run, spark_steps
from platform_sizing.volume import Volume

#: How long a cluster may take to start; waiting for spot capacity counts.
CLUSTER_START_TIMEOUT = timedelta(hours=2)
#: What a cluster needs to start once it has its instances.
BOOTSTRAP_TIME = timedelta(minutes=30)


class PlanError(AirflowFailException):
    """This run cannot be planned. A retry would end the same way, so the task fails at once."""


class Plan(TypedDict):
    """What the later tasks of a run on a cluster take from the first, each key an XCom of its own."""

    cluster: dict[str, Any]
    steps: list[dict[str, Any]]
    log_uri: str
    run: dict[str, str]


class ServerlessPlan(TypedDict):
    """What the later tasks of a run on EMR Serverless take from the first, each key an XCom of its own."""

    job_runs: list[JobRun]
    since: str
    log_uri: str
    run: dict[str, str]


def _run(data_interval_start: datetime | None, now: datetime, maintenance: bool) -> Run:
    if maintenance:
        return Run(run_date=None, run_id=f"{MAINTAIN}-{now:%Y%m%dT%H%M%SZ}")
    if data_interval_start is None:
        raise PlanError(
            "This run has no data interval, so there is no batch to work on: trigger it with a logical date "
            "(the batch is the day before it), or with the configuration "
            '{"run_date": "YYYY-MM-DD"}.'
        )
    run_date = data_interval_start.date().isoformat()
    return Run(run_date=run_date, run_id=f"{run_date}-{now:%Y%m%dT%H%M%SZ}")


def _check_release(processing: Processing, release: Release) -> None:
    if release.emr_release != processing.release_label:
        raise ReleaseError(
            f"Release {release.name} was built for {release.emr_release}, "
            f"but this environment runs {processing.release_label}: publish a bundle for that release, "
            f"or set emr_release back and apply processing."
        )


def _check_spot_timeout(processing: Processing) -> None:
    if timedelta(minutes=processing.spot_timeout_minutes) + BOOTSTRAP_TIME > CLUSTER_START_TIMEOUT:
        longest = (CLUSTER_START_TIMEOUT - BOOTSTRAP_TIME) // timedelta(minutes=1)
        raise PlanError(
            f"processing.spot_timeout_minutes is {processing.spot_timeout_minutes}: "
            f"check_cluster_ready gives up after {CLUSTER_START_TIMEOUT}, "
            f"so set it to {longest} or less and apply processing."
        )


def _summary(facts: Facts, release: Release, run: Run) -> dict[str, str]:
    batch = {} if run.run_date is None else {"run_date": run.run_date}
    record = "maintenance.json" if run.run_date is None else "results.json"
    return {
        **batch,
        "run_id": run.run_id,
        "release": release.name,
        "results": f"s3://{facts.lake.data_bucket}/runs/run={run.run_id}/{record}",
    }


def plan_run(
    facts: Facts,
    release: Release,
    data_interval_start: datetime | None,
    now: datetime,
    volume: Volume,
    *,
    maintenance: bool = False,
) -> Plan:
    """Plan one attempt at the batch of a data interval, on a cluster of its own.

    :param data_interval_start: UTC; its day is the batch's run date.
    :param now: UTC; names the attempt, never the batch.
    :param volume: of what the run reads.
    :param maintenance: whether the tables are maintained instead, for which there is no batch.
    :raises PlanError: there is no data interval, or the spot timeout leaves no time to start.
    :raises ReleaseError: the release was built for another EMR release.
    """
    _check_release(facts.processing, release)
    _check_spot_timeout(facts.processing)
    run = _run(data_interval_start, now, maintenance)
    environment = f"{facts.orchestration.project}-{facts.orchestration.environment}"
    sized = sized_for_cluster(release, facts.processing, volume)
    return Plan(
        cluster=job_flow(facts, f"{environment}-{run.run_id}"),
        steps=spark_steps(sized, facts, run, environment),
        log_uri=facts.processing.log_uri,
        run=_summary(facts, release, run),
    )


def plan_serverless_run(
    facts: Facts,
    release: Release,
    data_interval_start: datetime | None,
    now: datetime,
    volume: Volume,
    *,
    maintenance: bool = False,
) -> ServerlessPlan:
    """Plan one attempt at the batch of a data interval, on EMR Serverless.

    :param data_interval_start: UTC; its day is the batch's run date.
    :param now: UTC; names the attempt, never the batch.
    :param volume: of what the run reads.
    :param maintenance: whether the tables are maintained instead, for which there is no batch.
    :raises PlanError: there is no data interval.
    :raises ReleaseError: the release was built for another EMR release.
    :raises FactsError: there is no application.
    """
    serverless = facts.processing.serverless
    if serverless is None:
        raise FactsError(
            "Airflow variable 'processing' lacks serverless: "
            "apply the processing stack of this environment again."
        )
    _check_release(facts.processing, release)
    run = _run(data_interval_start, now, maintenance)
    sized = sized_for_workers(release, facts.processing, serverless, volume)
    return ServerlessPlan(
        job_runs=job_runs(sized, serverless, facts, run),
        # Well before: AWS's clock is not ours, and the names of the job runs say the rest.
        since=(now - timedelta(days=1)).replace(microsecond=0).isoformat(),
        log_uri=serverless.log_uri,
        run={**_summary(facts, release, run), "application": serverless.application_id},
    )

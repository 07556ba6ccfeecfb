"""EMR Serverless: a job run for each step, one after the other, on the environment's application."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import task

from platform_dag.engines.emr_serverless_jobs import (
    ENDED,
    CancelJobRuns,
    JobRun,
    JobRunsSensor,
    client,
    created_since,
    job_runs,
)
from platform_dag.engines.engine import EngineTasks, Plan
from platform_dag.fact_types import Processing, Serverless
from platform_dag.facts import lacks
from platform_dag.program import Attempt
from platform_dag.sizing import with_settings
from platform_metadata.usage import Awaited, Usage
from platform_sizing import places
from platform_sizing.settings import serverless_settings
from platform_sizing.sizing import size

#: How long all steps of a run may take.
STEPS_TIMEOUT = timedelta(hours=8)
#: How long a job run may take to end once it is cancelled.
CANCEL_TIMEOUT = timedelta(hours=1)

#: AWS's names of what it billed, and ours (EMR Serverless API reference, "ResourceUtilization").
BILLED_UNITS = {"vCPUHour": "vcpu_hour", "memoryGBHour": "memory_gb_hour", "storageGBHour": "storage_gb_hour"}


class EmrServerless:
    """Engine: an EMR Serverless application that Terraform has made."""

    compute = "emr_serverless"
    dag_id = "big_data_pipeline_serverless"
    tags = ("emr-serverless", "spark")

    def plan(self, attempt: Attempt) -> Plan:
        """Plan the job runs.

        :raises FactsError: there is no application.
        """
        serverless = attempt.facts.processing.serverless
        if serverless is None:
            raise lacks("processing", "serverless")
        work = {
            "job_runs": job_runs(_sized(attempt, serverless), serverless),
            # Well before: AWS's clock is not ours, and the names of the job runs say the rest.
            "since": (attempt.now - timedelta(days=1)).replace(microsecond=0).isoformat(),
            "log_uri": serverless.log_uri,
        }
        return Plan(work, summary={"application": serverless.application_id})

    def add_tasks(self, plan: Any) -> EngineTasks:
        """Start the first job run, then each when the one before it succeeded; cancel what is left."""
        submit = submit_spark_application(plan["job_runs"])
        check = JobRunsSensor(
            task_id="check_submission_status",
            job_runs=plan["job_runs"],
            since=plan["since"],
            log_uri=plan["log_uri"],
            poke_interval=60,
            timeout=STEPS_TIMEOUT.total_seconds(),
        )
        # A teardown of the plan, not of the submission: a worker that is lost there may have started a job.
        cancel = CancelJobRuns(
            task_id="cancel_job_runs",
            job_runs=plan["job_runs"],
            since=plan["since"],
            poke_interval=60,
            timeout=CANCEL_TIMEOUT.total_seconds(),
        ).as_teardown(setups=plan)
        submit >> check
        return EngineTasks(check, cancel)

    def usage(
        self, environment: str, processing: Processing, runs: Sequence[Awaited], since: datetime
    ) -> Iterator[tuple[str, Usage]]:
        """Add up what AWS billed for each run's jobs, once all of them have ended and are billed."""
        if processing.serverless is None:
            return
        application_id = processing.serverless.application_id
        listed = list(created_since(application_id, since))
        for run in runs:
            jobs = [job for job in listed if job.get("name", "").startswith(f"{run.run_id}-")]
            if jobs and all(job["state"] in ENDED for job in jobs):
                billed = [_billed(application_id, job["id"]) for job in jobs]
                # Every job is billed for a minute at least: one without anything has not been billed yet.
                if all(one.get("vCPUHour") for one in billed):
                    units = BILLED_UNITS.items()
                    total = {unit: sum(one.get(key, 0.0) for one in billed) for key, unit in units}
                    yield run.run_id, Usage(self.compute, total)


@task(task_id="submit_spark_application")
def submit_spark_application(job_runs: list[JobRun]) -> str:
    """Start the first step, and with it the application; repeated, it starts nothing twice."""
    job_run_id: str = client().start_job_run(**job_runs[0]["request"])["jobRunId"]
    return job_run_id


def _sized(attempt: Attempt, serverless: Serverless) -> Attempt:
    place = places.Workers(
        driver_worker=places.Worker(**vars(serverless.driver)),
        executor_worker=places.Worker(**vars(serverless.executor)),
        maximum_executors=serverless.maximum_executors,
    )
    return with_settings(attempt, serverless_settings(size(attempt.volume, place), place))


def _billed(application_id: str, job_run_id: str) -> Mapping[str, float]:
    job_run = client().get_job_run(applicationId=application_id, jobRunId=job_run_id)["jobRun"]
    billed: Mapping[str, float] = job_run.get("billedResourceUtilization") or {}
    return billed


ENGINE = EmrServerless()

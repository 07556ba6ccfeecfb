"""The job runs of a run on EMR Serverless: a `StartJobRun` request for each step, and the sensor over all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict

from airflow.providers.amazon.aws.hooks.emr import EmrServerlessHook
from airflow.providers.amazon.aws.triggers.emr import EmrServerlessStartJobTrigger
from airflow.sdk import Context
from airflow.triggers.base import BaseTrigger

from platform_dag.deferred import DeferredSensor
from platform_dag.fact_types import Serverless
from platform_dag.failed_step import fail
from platform_dag.program import Attempt, program, steps_of, table_settings

#: States a job run never leaves (EMR Serverless API reference, "JobRun").
SUCCEEDED, FAILED_STATES = "SUCCESS", frozenset({"FAILED", "CANCELLED"})
ENDED = frozenset({SUCCEEDED, *FAILED_STATES})
_CANCELLING = "CANCELLING"
#: How long one job may take; AWS ends it then, whatever became of the DAG run.
JOB_TIMEOUT = timedelta(hours=8)
#: Iceberg as EMR Serverless has it on its workers
#: (EMR Serverless user guide, "Using Apache Iceberg with EMR Serverless").
ICEBERG = "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"


class JobRun(TypedDict):
    """One step of a run: its name, and the request that starts it."""

    step: str
    request: dict[str, Any]


def job_runs(attempt: Attempt, serverless: Serverless) -> list[JobRun]:
    """Build the requests of `StartJobRun`, in their order; each succeeds before the next starts.

    The token makes a request that is repeated start nothing twice: AWS answers with the first one's job run
    (EMR Serverless API reference, "StartJobRun"). Settings go by classification: values may hold spaces.
    """
    return [JobRun(step=step, request=_request(step, attempt, serverless)) for step in steps_of(attempt)]


def _request(step: str, attempt: Attempt, serverless: Serverless) -> dict[str, Any]:
    what = program(step, attempt)
    settings = {"spark.jars": ICEBERG, **table_settings(attempt.facts.lake), **attempt.release.spark_conf}
    name = f"{attempt.run.run_id}-{step}"
    return {
        "applicationId": serverless.application_id,
        "clientToken": name,
        "executionRoleArn": serverless.job_role_arn,
        "name": name,
        "executionTimeoutMinutes": JOB_TIMEOUT // timedelta(minutes=1),
        "jobDriver": {
            "sparkSubmit": {
                "entryPoint": what.entry_point,
                "entryPointArguments": what.arguments,
                "sparkSubmitParameters": f"--py-files {what.py_files}",
            }
        },
        "configurationOverrides": {
            "applicationConfiguration": [{"classification": "spark-defaults", "properties": settings}]
        },
    }


def driver_log_uri(log_uri: str, application_id: str, job_run_id: str) -> str:
    """Return where EMR Serverless keeps the driver's `stdout.gz` and `stderr.gz`.

    Source: EMR Serverless user guide, "Storing logs".
    """
    return f"{log_uri.rstrip('/')}/applications/{application_id}/jobs/{job_run_id}/SPARK_DRIVER/"


def client() -> Any:
    """Open a client with the role of the environment."""
    return EmrServerlessHook(aws_conn_id=None).conn


def created_since(application_id: str, since: datetime) -> Iterator[dict[str, Any]]:
    """List an application's job runs, whoever started them."""
    pages = client().get_paginator("list_job_runs")
    for page in pages.paginate(applicationId=application_id, createdAtAfter=since):
        yield from page["jobRuns"]


def _started(job_runs: list[JobRun], since: str) -> dict[str, dict[str, Any]]:
    """Find the job runs that were started, by name: AWS knows of those, too, whose worker was lost."""
    names = {job["request"]["name"] for job in job_runs}
    listed = created_since(job_runs[0]["request"]["applicationId"], datetime.fromisoformat(since))
    return {run["name"]: run for run in listed if run.get("name") in names}


def _ended(application_id: str, job_run_id: str, delay: float, attempts: int) -> BaseTrigger:
    return EmrServerlessStartJobTrigger(
        application_id=application_id,
        job_id=job_run_id,
        waiter_delay=delay,
        waiter_max_attempts=attempts,
        aws_conn_id=None,
    )


class CancelJobRuns(DeferredSensor):
    """Cancel whatever of a run has not ended, and wait until it has: the next run must not overlap.

    Nothing is left after success, one job run at most after a time-out.

    :param job_runs: all steps and their requests, in their order. (templated)
    :param since: nothing of the run is older, ISO 8601. (templated)
    """

    template_fields: Sequence[str] = ("job_runs", "since")

    def __init__(self, *, job_runs: list[JobRun], since: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job_runs = job_runs
        self.since = since
        self.awaited = ""

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Wait until the job run that is being cancelled has ended."""
        return _ended(self.job_runs[0]["request"]["applicationId"], self.awaited, delay, attempts)

    def poke(self, context: Context) -> bool:
        """Cancel what still runs; true when nothing is left."""
        left = [run for run in _started(self.job_runs, self.since).values() if run["state"] not in ENDED]
        for run in left:
            if run["state"] != _CANCELLING:
                client().cancel_job_run(applicationId=run["applicationId"], jobRunId=run["id"])
                self.log.info("Cancelling job run %s", run["id"])
        self.awaited = left[0]["id"] if left else ""
        return not left


class JobRunsSensor(DeferredSensor):
    """Start each job run when the one before it succeeded; fail, without a retry, as soon as one does not.

    The step that failed is pushed as XCom `failed_step` (name, id, state, reason, log), for the mail.

    :param job_runs: all steps and their requests, in their order. (templated)
    :param since: nothing of the run is older, ISO 8601. (templated)
    :param log_uri: the application's log folder, an s3:// URI. (templated)
    """

    template_fields: Sequence[str] = ("job_runs", "since", "log_uri")

    def __init__(self, *, job_runs: list[JobRun], since: str, log_uri: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job_runs = job_runs
        self.since = since
        self.log_uri = log_uri
        self.awaited = ""

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Wait until the job run that is on its way has ended."""
        return _ended(self.job_runs[0]["request"]["applicationId"], self.awaited, delay, attempts)

    def poke(self, context: Context) -> bool:
        """Look at every job run once, and start the next if it is its turn."""
        started = _started(self.job_runs, self.since)
        for job in self.job_runs:
            run = started.get(job["request"]["name"])
            if run is None:
                answer = client().start_job_run(**job["request"])
                self.awaited = answer["jobRunId"]
                self.log.info("Step %s started as job run %s", job["step"], self.awaited)
                return False
            self.log.info("Step %s (%s) is %s", job["step"], run["id"], run["state"])
            if run["state"] in FAILED_STATES:
                self._fail(context, job["step"], run)
            if run["state"] != SUCCEEDED:
                self.awaited = run["id"]
                return False
        return True

    def _fail(self, context: Context, step: str, run: dict[str, Any]) -> None:
        fail(
            context,
            {
                "name": step,
                "id": run["id"],
                "state": run["state"],
                "reason": run.get("stateDetails") or "EMR Serverless gave no reason",
                "log": driver_log_uri(self.log_uri, run["applicationId"], run["id"]),
            },
        )

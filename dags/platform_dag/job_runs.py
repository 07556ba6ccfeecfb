"""The job runs of a run on EMR Serverless: a request of `StartJobRun` per step of the release's manifest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypedDict

from platform_dag.facts import Lake, Serverless
from platform_dag.release import Release
from platform_dag.steps import Run, program

#: How long one job may take; AWS ends it then, whatever became of the DAG run.
JOB_TIMEOUT = timedelta(hours=8)


class JobRun(TypedDict):
    """One step of a run: its name, and the request that starts it."""

    step: str
    request: dict[str, Any]


def job_runs(release: Release, serverless: Serverless, lake: Lake, run: Run) -> list[JobRun]:
    """Build the requests of `StartJobRun`, in the manifest's order; each succeeds before the next starts.

    The token makes a request that is repeated start nothing twice: AWS answers with the first one's job run
    (EMR Serverless API reference, "StartJobRun"). Settings go by classification: values may hold spaces.
    """
    return [
        JobRun(step=step, request=_request(step, release, serverless, lake, run)) for step in release.steps
    ]


def _request(step: str, release: Release, serverless: Serverless, lake: Lake, run: Run) -> dict[str, Any]:
    what = program(step, release, lake, run)
    return {
        "applicationId": serverless.application_id,
        "clientToken": f"{run.run_id}-{step}",
        "executionRoleArn": serverless.job_role_arn,
        "name": f"{run.run_id}-{step}",
        "executionTimeoutMinutes": JOB_TIMEOUT // timedelta(minutes=1),
        "jobDriver": {
            "sparkSubmit": {
                "entryPoint": what.entry_point,
                "entryPointArguments": what.arguments,
                "sparkSubmitParameters": f"--py-files {what.py_files}",
            }
        },
        "configurationOverrides": {
            "applicationConfiguration": [
                {"classification": "spark-defaults", "properties": release.spark_conf}
            ]
        },
    }

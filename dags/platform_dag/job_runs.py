"""The job runs of a run on EMR Serverless: a request of `StartJobRun` per step of the release's manifest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypedDict

from platform_dag.facts import Facts, Serverless
from platform_dag.release import Release
from platform_dag.steps import Run, program, steps_of, table_settings

#: How long one job may take; AWS ends it then, whatever became of the DAG run.
JOB_TIMEOUT = timedelta(hours=8)
#: Iceberg as EMR Serverless has it on its workers
#: (EMR Serverless user guide, "Using Apache Iceberg with EMR Serverless").
ICEBERG = "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"


class JobRun(TypedDict):
    """One step of a run: its name, and the request that starts it."""

    step: str
    request: dict[str, Any]


def job_runs(release: Release, serverless: Serverless, facts: Facts, run: Run) -> list[JobRun]:
    """Build the requests of `StartJobRun`, in their order; each succeeds before the next starts.

    The token makes a request that is repeated start nothing twice: AWS answers with the first one's job run
    (EMR Serverless API reference, "StartJobRun"). Settings go by classification: values may hold spaces.
    """
    return [
        JobRun(step=step, request=_request(step, release, serverless, facts, run))
        for step in steps_of(release, run)
    ]


def _request(step: str, release: Release, serverless: Serverless, facts: Facts, run: Run) -> dict[str, Any]:
    what = program(step, release, facts, run)
    settings = {"spark.jars": ICEBERG, **table_settings(facts.lake), **release.spark_conf}
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
            "applicationConfiguration": [{"classification": "spark-defaults", "properties": settings}]
        },
    }

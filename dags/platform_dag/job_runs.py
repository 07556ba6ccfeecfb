"""The job runs of a run on EMR Serverless: a request of `StartJobRun` per step of the release's manifest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypedDict

from platform_dag.facts import Lake, Serverless, Worker
from platform_dag.release import Release
from platform_dag.steps import Run, program

#: How long one job may take; AWS ends it then, whatever became of the DAG run.
JOB_TIMEOUT = timedelta(hours=8)
#: What a worker's memory has to hold beside the heap: a tenth of the heap, and 384 MiB at least
#: (EMR Serverless user guide, "Using Spark configurations when you run EMR Serverless jobs").
OVERHEAD_FACTOR, LEAST_OVERHEAD_MIB = 0.1, 384
#: Executors a job starts with, where the application's limits have room; Spark asks for more by itself.
FIRST_EXECUTORS = 3


class JobRun(TypedDict):
    """One step of a run: its name, and the request that starts it."""

    step: str
    request: dict[str, Any]


def _heap_mib(worker: Worker) -> int:
    """Make heap and overhead fill the worker: a remainder would be paid for and not used."""
    memory = worker.memory_gb * 1024
    return min(int(memory / (1 + OVERHEAD_FACTOR)), memory - LEAST_OVERHEAD_MIB)


def _size(role: str, worker: Worker) -> dict[str, str]:
    return {
        f"spark.{role}.cores": str(worker.vcpu),
        f"spark.{role}.memory": f"{_heap_mib(worker)}m",
        f"spark.emr-serverless.{role}.disk": f"{worker.disk_gb}G",
    }


def _place(serverless: Serverless) -> dict[str, str]:
    """What belongs to the place and not to the job: sizes, and no more executors than the limits hold."""
    return {
        **_size("driver", serverless.driver),
        **_size("executor", serverless.executor),
        "spark.emr-serverless.memoryOverheadFactor": str(OVERHEAD_FACTOR),
        "spark.executor.instances": str(min(FIRST_EXECUTORS, serverless.maximum_executors)),
        "spark.dynamicAllocation.initialExecutors": str(min(FIRST_EXECUTORS, serverless.maximum_executors)),
        "spark.dynamicAllocation.maxExecutors": str(serverless.maximum_executors),
    }


def job_runs(release: Release, serverless: Serverless, lake: Lake, run: Run) -> list[JobRun]:
    """Build the requests of `StartJobRun`, in the manifest's order; each succeeds before the next starts.

    The token makes a request that is repeated start nothing twice: AWS answers with the first one's job run
    (EMR Serverless API reference, "StartJobRun"). Settings go by classification: values may hold spaces.
    """
    settings = {**release.spark_conf, **_place(serverless)}
    return [
        JobRun(step=step, request=_request(step, settings, release, serverless, lake, run))
        for step in release.steps
    ]


def _request(
    step: str, settings: dict[str, str], release: Release, serverless: Serverless, lake: Lake, run: Run
) -> dict[str, Any]:
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
            "applicationConfiguration": [{"classification": "spark-defaults", "properties": settings}]
        },
    }

"""What the steps of a release run, and the EMR steps of a run: one `spark-submit` each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from platform_dag.facts import Lake
from platform_dag.release import Release


@dataclass(frozen=True)
class Run:
    """One attempt at one batch."""

    #: Day of the batch, ISO 8601: the start of the data interval.
    run_date: str
    #: Name of the attempt; its folders carry it, so it must never be used twice.
    run_id: str


@dataclass(frozen=True)
class Program:
    """What one step of a release runs, wherever it runs."""

    entry_point: str
    py_files: str
    arguments: list[str]


def program(step: str, release: Release, lake: Lake, run: Run) -> Program:
    """Name the code of a step and its arguments; both by URI."""
    code = f"s3://{lake.artifacts_bucket}/{release.folder}"
    data = f"s3://{lake.data_bucket}"
    return Program(
        entry_point=f"{code}/{release.entry_point}",
        py_files=",".join(f"{code}/{file}" for file in release.py_files),
        arguments=[
            step,
            *("--input", f"{data}/raw"),
            *("--output", data),
            *("--run-date", run.run_date),
            *("--run-id", run.run_id),
            *("--release", release.name),
        ],
    )


def _spark_submit(step: str, release: Release, lake: Lake, run: Run) -> list[str]:
    what = program(step, release, lake, run)
    settings = [
        part for key, value in sorted(release.spark_conf.items()) for part in ("--conf", f"{key}={value}")
    ]
    return [
        "spark-submit",
        # The driver's output is the step's log in client mode; in cluster mode it hides in a YARN container.
        *("--deploy-mode", "client"),
        *settings,
        *("--py-files", what.py_files),
        what.entry_point,
        *what.arguments,
    ]


def step_of(name: str) -> str:
    """Tell which step of a release an EMR step of that name is."""
    return name.rpartition("/")[2]


def spark_steps(release: Release, lake: Lake, run: Run, environment: str) -> list[dict[str, Any]]:
    """Build the `Steps` of `AddJobFlowSteps`, in the manifest's order.

    Their names begin with the environment's: EMR's events tell a step's name and not its cluster's, and the
    alarm on failed steps must tell environments of one account apart.

    A failed step cancels those after it and leaves the cluster to the DAG, which terminates it (EMR API
    reference, "StepConfig": `CANCEL_AND_WAIT`).

    :param environment: the environment's full name, `big-data-dev`.
    """
    return [
        {
            "Name": f"{environment}/{step}",
            "ActionOnFailure": "CANCEL_AND_WAIT",
            "HadoopJarStep": {"Jar": "command-runner.jar", "Args": _spark_submit(step, release, lake, run)},
        }
        for step in release.steps
    ]

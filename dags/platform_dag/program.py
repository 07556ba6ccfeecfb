"""What the steps of a release run, and the EMR steps of a run: one `spark-submit` each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from platform_dag.facts import Facts, Lake
from platform_dag.release import Release

#: The job that maintains tables; a step of no batch.
MAINTAIN = "maintain"


@dataclass(frozen=True)
class Run:
    """One attempt at one batch, or at maintaining the tables."""

    #: Day of the batch, ISO 8601: the start of the data interval. None: no batch, the tables are maintained.
    run_date: str | None
    #: Name of the attempt; its folders carry it, so it must never be used twice.
    run_id: str


@dataclass(frozen=True)
class Program:
    """What one step of a release runs, wherever it runs."""

    entry_point: str
    py_files: str
    arguments: list[str]


def steps_of(release: Release, run: Run) -> list[str]:
    """Name the steps of a run, in their order: the release's for a batch, one to maintain tables."""
    return [MAINTAIN] if run.run_date is None else release.steps


def program(step: str, release: Release, facts: Facts, run: Run) -> Program:
    """Name the code of a step and its arguments; both by URI."""
    code = f"s3://{facts.lake.artifacts_bucket}/{release.folder}"
    data = f"s3://{facts.lake.data_bucket}"
    kept = facts.catalog.kept_days
    batch = [] if run.run_date is None else ["--input", f"{data}/raw", "--run-date", run.run_date]
    return Program(
        entry_point=f"{code}/{release.entry_point}",
        py_files=",".join(f"{code}/{file}" for file in release.py_files),
        arguments=[
            step,
            *batch,
            *("--output", data),
            *("--database-prefix", facts.catalog.database_prefix),
            *([] if kept is None else ["--keep-days", str(kept)]),
            *("--run-id", run.run_id),
            *("--release", release.name),
        ],
    )


def table_settings(lake: Lake) -> dict[str, str]:
    """Say where `lake`, the jobs' catalog of Iceberg tables, is on AWS: in Glue, over the data bucket.

    EMR 7.8 brings Iceberg 1.7.1, whose vectorized reader brings the JVM down in a MERGE on Spark 3.5
    (apache/iceberg, issues 11731 and 12178).
    Source: Apache Iceberg documentation, "Iceberg AWS Integrations".
    """
    return {
        "spark.sql.catalog.lake.type": "glue",
        "spark.sql.catalog.lake.warehouse": f"s3://{lake.data_bucket}",
        "spark.sql.catalog.lake.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "spark.sql.iceberg.vectorization.enabled": "false",
    }


def _spark_submit(step: str, release: Release, facts: Facts, run: Run) -> list[str]:
    what = program(step, release, facts, run)
    settings = {**table_settings(facts.lake), **release.spark_conf}
    return [
        "spark-submit",
        # The driver's output is the step's log in client mode; in cluster mode it hides in a YARN container.
        *("--deploy-mode", "client"),
        *(part for key, value in sorted(settings.items()) for part in ("--conf", f"{key}={value}")),
        *("--py-files", what.py_files),
        what.entry_point,
        *what.arguments,
    ]


def step_of(name: str) -> str:
    """Tell which step of a release an EMR step of that name is."""
    return name.rpartition("/")[2]


def spark_steps(release: Release, facts: Facts, run: Run, environment: str) -> list[dict[str, Any]]:
    """Build the `Steps` of `AddJobFlowSteps`, in their order.

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
            "HadoopJarStep": {"Jar": "command-runner.jar", "Args": _spark_submit(step, release, facts, run)},
        }
        for step in steps_of(release, run)
    ]

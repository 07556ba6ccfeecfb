"""What the steps of a release run, whatever they run on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from platform_dag.batch import Run
from platform_dag.facts import Facts, Lake
from platform_dag.layout import MAINTAIN_JOB, RAW_ZONE
from platform_dag.release import Release
from platform_sizing.volume import Volume


@dataclass(frozen=True)
class Attempt:
    """One attempt at a batch, or at maintaining the tables, and all that is known of it when it begins."""

    facts: Facts
    release: Release
    run: Run
    #: UTC.
    now: datetime
    #: Of what the run reads.
    volume: Volume


@dataclass(frozen=True)
class Program:
    """What one step of a release runs, wherever it runs."""

    entry_point: str
    py_files: str
    arguments: list[str]


def steps_of(attempt: Attempt) -> list[str]:
    """Return the steps of a run in their order: the release's for a batch, one to maintain tables."""
    return [MAINTAIN_JOB] if attempt.run.run_date is None else attempt.release.steps


def program(step: str, attempt: Attempt) -> Program:
    """Return the code of a step and its arguments; both by URI."""
    facts, release, run = attempt.facts, attempt.release, attempt.run
    code = f"s3://{facts.lake.artifacts_bucket}/{release.folder}"
    data = f"s3://{facts.lake.data_bucket}"
    batch = [] if run.run_date is None else ["--input", f"{data}/{RAW_ZONE}", "--run-date", run.run_date]
    return Program(
        entry_point=f"{code}/{release.entry_point}",
        py_files=",".join(f"{code}/{file}" for file in release.py_files),
        arguments=[
            step,
            *batch,
            *("--output", data),
            *("--database-prefix", facts.catalog.database_prefix),
            *("--keep-days", str(facts.catalog.kept_days)),
            *("--run-id", run.run_id),
            *("--release", release.name),
        ],
    )


def table_settings(lake: Lake) -> dict[str, str]:
    """Return where `lake`, the jobs' catalog of Iceberg tables, is on AWS: in Glue, over the data bucket.

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

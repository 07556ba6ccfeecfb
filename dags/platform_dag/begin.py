"""How a run of either pipeline begins: whether it is meant at all, the facts, and the release, once."""

from __future__ import annotations

from airflow.exceptions import AirflowSkipException
from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from platform_dag import release
from platform_dag.facts import Facts, Processing, read, read_all, read_events

#: The DAG that computes on each of them.
PIPELINES = {"emr": "big_data_pipeline", "emr_serverless": "big_data_pipeline_serverless"}


def begin(compute: str, run_type: str) -> tuple[Facts, release.Release]:
    """Read facts and release for a run that computes on `compute`. Only to be called inside a task.

    :param run_type: Airflow's word for who started the run: `scheduled` is the clock.
    :raises AirflowSkipException: the environment computes on something else, or raw data starts its runs and
        not the clock. Then the run is skipped, at the cost of one look, and nobody is told.
    :raises FactsError: a variable, or one of its keys, is missing.
    :raises ReleaseError: no usable release is published.
    """
    processing = read(Processing)
    if processing.compute != compute:
        raise AirflowSkipException(
            f"This environment's pipeline runs on {processing.compute}, not on {compute} "
            f"(processing.compute of its configuration): there is nothing to do here."
        )
    if run_type == "scheduled" and (events := read_events()) is not None and events.queue is not None:
        raise AirflowSkipException(
            "Here raw data starts the pipeline when it has arrived (events.enabled of the configuration), "
            "by the DAG ingest_on_arrival: the clock has nothing to start."
        )
    facts = read_all(processing)
    bucket = facts.lake.artifacts_bucket
    return facts, release.resolve(lambda key: S3Hook(aws_conn_id=None).read_key(key, bucket))

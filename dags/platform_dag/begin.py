"""How a pipeline run begins: facts, release and batch are looked up once, and everything is planned."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from airflow.exceptions import AirflowSkipException
from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from platform_dag import facts, options, release
from platform_dag.batch import batch_start, is_maintenance, new_run
from platform_dag.engines.engine import Engine
from platform_dag.plan import plan_run
from platform_dag.program import Attempt
from platform_dag.sizing import volume_of_run


def begin(engine: Engine, dag_run: Any, data_interval_start: datetime | None) -> dict[str, Any]:
    """Resolve the facts and the release, measure the batch, and plan the run. Only inside a task.

    :raises AirflowSkipException: the clock started the run, and raw data starts the runs of this environment.
        The DAG keeps its schedule there, because Airflow backfills no DAG without one.
    :raises PlatformError: the run cannot be planned.
    """
    if dag_run.run_type == "scheduled" and options.events():
        raise AirflowSkipException(
            "Raw data starts the pipeline of this environment when it has arrived (events.enabled), "
            "by the DAG ingest_on_arrival: the clock starts nothing."
        )
    maintenance = is_maintenance(dag_run.conf)
    start = None if maintenance else batch_start(dag_run.conf, data_interval_start)
    now = datetime.now(timezone.utc)
    run = new_run(start, now, maintenance=maintenance)
    known = facts.read_all()
    bucket = known.lake.artifacts_bucket
    current = release.resolve(lambda key: S3Hook(aws_conn_id=None).read_key(key, bucket))
    volume = volume_of_run(known.lake, start)
    return plan_run(engine, Attempt(known, current, run, now, volume))

"""The life of a run's EMR cluster: exactly one is created, awaited, and gone when the run ends.

EMR has no token that makes a repeated `RunJobFlow` create nothing. The name does its work: it is unique for
each attempt, so a cluster is looked up by it before one is created, and again before the run ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlparse

from airflow.providers.amazon.aws.hooks.emr import EmrHook
from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.amazon.aws.operators.emr import EmrCreateJobFlowOperator
from airflow.providers.amazon.aws.sensors.emr import EmrJobFlowSensor
from airflow.providers.amazon.aws.triggers.emr import EmrCreateJobFlowTrigger, EmrTerminateJobFlowTrigger
from airflow.sdk import Context
from airflow.triggers.base import BaseTrigger

from platform_dag.deferred import DeferredSensor

#: States a cluster never leaves (EMR API reference, "ClusterStatus").
ENDED = frozenset({"TERMINATED", "TERMINATED_WITH_ERRORS"})
_ENDING = "TERMINATING"

#: A client that repeats a request after a time-out would create a second cluster; the task's own retry looks
#: for the first one before (botocore, "Retries": `total_max_attempts`).
_ONE_ATTEMPT = {"retries": {"total_max_attempts": 1}}

#: Keeps a folder of an object store in existence. The history server ignores names that begin with a dot.
_KEEP = ".keep"


def created_since(since: datetime) -> Iterator[dict[str, Any]]:
    """List the clusters of the account and region that were created since, whoever created them."""
    pages = EmrHook(aws_conn_id=None).conn.get_paginator("list_clusters").paginate(CreatedAfter=since)
    for page in pages:
        yield from page["Clusters"]


def _not_ended(name: str, since: str) -> list[dict[str, Any]]:
    """List the clusters of that name that still exist."""
    listed = created_since(datetime.fromisoformat(since))
    return [each for each in listed if each["Name"] == name and each["Status"]["State"] not in ENDED]


def make_event_log_folder(uri: str) -> None:
    """Create the folder of Spark's event logs, without which no SparkContext starts. Only inside a task.

    Spark requires that the folder exists (Spark 3.5, `EventLogFileWriter.requireLogBaseDirAsDirectory`), and
    S3 has no empty folders. Each run writes the object again, so that it outlives the expiry of old logs.

    :param uri: s3://<bucket>/<prefix>/.
    """
    folder = urlparse(uri)
    key = f"{folder.path.strip('/')}/{_KEEP}"
    S3Hook(aws_conn_id=None).load_bytes(b"", key=key, bucket_name=folder.netloc, replace=True)


class CreateCluster(EmrCreateJobFlowOperator):
    """Create the cluster of a run, unless an earlier try has: then return the id of that one.

    :param since: the run's cluster is not older, ISO 8601. (templated)
    :param event_log_uri: folder of Spark's event logs, s3://. (templated)
    """

    template_fields: Sequence[str] = (*EmrCreateJobFlowOperator.template_fields, "since", "event_log_uri")

    def __init__(self, *, since: str, event_log_uri: str, **kwargs: Any) -> None:
        super().__init__(aws_conn_id=None, emr_conn_id=None, botocore_config=_ONE_ATTEMPT, **kwargs)
        self.since = since
        self.event_log_uri = event_log_uri

    def execute(self, context: Context) -> str | None:
        """Make the folder that Spark needs, look the cluster up by name, and create it if there is none."""
        make_event_log_folder(self.event_log_uri)
        for cluster in _not_ended(self.job_flow_overrides["Name"], self.since):
            if cluster["Status"]["State"] != _ENDING:
                self.log.info("An earlier try has created the cluster %s", cluster["Id"])
                return str(cluster["Id"])
        return super().execute(context)


class ClusterSensor(DeferredSensor, EmrJobFlowSensor):
    """Wait until a cluster takes steps.

    The provider's own sensor, deferred, would wait for its end.
    """

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Wait until the cluster runs, waits or has ended."""
        return EmrCreateJobFlowTrigger(
            job_flow_id=self.job_flow_id, waiter_delay=delay, waiter_max_attempts=attempts, aws_conn_id=None
        )


class TerminateClusters(DeferredSensor):
    """Terminate every cluster of a name, and wait until none is left: the next run must not overlap.

    By name, not by id: a worker that is lost after `RunJobFlow` leaves a cluster whose id no task knows.

    :param cluster_name: of this run alone. (templated)
    :param since: the run's cluster is not older, ISO 8601. (templated)
    """

    template_fields: Sequence[str] = ("cluster_name", "since")

    def __init__(self, *, cluster_name: str, since: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cluster_name = cluster_name
        self.since = since
        self.awaited = ""

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Wait until the cluster has ended."""
        return EmrTerminateJobFlowTrigger(
            job_flow_id=self.awaited, waiter_delay=delay, waiter_max_attempts=attempts, aws_conn_id=None
        )

    def poke(self, context: Context) -> bool:
        """Terminate what still runs; true when nothing is left."""
        left = _not_ended(self.cluster_name, self.since)
        running = [each["Id"] for each in left if each["Status"]["State"] != _ENDING]
        if running:
            EmrHook(aws_conn_id=None).conn.terminate_job_flows(JobFlowIds=running)
            self.log.info("Terminating %s", ", ".join(running))
        self.awaited = left[0]["Id"] if left else ""
        return not left

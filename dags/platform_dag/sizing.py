"""The size of a run: what it reads, and the settings of Spark that follow from that and from the place.

The rule itself is `platform_sizing`, which knows neither Airflow nor facts.
"""

from __future__ import annotations

import dataclasses
import logging
from datetime import datetime

from airflow.exceptions import AirflowFailException
from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from platform_dag.facts import Lake, Processing, Serverless
from platform_dag.release import Release
from platform_sizing import places
from platform_sizing.instances import UnknownInstanceError
from platform_sizing.settings import cluster_settings, serverless_settings
from platform_sizing.sizing import size
from platform_sizing.volume import Volume, volume_of

log = logging.getLogger(__name__)


class SizingError(AirflowFailException):
    """This environment cannot be sized. A retry would end the same way, so the task fails at once."""


def volume_of_run(lake: Lake, start: datetime | None, *, maintenance: bool = False) -> Volume:
    """Measure what a run reads: its batch, and the curated tables that it merges with. Only inside a task.

    A table's folders of earlier runs count as well: that errs to the side of more and smaller partitions.

    :param start: when the day of the batch begins; without one there is no batch, which planning refuses.
    :param maintenance: whether the run maintains tables instead, of which marts are the small part.
    """
    if start is None and not maintenance:
        return Volume()
    s3 = S3Hook(aws_conn_id=None)
    prefixes: list[str] = []
    if start is not None:
        datasets = s3.list_prefixes(lake.data_bucket, prefix="raw/", delimiter="/")
        prefixes = [f"{dataset}run_date={start.date().isoformat()}/" for dataset in datasets]
    volume = volume_of(
        (entry["Key"], entry["Size"])
        for prefix in (*prefixes, "curated/")
        for entry in s3.get_file_metadata(prefix=prefix, bucket_name=lake.data_bucket)
    )
    log.info("The run reads %s", volume)
    return volume


def sized_for_cluster(release: Release, processing: Processing, volume: Volume) -> Release:
    """Give a release the settings of its jobs on the cluster of a run.

    :raises SizingError: nothing is known of an instance type.
    """
    place = places.Cluster(
        primary_types=tuple(processing.primary_instance_types),
        core_types=tuple(processing.core_instance_types),
        starting_nodes=processing.core_on_demand_units + processing.core_spot_units,
        maximum_nodes=min(processing.maximum_units, processing.maximum_core_units),
    )
    try:
        return _with_settings(release, cluster_settings(size(volume, place)), processing)
    except UnknownInstanceError as error:
        raise SizingError(str(error)) from error


def sized_for_workers(
    release: Release, processing: Processing, serverless: Serverless, volume: Volume
) -> Release:
    """Give a release the settings of its jobs on EMR Serverless."""
    place = places.Workers(
        driver_worker=serverless.driver,
        executor_worker=serverless.executor,
        maximum_executors=serverless.maximum_executors,
    )
    return _with_settings(release, serverless_settings(size(volume, place), place), processing)


def _with_settings(release: Release, settings: dict[str, str], processing: Processing) -> Release:
    """The release's own settings say what values mean, these how much of what; the configuration wins."""
    merged = {**release.spark_conf, **settings, **(processing.spark_conf or {})}
    return dataclasses.replace(release, spark_conf=merged)

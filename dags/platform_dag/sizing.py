"""The size of a run: what it reads, and the settings of Spark that follow from that and from the engine.

The rule itself is `platform_sizing`, which knows neither Airflow nor facts.
"""

from __future__ import annotations

import dataclasses
import logging
from datetime import datetime

from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from platform_dag.errors import PlatformError
from platform_dag.facts import Lake
from platform_dag.layout import CURATED_ZONE, RAW_ZONE, RUN_DATE_KEY
from platform_dag.program import Attempt
from platform_sizing.volume import Volume, volume_of

log = logging.getLogger(__name__)


class SizingError(PlatformError):
    """This environment cannot be sized."""


def volume_of_run(lake: Lake, start: datetime | None) -> Volume:
    """Measure what a run reads: its batch, and the curated tables that it merges with. Only inside a task.

    A table's folders of earlier runs count as well: that errs to the side of more and smaller partitions.

    :param start: when the day of the batch begins. None: the run maintains the tables, of which marts are the
        small part.
    """
    s3 = S3Hook(aws_conn_id=None)
    prefixes: list[str] = []
    if start is not None:
        datasets = s3.list_prefixes(lake.data_bucket, prefix=f"{RAW_ZONE}/", delimiter="/")
        prefixes = [f"{dataset}{RUN_DATE_KEY}={start.date().isoformat()}/" for dataset in datasets]
    volume = volume_of(
        (entry["Key"], entry["Size"])
        for prefix in (*prefixes, f"{CURATED_ZONE}/")
        for entry in s3.get_file_metadata(prefix=prefix, bucket_name=lake.data_bucket)
    )
    log.info("The run reads %s", volume)
    return volume


def with_settings(attempt: Attempt, derived: dict[str, str]) -> Attempt:
    """Give an attempt's release the settings that were derived for its engine and its volume.

    The release's own settings say what values mean, the derived ones how much of what. The configuration
    wins over both.
    """
    configured = attempt.facts.processing.spark_conf
    release = attempt.release
    merged = {**release.spark_conf, **derived, **configured}
    return dataclasses.replace(attempt, release=dataclasses.replace(release, spark_conf=merged))

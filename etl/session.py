"""The Spark session of a job, and the settings without which its results would mean something else."""

from __future__ import annotations

import os
import time
from typing import Any

from pyspark.sql import SparkSession

#: Settings of `spark-defaults.conf` that change values, not only speed.
REQUIRED = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.caseSensitive": "true",
}

#: What stored tables are read and written by; Spark itself does not carry it.
ICEBERG = "org.apache.iceberg.spark.SparkCatalog"


def use_utc() -> None:
    """Let this process and its children convert moments by UTC, as the session does.

    PySpark turns a timestamp into a `datetime` by the zone of the process, not by the session's.
    """
    os.environ["TZ"] = "UTC"
    time.tzset()


def start_session(job: str) -> SparkSession:
    """Start Spark as `spark-submit` was told to.

    Raises ValueError when a setting that decides what values mean is not the one of `etl/spark-
    defaults.conf`, ModuleNotFoundError when the format of tables is not on Spark's class path.
    """
    use_utc()
    spark = SparkSession.builder.appName(f"big-data-platform {job}").getOrCreate()
    # The jobs' own log says how far they are; Spark's says what went wrong, and its event log the rest.
    spark.sparkContext.setLogLevel("WARN")
    for key, expected in REQUIRED.items():
        actual = spark.conf.get(key, None)
        if actual is None or actual.upper() != expected.upper():
            raise ValueError(
                f"{key} is {actual!r}, the jobs need {expected!r}: submit with the settings of the release "
                "(spark_conf in its manifest.json, or --properties-file etl/spark-defaults.conf)"
            )
    jvm: Any = spark._jvm
    if not jvm.org.apache.spark.util.Utils.classIsLoadable(ICEBERG):
        raise ModuleNotFoundError(
            f"{ICEBERG} is not on Spark's class path: pass the jar that `make install` puts into build/jars "
            "with --driver-class-path; on EMR set iceberg.enabled in the classification iceberg-defaults"
        )
    return spark

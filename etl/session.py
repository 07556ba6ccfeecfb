"""The Spark session of a job, and the settings without which its results would mean something else."""

from __future__ import annotations

from pyspark.sql import SparkSession

#: Settings of `spark-defaults.conf` that change values, not only speed.
REQUIRED = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


def start_session(job: str) -> SparkSession:
    """Start Spark as `spark-submit` was told to.

    Raises ValueError when a setting that decides what values mean is not the one of `etl/spark-
    defaults.conf`.
    """
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
    return spark

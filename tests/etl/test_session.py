"""What a job's session fixes, whatever the machine says."""

from __future__ import annotations

import time

import pytest
from pyspark.sql import SparkSession

from etl.batch.results import cell
from etl.session import start_session, use_utc


def test_moments_leave_spark_in_utc_whatever_the_machine_s_time_zone(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        start_session("test")
        [row] = spark.sql("SELECT timestamp '2027-11-07 01:30:00' AS at").collect()
    finally:
        use_utc()
        spark.sparkContext.setLogLevel("ERROR")
    assert cell(row["at"]) == "2027-11-07T01:30:00Z"

"""Rows that share a key.

The newest version stays, exact copies and older ones go, contradictions go to quarantine.
"""

from __future__ import annotations

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession

from columns import column, things
from etl.rules.duplicates import resolve, suspicious_keys

THINGS = things(column("size", "int"))

DDL = "id bigint, size int, at timestamp, _source_file string"

#: id, size, version, file, and what becomes of the row.
CASES = [
    (1, 5, "2024-01-01", "a", "accepted"),  # newest of two versions
    (1, 4, "2023-01-01", "a", "superseded"),
    (2, 5, "2024-01-01", "b", "superseded"),  # exact copies: one stays
    (2, 5, "2024-01-01", "a", "accepted"),
    (3, 5, "2024-01-01", "a", "quarantined"),  # one version, two contents, and a copy of one of them
    (3, 6, "2024-01-01", "a", "quarantined"),
    (3, 6, "2024-01-01", "b", "quarantined"),
    (4, 5, "2024-01-01", "a", "quarantined"),  # the newest version contradicts itself: the one before is kept
    (4, None, "2024-01-01", "a", "quarantined"),
    (4, 3, "2023-01-01", "a", "accepted"),
    (4, 2, "2022-01-01", "a", "superseded"),
    (5, 1, "2024-01-01", "a", "accepted"),  # an older version contradicts itself
    (5, 2, "2023-01-01", "a", "quarantined"),
    (5, 3, "2023-01-01", "a", "quarantined"),
    (6, None, "2024-01-01", "a", "accepted"),  # NULL equals NULL
    (6, None, "2024-01-01", "b", "superseded"),
]


@pytest.fixture
def suspects(spark: SparkSession) -> DataFrame:
    """The rows above."""
    rows = spark.createDataFrame(
        [case[:4] for case in CASES], "id bigint, size int, at string, _source_file string"
    )
    return rows.withColumn("at", rows["at"].cast("timestamp"))


@pytest.mark.parametrize("partitions", [1, 7])
def test_every_row_gets_one_disposition(spark: SparkSession, suspects: DataFrame, partitions: int) -> None:
    resolved = resolve(suspects.repartition(partitions), THINGS)
    expected = spark.createDataFrame(
        [(*case, ["id.unique"] if case[4] == "quarantined" else None) for case in CASES],
        "id bigint, size int, at string, _source_file string, _disposition string, _reasons array<string>",
    )
    expected = expected.withColumn("at", expected["at"].cast("timestamp"))
    assert_df_equality(
        resolved.select(*expected.columns), expected, ignore_row_order=True, ignore_nullable=True
    )


def test_only_shared_keys_are_suspicious(spark: SparkSession) -> None:
    rows = spark.createDataFrame([(1,), (2,), (2,), (3,), (3,), (3,)], "id bigint")
    keys = spark.createDataFrame([(2,), (3,)], "id bigint")
    assert_df_equality(suspicious_keys(rows, THINGS), keys, ignore_row_order=True, ignore_nullable=True)

"""A batch meets a published table: the newest versions win."""

from __future__ import annotations

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession

from columns import column, rule, things
from etl.batch.transforms.merging import classify

DAY = column("day", "date", rule("day", "required"))
THINGS = things(column("size", "int"), column("note", "string"), DAY)

COLUMNS = "id bigint, size int, note string, day string, at string"

PUBLISHED = [
    (1, 10, None, "2024-01-05", "2024-01-06"),
    (2, 20, "x", "2024-01-07", "2024-01-08"),
    (3, 30, "x", "2024-02-01", "2024-02-02"),
    (4, 40, "x", "2024-03-01", "2024-03-02"),
    (5, None, "x", "2024-03-01", "2024-03-02"),
]

#: A row of the batch and its disposition.
BATCH = [
    ((1, 11, None, "2024-01-05", "2024-01-09"), "updated"),
    ((2, 20, "x", "2024-01-07", "2024-01-08"), "superseded"),  # the same again
    ((3, 30, "x", "2024-04-01", "2024-02-03"), "updated"),  # moves to another month
    ((4, 41, "x", "2024-03-01", "2024-03-01"), "superseded"),  # older
    ((5, 50, "x", "2024-03-01", "2024-03-02"), "quarantined"),  # same version, other content
    ((6, 60, "x", "2024-01-05", "2024-01-06"), "inserted"),  # late
]


def rows(spark: SparkSession, values: list[tuple[object, ...]], more: str = "") -> DataFrame:
    """Rows with real days and moments."""
    texts = spark.createDataFrame(values, COLUMNS + more)
    return texts.withColumn("day", texts["day"].cast("date")).withColumn("at", texts["at"].cast("timestamp"))


@pytest.fixture
def classified(spark: SparkSession) -> DataFrame:
    """The batch above against the published rows."""
    return classify(rows(spark, [row for row, *_ in BATCH]), rows(spark, PUBLISHED), THINGS)


def test_every_row_gets_one_disposition(spark: SparkSession, classified: DataFrame) -> None:
    expected = [
        (*row, ["id.unique"] if disposition == "quarantined" else None, disposition)
        for row, disposition in BATCH
    ]
    frame = rows(spark, expected, ", _reasons array<string>, _disposition string")
    assert_df_equality(classified, frame, ignore_row_order=True, ignore_nullable=True)


def test_nulls_that_change_places_are_another_content(spark: SparkSession) -> None:
    published = rows(
        spark, [(1, None, "x", "2024-01-01", "2024-01-01"), (2, 1, None, "2024-01-01", "2024-01-01")]
    )
    batch = rows(spark, [(1, 1, None, "2024-01-01", "2024-01-01"), (2, 1, None, "2024-01-01", "2024-01-01")])
    found = {row["id"]: row["_disposition"] for row in classify(batch, published, THINGS).collect()}
    assert found == {1: "quarantined", 2: "superseded"}

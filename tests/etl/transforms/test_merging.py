"""A batch meets a published table.

Newest versions win, and only the partitions they touch are written anew.
"""

from __future__ import annotations

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession

from columns import column, rule, things
from etl.contracts import Contract, Partition
from etl.transforms.merging import changed_labels, classify, label, partition_value, rewrite

DAY = column("day", "date", rule("day", "required"))
THINGS = things(column("size", "int"), column("note", "string"), DAY, partition_by=Partition("day", "month"))

COLUMNS = "id bigint, size int, note string, day string, at string"

PUBLISHED = [
    (1, 10, None, "2024-01-05", "2024-01-06"),
    (2, 20, "x", "2024-01-07", "2024-01-08"),
    (3, 30, "x", "2024-02-01", "2024-02-02"),
    (4, 40, "x", "2024-03-01", "2024-03-02"),
    (5, None, "x", "2024-03-01", "2024-03-02"),
]

#: A row of the batch, its disposition, and the partition that it leaves.
BATCH = [
    ((1, 11, None, "2024-01-05", "2024-01-09"), "updated", "2024-01-01"),
    ((2, 20, "x", "2024-01-07", "2024-01-08"), "superseded", None),  # the same again
    ((3, 30, "x", "2024-04-01", "2024-02-03"), "updated", "2024-02-01"),  # moves to another month
    ((4, 41, "x", "2024-03-01", "2024-03-01"), "superseded", None),  # older
    ((5, 50, "x", "2024-03-01", "2024-03-02"), "quarantined", None),  # same version, other content
    ((6, 60, "x", "2024-01-05", "2024-01-06"), "inserted", None),  # late
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
        (*row, ["id.unique"] if disposition == "quarantined" else None, left, disposition)
        for row, disposition, left in BATCH
    ]
    frame = rows(spark, expected, ", _reasons array<string>, _left_label string, _disposition string")
    assert_df_equality(classified, frame, ignore_row_order=True, ignore_nullable=True)


def test_partitions_entered_and_left_change(classified: DataFrame) -> None:
    winners = classified.where("_disposition in ('inserted', 'updated')")
    labels = {row["label"] for row in changed_labels(winners, THINGS).collect()}
    assert labels == {"2024-01-01", "2024-02-01", "2024-04-01"}


def test_rewriting_replaces_updated_rows_and_keeps_the_others(
    spark: SparkSession, classified: DataFrame
) -> None:
    winners = classified.where("_disposition in ('inserted', 'updated')")
    changed = rewrite(rows(spark, PUBLISHED[:3]), winners, THINGS)
    expected = rows(spark, [PUBLISHED[1], BATCH[0][0], BATCH[2][0], BATCH[5][0]])
    assert_df_equality(changed, expected, ignore_row_order=True, ignore_nullable=True)


def test_nulls_that_change_places_are_another_content(spark: SparkSession) -> None:
    published = rows(
        spark, [(1, None, "x", "2024-01-01", "2024-01-01"), (2, 1, None, "2024-01-01", "2024-01-01")]
    )
    batch = rows(spark, [(1, 1, None, "2024-01-01", "2024-01-01"), (2, 1, None, "2024-01-01", "2024-01-01")])
    found = {row["id"]: row["_disposition"] for row in classify(batch, published, THINGS).collect()}
    assert found == {1: "quarantined", 2: "superseded"}


@pytest.mark.parametrize(
    ("transform", "expected"),
    [("identity", "2024-02-29"), ("day", "2024-02-29"), ("month", "2024-02-01"), ("year", "2024-01-01")],
)
def test_labels(spark: SparkSession, transform: str, expected: str) -> None:
    cut = things(DAY, partition_by=Partition("day", transform))
    frame = rows(spark, [(1, 1, "x", "2024-02-29", "2024-03-01")])
    assert frame.select(label(cut).alias("label")).collect()[0]["label"] == expected


def test_a_table_without_partitions_is_one_part(spark: SparkSession) -> None:
    whole: Contract = things(DAY)
    frame = rows(spark, [(1, 1, "x", "2024-02-29", "2024-03-01")])
    assert frame.select(label(whole).alias("label")).collect()[0]["label"] == ""
    with pytest.raises(ValueError, match="contract things has no partitions"):
        partition_value(whole)

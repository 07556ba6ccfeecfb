"""Batches that come twice, late, in parts or in another order leave the tables that the rows say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import (
    DAY,
    NEXT_DAY,
    Row,
    customer,
    dispositions,
    order,
    product,
    reasons,
    run_pipeline,
    snapshot_of,
    stored_tables,
    table,
    write_batch,
)

NOVEMBER, DECEMBER = "2024-11-15 12:00:00", "2024-12-30 08:00:00"
LATER = "2024-12-31 10:00:00"

FIRST = [
    order(1, order_ts=NOVEMBER),
    order(2, order_ts=NOVEMBER),
    order(3, order_ts=DECEMBER),
    order(4, order_ts=DECEMBER),
]


@pytest.fixture(scope="module")
def published_first(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which the first batch is published."""
    root = tmp_path_factory.mktemp("first")
    write_batch(root / "raw", DAY, FIRST)
    results = run_pipeline(spark, root, DAY, "first")
    assert dispositions(results) == {"inserted": 4}
    return root


@pytest.fixture
def lake(published_first: Path, tmp_path: Path) -> Path:
    """A copy of it. Its new files lie in the folders of the first one, which Iceberg names by whole path."""
    return Path(shutil.copytree(published_first, tmp_path / "lake"))


def next_batch(lake: Path, orders: list[Row]) -> None:
    """Write a batch of the next day, with one customer and one product of that day."""
    write_batch(
        lake / "raw",
        NEXT_DAY,
        orders,
        customers=[customer(3, updated_at=LATER)],
        products=[product(3, updated_at=LATER)],
    )


def test_the_same_batch_twice_changes_nothing(spark: SparkSession, lake: Path) -> None:
    before, places = (
        stored_tables(spark, lake),
        {name: snapshot_of(spark, lake, name) for name in ("orders", "customers")},
    )
    results = run_pipeline(spark, lake, DAY, "again")
    assert dispositions(results) == {"superseded": 4}
    assert dispositions(results, "customers") == {"superseded": 2}
    assert stored_tables(spark, lake) == before
    assert {name: snapshot_of(spark, lake, name) for name in places} == places


def test_a_late_row_loses_nothing_of_its_day(spark: SparkSession, lake: Path) -> None:
    before = table(spark, lake)
    next_batch(lake, [order(9, order_ts=NOVEMBER, updated_at=LATER)])
    results = run_pipeline(spark, lake, NEXT_DAY, "late")
    assert dispositions(results) == {"inserted": 1}
    after = table(spark, lake)
    assert [row for row in after if row[0] != 9] == before
    assert len(after) == len(before) + 1
    (orders,) = [each for each in results["tables"] if each["name"] == "orders"]
    assert orders["rows"] - orders["before"]["rows"] == 1
    assert orders["files"] > orders["before"]["files"]


def test_a_reference_may_name_what_was_published_before(spark: SparkSession, lake: Path) -> None:
    next_batch(lake, [order(n, customer_id=str(1 + n % 3), updated_at=LATER) for n in range(20, 80)])
    assert dispositions(run_pipeline(spark, lake, NEXT_DAY, "refers")) == {"inserted": 60}


def test_a_row_that_moves_to_another_partition_leaves_the_old_one(spark: SparkSession, lake: Path) -> None:
    next_batch(lake, [order(1, order_ts="2024-10-01 00:00:00", updated_at=LATER)])
    assert dispositions(run_pipeline(spark, lake, NEXT_DAY, "moves")) == {"updated": 1}
    assert [row[0] for row in table(spark, lake)] == [1, 2, 3, 4]
    next_batch(lake, [order(1, updated_at="2024-12-31 11:00:00")])
    assert dispositions(run_pipeline(spark, lake, NEXT_DAY, "moves-again")) == {"updated": 1}
    assert [row[0] for row in table(spark, lake)] == [1, 2, 3, 4]


def test_an_older_version_and_a_contradiction_leave_the_table(spark: SparkSession, lake: Path) -> None:
    before = table(spark, lake)
    sound = [order(n, updated_at=LATER) for n in range(100, 200)]
    next_batch(
        lake,
        [
            order(2, order_ts=NOVEMBER, status="placed", updated_at="2024-12-29 00:00:00"),
            order(3, order_ts=DECEMBER, status="cancelled"),
            *sound,
        ],
    )
    results = run_pipeline(spark, lake, NEXT_DAY, "older")
    assert dispositions(results) == {"inserted": 100, "superseded": 1, "quarantined": 1}
    assert reasons(results) == {"order_id.unique": 1}
    (orders,) = [each for each in results["datasets"] if each["name"] == "orders"]
    assert [reason["examples"] for reason in orders["reasons"]] == [
        [{"file": "part-0.csv.gz", "values": {"order_id": "3"}}]
    ]
    assert [row for row in table(spark, lake) if row[0] < 100] == before
    kept = spark.read.parquet(str(lake / "quarantine" / "orders" / "run=older" / "step=curate")).collect()
    assert [(row["order_id"], row["status"], row["_source_file"], row["_reasons"]) for row in kept] == [
        ("3", "cancelled", "part-0.csv.gz", ["order_id.unique"])
    ]


def test_parts_in_any_order_give_the_tables_of_the_whole(spark: SparkSession, tmp_path: Path) -> None:
    versions = [
        order(1, order_ts=NOVEMBER, updated_at="2024-12-29 00:00:00"),
        order(1, order_ts=NOVEMBER, status="shipped"),
        order(2),
        order(2, order_ts="2024-12-01 00:00:00", updated_at="2024-12-30 10:00:00"),
        order(3),
    ]
    stored = []
    for name, parts in {
        "whole": [versions],
        "halves": [versions[:2], versions[2:]],
        "reversed": [versions[3:], versions[1:3], versions[:1] + versions[4:]],
    }.items():
        root = tmp_path / name
        for number, part in enumerate(parts):
            shutil.rmtree(root / "raw", ignore_errors=True)
            write_batch(root / "raw", DAY, part)
            run_pipeline(spark, root, DAY, f"part-{number}")
        stored.append(stored_tables(spark, root))
    assert [row[0] for row in stored[0]["orders"]] == [1, 2, 3]
    assert stored[0] == stored[1] == stored[2]

"""Which files are one dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from etl.sources.collection import find_collection
from etl.storage.files import Files


def names(spark: SparkSession, root: Path, *places: str) -> dict[str, int]:
    """Datasets of empty files, and how many files each has."""
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).touch()
    return {name: len(files) for name, files in find_collection(Files(spark, str(root))).items()}


def test_a_point_in_a_name_does_not_end_it(spark: SparkSession, tmp_path: Path) -> None:
    found = names(
        spark, tmp_path / "shop", "dbo.Orders.csv", "dbo.Customers.csv.gz", "my.sales.2024-01-31.csv"
    )
    assert found == {"dbo_customers": 1, "dbo_orders": 1, "my_sales": 1}


def test_parts_are_of_what_the_folder_is_called(spark: SparkSession, tmp_path: Path) -> None:
    parts = ("part-00000-0a1b.c000.snappy.parquet", "part-00001-0a1b.c000.snappy.parquet")
    assert names(spark, tmp_path / "shop", *parts) == {"shop": 2}


def test_a_folder_that_holds_a_column_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    message = "files below day=2024-01-01 have no column day, which only the folder names"
    with pytest.raises(ValueError, match=message):
        names(spark, tmp_path / "shop", "stock/day=2024-01-01/part-0.parquet")

"""Which files are one dataset."""

from __future__ import annotations

from pathlib import Path

from pyspark.sql import SparkSession

from etl.sources.collection import find_collection
from etl.storage.files import Files


def names(spark: SparkSession, root: Path, *places: str) -> dict[str, int]:
    """Datasets of empty files, and how many files each has."""
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).touch()
    return {name: len(files) for name, files in find_collection(Files(spark, str(root))).datasets.items()}


def test_a_point_in_a_name_does_not_end_it(spark: SparkSession, tmp_path: Path) -> None:
    found = names(
        spark, tmp_path / "shop", "dbo.Orders.csv", "dbo.Customers.csv.gz", "my.sales.2024-01-31.csv"
    )
    assert found == {"dbo_customers": 1, "dbo_orders": 1, "my_sales": 1}


def test_parts_are_of_what_the_folder_is_called(spark: SparkSession, tmp_path: Path) -> None:
    parts = ("part-00000-0a1b.c000.snappy.parquet", "part-00001-0a1b.c000.snappy.parquet")
    assert names(spark, tmp_path / "shop", *parts) == {"shop": 2}


def test_days_weeks_and_copies_are_no_names(spark: SparkSession, tmp_path: Path) -> None:
    files = ("sales 2024-01-31.csv", "sales 2025-01-31.csv", "sales (1).csv", "sales_20240131.csv")
    more = ("sales-2024-W05.csv", "sales.2024.csv", "sales 2024-01-31T10:00:00Z.csv", "sales.csv")
    assert names(spark, tmp_path / "shop", *files, *more) == {"sales": 8}
    words = ("w 2.csv", "b2b.csv", "cafe.csv", "face.csv", "data.csv", "0a1b2c3d-cafe.csv")
    assert names(spark, tmp_path / "forms", *words) == {"b2b": 1, "cafe": 1, "face": 1, "forms": 2, "w": 1}


def test_what_is_about_data_is_no_data(spark: SparkSession, tmp_path: Path) -> None:
    places = ("README.txt", "orders/README.md", "orders/a.csv", "orders/LICENSE", "license_plates.csv")
    assert names(spark, tmp_path / "shop", *places) == {"license_plates": 1, "orders": 1}


def test_a_folder_may_name_a_column(spark: SparkSession, tmp_path: Path) -> None:
    place = "day=2024-01-01/part-0.parquet"
    assert names(spark, tmp_path / "shop", f"stock/{place}", f"stock/zone=a/{place}") == {"stock": 2}
    (file,) = find_collection(Files(spark, str(tmp_path / "shop" / "stock" / "zone=a"))).datasets["zone_a"]
    assert file.partitions == (("day", "2024-01-01"),)


def test_two_places_of_one_name_are_left_out(spark: SparkSession, tmp_path: Path) -> None:
    assert names(spark, tmp_path / "shop", "Orders/a.csv", "orders.csv", "other.csv") == {"other": 1}
    left_out = find_collection(Files(spark, str(tmp_path / "shop"))).left_out
    assert left_out == {"orders": "Orders and orders both make the dataset orders: rename one of them"}


def test_files_that_are_not_called_like_data_are_named(spark: SparkSession, tmp_path: Path) -> None:
    strange = ("sales.xlsx", "more.zip", "old/2023.csv.1", "a.avro", "b.orc", "c.sqlite", "dump")
    silent = ("README.txt", "LICENSE", "notes.md", ".hidden", "_SUCCESS", "_temporary/part-0.bin")
    assert names(spark, tmp_path / "shop", "orders.csv", *strange, *silent) == {"orders": 1}
    left_out = find_collection(Files(spark, str(tmp_path / "shop"))).left_out
    assert left_out == dict.fromkeys(strange, "its name is not that of a CSV, JSON lines or Parquet file")


def test_a_file_without_an_ending_hides_no_dataset_of_its_name(spark: SparkSession, tmp_path: Path) -> None:
    """Both would be called `orders`: it is a file of the dataset, and refused there."""
    assert names(spark, tmp_path / "shop", "orders.csv", "orders") == {"orders": 2}
    assert find_collection(Files(spark, str(tmp_path / "shop"))).left_out == {}

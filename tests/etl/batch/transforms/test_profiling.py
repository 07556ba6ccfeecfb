"""Distributions: which columns, which bins, and rows that add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from batches import SHOP
from columns import column, rule, things
from etl.batch.transforms.profiling import (
    COARSE_BARS,
    SCANS,
    Profile,
    count_bins,
    distribution,
    profiles_of,
)
from etl.model import Column, load_contract


def bins(spark: SparkSession, of: Column, values: list[Any]) -> list[dict[str, Any]]:
    """The bins of one column with these values."""
    (profile,) = [each for each in profiles_of(things(of)) if each.column == of.name]
    rows = spark.createDataFrame([(value,) for value in values], f"{of.name} {of.type}")
    counts = {row["bin"]: row["rows"] for row in count_bins(rows, [profile]).collect()}
    found = distribution("things", profile, counts)
    assert (found["dataset"], found["column"]) == ("things", of.name)
    shown = values if found["kind"] == "categories" else [value for value in values if value is not None]
    assert sum(each["rows"] for each in found["bins"]) == len(shown)
    return list(found["bins"])


def test_categories_largest_first(spark: SparkSession) -> None:
    kind = column("kind", "string", rule("kind", "allowed", values=["a", "b"]))
    assert bins(spark, kind, ["b", "a", "b", None]) == [
        {"label": "b", "rows": 2},
        {"label": "(missing)", "rows": 1},
        {"label": "a", "rows": 1},
    ]


def test_whole_numbers_get_a_bar_each(spark: SparkSession) -> None:
    size = column("size", "int", rule("size", "range", minimum="1", maximum="100"))
    assert bins(spark, size, [1, 3, 3, None]) == [
        {"from": 1.0, "to": 2.0, "rows": 1},
        {"from": 2.0, "to": 3.0, "rows": 0},
        {"from": 3.0, "to": 4.0, "rows": 2},
    ]
    assert bins(spark, size, [100]) == [{"from": 100.0, "to": 101.0, "rows": 1}]


def test_a_narrow_range_is_cut_evenly(spark: SparkSession) -> None:
    share = column("share", "decimal(4,2)", rule("share", "range", minimum="0", maximum="0.9"))
    found = bins(spark, share, [Decimal("0.00"), Decimal("0.05"), Decimal("0.90")])
    assert (found[0]["from"], found[-1]["to"], len(found)) == (0.0, 0.9, 20)
    assert [each["rows"] for each in found] == [1, 1, *[0] * 17, 1]


def test_a_wide_range_is_cut_by_decades(spark: SparkSession) -> None:
    price = column("price", "decimal(12,2)", rule("price", "range", minimum="0.01", maximum="100000"))
    found = bins(spark, price, [Decimal("0.01"), Decimal("1.00"), Decimal("7.50"), Decimal("100000.00")])
    edges = [each["from"] for each in found]
    assert edges == [0.0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000]
    assert found[-1] == {"from": 50000.0, "to": 100000.0, "rows": 1}
    assert [each["rows"] for each in found[:4]] == [1, 1, 0, 1]


def test_time_is_shown_by_month(spark: SparkSession) -> None:
    day = column("day", "date")
    assert bins(spark, day, [date(2023, 12, 31), date(2024, 2, 1), date(2024, 2, 29)]) == [
        {"from": "2023-12-01", "to": "2024-01-01", "rows": 1},
        {"from": "2024-01-01", "to": "2024-02-01", "rows": 0},
        {"from": "2024-02-01", "to": "2024-03-01", "rows": 2},
    ]


def test_a_day_far_away_costs_one_empty_bin(spark: SparkSession) -> None:
    day = column("day", "date")
    days = [date(1, 1, 1), date(2024, 1, 31), date(2024, 3, 1), date(9999, 12, 31)]
    assert bins(spark, day, days) == [
        {"from": "0001-01-01", "to": "0001-02-01", "rows": 1},
        {"from": "0001-02-01", "to": "2024-01-01", "rows": 0},
        {"from": "2024-01-01", "to": "2024-02-01", "rows": 1},
        {"from": "2024-02-01", "to": "2024-03-01", "rows": 0},
        {"from": "2024-03-01", "to": "2024-04-01", "rows": 1},
        {"from": "2024-04-01", "to": "9999-12-01", "rows": 0},
        {"from": "9999-12-01", "to": "9999-12-31", "rows": 1},
    ]


def test_very_many_months_are_shown_by_year() -> None:
    profile = Profile("day", "timeline", F.lit(None))
    months = {f"{year:04d}-{month:02d}-01": 1 for year in range(1000, 1100) for month in range(1, 13)}
    found = distribution("things", profile, {**months, None: 3})["bins"]
    assert len(found) == 100
    assert found[-1] == {"from": "1099-01-01", "to": "1100-01-01", "rows": 12}


def test_a_range_of_any_size_has_few_bars() -> None:
    far = column("far", "double", rule("far", "range", minimum="0", maximum="1e+300"))
    (profile,) = [each for each in profiles_of(things(far)) if each.column == "far"]
    assert 20 < len(profile.edges) <= COARSE_BARS + 2


@pytest.mark.parametrize("values", [[], [None]])
def test_no_values_no_bins(spark: SparkSession, values: list[Any]) -> None:
    size = column("size", "int", rule("size", "range", minimum="1", maximum="100"))
    assert bins(spark, size, values) == []


def test_personal_data_and_keys_are_never_shown() -> None:
    shown = {name: [p.column for p in profiles_of(load_contract(name))] for name in SHOP}
    assert shown == {
        "customers": ["country", "segment", "signup_date", "updated_at"],
        "products": ["category", "unit_price", "active", "updated_at"],
        "orders": [
            "order_ts",
            "quantity",
            "unit_price",
            "discount",
            "status",
            "country",
            "channel",
            "updated_at",
        ],
    }


def test_many_columns_share_scans_and_are_counted_as_alone(spark: SparkSession) -> None:
    columns = [column(f"flag_{number}", "boolean") for number in range(SCANS * 2 + 1)]
    profiles = [each for each in profiles_of(things(*columns)) if each.column.startswith("flag_")]
    assert len(profiles) == len(columns)
    flags = [[(row + number) % 3 == 0 for number in range(len(columns))] for row in range(7)]
    rows = spark.createDataFrame(flags, ", ".join(f"{each.name} boolean" for each in columns))
    together = {(row["column"], row["bin"]): row["rows"] for row in count_bins(rows, profiles).collect()}
    alone = {
        (profile.column, row["bin"]): row["rows"]
        for profile in profiles[:4]
        for row in count_bins(rows, [profile]).collect()
    }
    assert len(together) == 2 * len(columns)
    assert alone.items() <= together.items()
    assert sum(together.values()) == len(flags) * len(columns)

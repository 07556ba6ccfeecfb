"""The marts of streams on rows few enough to reckon by hand."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.batch.transforms.marts import revenue_by_day
from etl.model import load_contract, load_mart
from etl.streaming.transforms.marts import STEPS, revenue_by_minute, session_funnel

ORDERS = (
    "order_id bigint, order_ts string, quantity int, unit_price string, discount string, status string, "
    "country string"
)

#: Two orders of one minute, one of the next minute, and one that does not count.
ROWS = [
    (1, "2024-05-01 10:00:00", 3, "10.00", "0.10", "paid", "BE"),
    (2, "2024-05-01 10:00:59", 1, "5.00", "0.00", "placed", "BE"),
    (3, "2024-05-01 10:01:00", 1, "100.00", "0.00", "returned", "BE"),
    (4, "2024-05-01 10:01:30", 9, "50.00", "0.00", "cancelled", "BE"),
    (5, "2024-05-01 10:00:30", 2, "1.00", "0.50", "delivered", "NL"),
]

MEASURES = {"orders": "bigint", "units": "bigint", "gross": "decimal(18,2)", "net": "decimal(18,2)"}


@pytest.fixture
def orders(spark: SparkSession) -> DataFrame:
    """The rows above with the contract's types."""
    texts = spark.createDataFrame(ROWS, ORDERS)
    types = {column.name: column.type for column in load_contract("orders").columns}
    return texts.select(*[texts[name].cast(types[name]) for name in texts.columns])


def test_revenue_by_minute(spark: SparkSession, orders: DataFrame) -> None:
    ten, next_minute = datetime(2024, 5, 1, 10, 0), datetime(2024, 5, 1, 10, 1)
    expected = spark.createDataFrame(
        [
            (ten, "BE", 2, 4, Decimal("35.00"), Decimal("32.00")),
            (ten, "NL", 1, 2, Decimal("2.00"), Decimal("1.00")),
            (next_minute, "BE", 1, 1, Decimal("100.00"), Decimal("0.00")),
        ],
        load_mart("revenue_by_minute").ddl,
    )
    found = revenue_by_minute(orders)
    load_mart("revenue_by_minute").refuse_other(found.dtypes)
    assert_df_equality(found, expected, ignore_row_order=True, ignore_nullable=True)


def test_minutes_add_up_to_the_day_of_the_batch(orders: DataFrame) -> None:
    days = revenue_by_minute(orders).groupBy(F.to_date("minute").alias("day"), "country")
    summed = days.agg(*[F.sum(name).cast(kind).alias(name) for name, kind in MEASURES.items()])
    assert_df_equality(summed, revenue_by_day(orders), ignore_row_order=True, ignore_nullable=True)


def test_session_funnel(spark: SparkSession) -> None:
    events = spark.sql(
        "select session_id, to_timestamp(event_time) event_time, event_type from values"
        " ('a', '2024-05-01 10:00:05', 'checkout'),"
        " ('a', '2024-05-01 10:00:00', 'page_view'),"
        " ('a', '2024-05-01 10:00:02', 'add_to_basket'),"
        " ('a', '2024-05-01 10:00:09', 'page_view'),"
        " ('b', '2024-05-01 10:00:00', 'search'),"
        " ('b', '2024-05-02 10:00:00', 'page_view'),"
        " ('c', '2024-05-01 12:00:00', 'page_view')"
        " as events(session_id, event_time, event_type)"
    )
    at = datetime(2024, 5, 1, 10)
    noon = datetime(2024, 5, 1, 12)
    expected = spark.createDataFrame(
        [
            ("a", at, at.replace(second=9), 2, 0, 1, 1, "checkout"),
            ("b", at, at.replace(day=2), 1, 1, 0, 0, "search"),
            ("c", noon, noon, 1, 0, 0, 0, "page_view"),
        ],
        load_mart("session_funnel").ddl,
    )
    found = session_funnel(events)
    load_mart("session_funnel").refuse_other(found.dtypes)
    assert_df_equality(found, expected, ignore_row_order=True, ignore_nullable=True)


def test_the_steps_are_the_events_of_the_contract() -> None:
    (event_type,) = [each for each in load_contract("web_events").columns if each.name == "event_type"]
    (allowed,) = [rule for rule in event_type.rules if rule.kind == "allowed"]
    assert allowed.params["values"] == [*STEPS]

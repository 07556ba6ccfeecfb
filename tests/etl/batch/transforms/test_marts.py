"""The marts on orders few enough to reckon by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from chispa import assert_df_equality
from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession

from etl.batch.transforms.marts import customer_value, product_performance, revenue_by_day
from etl.model import load_contract

ORDERS = (
    "order_id bigint, customer_id bigint, product_id bigint, order_ts string, quantity int, "
    "unit_price string, discount string, status string, country string"
)

#: Gross and net of the rows: 30.00/27.00, 0.03/0.015, 100.00/0 (returned), cancelled, 19.99/19.99.
ROWS = [
    (1, 1, 1, "2024-05-01 23:59:59", 3, "10.00", "0.10", "paid", "BE"),
    (2, 1, 1, "2024-05-01 00:00:00", 3, "0.01", "0.50", "placed", "BE"),
    (3, 1, 2, "2024-05-02 00:00:00", 1, "100.00", "0.00", "returned", "BE"),
    (4, 2, 2, "2024-05-02 12:00:00", 9, "50.00", "0.00", "cancelled", "BE"),
    (5, 2, 2, "2024-05-02 12:00:00", 1, "19.99", "0.00", "delivered", "NL"),
]


@pytest.fixture
def orders(spark: SparkSession) -> DataFrame:
    """The rows above with the contract's types."""
    texts = spark.createDataFrame(ROWS, ORDERS)
    types = {column.name: column.type for column in load_contract("orders").columns}
    return texts.select(*[texts[name].cast(types[name]) for name in texts.columns])


def test_revenue_by_day(spark: SparkSession, orders: DataFrame) -> None:
    expected = spark.createDataFrame(
        [
            (date(2024, 5, 1), "BE", 2, 6, Decimal("30.03"), Decimal("27.02")),  # 27.015, half up
            (date(2024, 5, 2), "BE", 1, 1, Decimal("100.00"), Decimal("0.00")),
            (date(2024, 5, 2), "NL", 1, 1, Decimal("19.99"), Decimal("19.99")),
        ],
        "day date, country string, orders bigint, units bigint, gross decimal(18,2), net decimal(18,2)",
    )
    assert_df_equality(revenue_by_day(orders), expected, ignore_row_order=True, ignore_nullable=True)


def test_product_performance(spark: SparkSession, orders: DataFrame) -> None:
    products = spark.createDataFrame(
        [(1, "Lamp", "home"), (2, "Ball", "toys"), (3, "Never sold", "toys")],
        "product_id bigint, name string, category string",
    )
    expected = spark.createDataFrame(
        [(1, "Lamp", "home", 2, 6, Decimal("27.02"), 0.0), (2, "Ball", "toys", 2, 2, Decimal("19.99"), 0.5)],
        "product_id bigint, product string, category string, orders bigint, units bigint, net decimal(18,2), "
        "return_share double",
    )
    assert_df_equality(
        product_performance(orders, products), expected, ignore_row_order=True, ignore_nullable=True
    )


def test_customer_value(spark: SparkSession, orders: DataFrame) -> None:
    customers = spark.createDataFrame(
        [(1, "consumer", "BE"), (2, "enterprise", "NL"), (3, "consumer", "BE")],
        "customer_id bigint, segment string, country string",
    )
    day = date(2024, 5, 2)
    expected = spark.createDataFrame(
        [
            (1, "consumer", "BE", 3, Decimal("27.02"), date(2024, 5, 1), day, 8),
            (2, "enterprise", "NL", 1, Decimal("19.99"), day, day, 8),
        ],
        "customer_id bigint, segment string, country string, orders bigint, net decimal(18,2), "
        "first_order date, last_order date, recency_days int",
    )
    found = customer_value(orders, customers, date(2024, 5, 10))
    assert_df_equality(found, expected, ignore_row_order=True, ignore_nullable=True)


def test_a_sum_that_does_not_fit_is_an_error(spark: SparkSession) -> None:
    # 64 bits hold 9.2e18 parts of a euro; each of these rows is of 1e17.
    rows = spark.range(100).selectExpr(
        "timestamp'2024-05-01' as order_ts", "'BE' as country", "'paid' as status", "1000000000 as quantity",
        "cast('10000.00' as decimal(12,2)) as unit_price", "cast(0 as decimal(4,2)) as discount",
    )  # fmt: skip
    assert revenue_by_day(rows.limit(90)).collect()[0]["gross"] == Decimal("900000000000000.00")
    with pytest.raises(Py4JJavaError, match="a sum of money exceeds 64 bits"):
        revenue_by_day(rows).collect()

"""The three marts, each a pure function of curated tables.

A cancelled order is no order. A returned one counts as ordered (orders, units, gross) but earns nothing
(net). `gross` is quantity times unit price, `net` is gross less the discount; both are summed exactly and
rounded to cents once, half up.
"""

from __future__ import annotations

from datetime import date

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

#: Amounts are summed in whole parts of a euro: exact for a price of two digits times a share of two.
UNITS_PER_EURO = 10_000

MONEY = "decimal(18,2)"


def revenue_by_day(orders: DataFrame) -> DataFrame:
    """`day, country, orders, units, gross, net`: one row per day of order (UTC) and country of delivery."""
    return (
        _sold(orders)
        .groupBy(F.to_date("order_ts").alias("day"), "country")
        .agg(*_measures("orders", "units", "gross", "net"))
    )


def product_performance(orders: DataFrame, products: DataFrame) -> DataFrame:
    """`product_id, product, category, orders, units, net, return_share`.

    One row per product that was ordered.
    """
    sold = _sold(orders).groupBy("product_id").agg(*_measures("orders", "units", "net", "returned"))
    named = products.select("product_id", F.col("name").alias("product"), "category")
    share = F.round(F.col("returned") / F.col("orders"), 6)
    return sold.join(named, "product_id").select(
        "product_id", "product", "category", "orders", "units", "net", share.alias("return_share")
    )


def customer_value(orders: DataFrame, customers: DataFrame, run_date: date) -> DataFrame:
    """One row per customer who ordered.

    `customer_id, segment, country, orders, net, first_order, last_order, recency_days`.

    `country` is the customer's own; `recency_days` counts from the last order to the run date. No personal
    data.
    """
    sold = (
        _sold(orders)
        .groupBy("customer_id")
        .agg(
            *_measures("orders", "net"),
            F.to_date(F.min("order_ts")).alias("first_order"),
            F.to_date(F.max("order_ts")).alias("last_order"),
        )
    )
    known = customers.select("customer_id", "segment", "country")
    recency = F.datediff(F.lit(run_date), F.col("last_order"))
    return sold.join(known, "customer_id").select(
        "customer_id", "segment", "country", "orders", "net", "first_order", "last_order",
        recency.alias("recency_days"),
    )  # fmt: skip


def _sold(orders: DataFrame) -> DataFrame:
    return orders.where(F.col("status") != "cancelled")


def _measures(*names: str) -> list[Expression]:
    returned = F.col("status") == "returned"
    cents = _hundredths("unit_price") * F.col("quantity")
    kept_percent = F.lit(100) - _hundredths("discount")
    measures = {
        "orders": F.count(F.lit(1)),
        "units": F.sum("quantity"),
        "gross": _money(cents * 100),
        "net": _money(F.when(returned, F.lit(0).cast("bigint")).otherwise(cents * kept_percent)),
        "returned": F.count(F.when(returned, F.lit(1))),
    }
    return [measures[name].alias(name) for name in names]


def _hundredths(column: str) -> Expression:
    """A decimal of two digits as the whole number it is stored as.

    A 64-bit float holds it exactly enough (up to 2^53 hundredths), and multiplies much faster than a decimal.
    """
    return F.rint(F.col(column).cast("double") * 100).cast("bigint")


def _money(amount: Expression) -> Expression:
    """Sum of whole parts of a cent as euros.

    Sums of 64-bit numbers are several times faster than of wide decimals; one that overflows becomes an
    error, not a wrong amount (`try_sum` gives NULL, which `assert_true` refuses where a row has an amount).
    """
    total = F.try_sum(amount)
    checked = F.when(
        total.isNull() & (F.count(amount) > 0),
        F.raise_error(F.lit("a sum of money exceeds 64 bits")).cast("bigint"),
    ).otherwise(total)
    return F.round(checked.cast("decimal(20,0)") / F.lit(UNITS_PER_EURO).cast("decimal(5,0)"), 2).cast(MONEY)

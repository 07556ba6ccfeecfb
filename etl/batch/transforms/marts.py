"""The three marts of a batch, each a pure function of curated tables."""

from __future__ import annotations

from datetime import date

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.revenue import measures, sold


def revenue_by_day(orders: DataFrame) -> DataFrame:
    """`day, country, orders, units, gross, net`: one row per day of order (UTC) and country of delivery."""
    return (
        sold(orders)
        .groupBy(F.to_date("order_ts").alias("day"), "country")
        .agg(*measures("orders", "units", "gross", "net"))
    )


def product_performance(orders: DataFrame, products: DataFrame) -> DataFrame:
    """`product_id, product, category, orders, units, net, return_share`.

    One row per product that was ordered.
    """
    by_product = sold(orders).groupBy("product_id").agg(*measures("orders", "units", "net", "returned"))
    named = products.select("product_id", F.col("name").alias("product"), "category")
    share = F.round(F.col("returned") / F.col("orders"), 6)
    return by_product.join(named, "product_id").select(
        "product_id", "product", "category", "orders", "units", "net", share.alias("return_share")
    )


def customer_value(orders: DataFrame, customers: DataFrame, run_date: date) -> DataFrame:
    """One row per customer who ordered.

    `customer_id, segment, country, orders, net, first_order, last_order, recency_days`.

    `country` is the customer's own; `recency_days` counts from the last order to the run date. No personal
    data.
    """
    by_customer = (
        sold(orders)
        .groupBy("customer_id")
        .agg(
            *measures("orders", "net"),
            F.to_date(F.min("order_ts")).alias("first_order"),
            F.to_date(F.max("order_ts")).alias("last_order"),
        )
    )
    known = customers.select("customer_id", "segment", "country")
    recency = F.datediff(F.lit(run_date), F.col("last_order"))
    return by_customer.join(known, "customer_id").select(
        "customer_id", "segment", "country", "orders", "net", "first_order", "last_order",
        recency.alias("recency_days"),
    )  # fmt: skip

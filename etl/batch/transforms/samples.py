"""What the report shows of a mart: few enough rows to plot, aggregated so that the whole mart is in them."""

from __future__ import annotations

from typing import Callable

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

#: Rows of a sample, at most.
LARGEST = 400

TOP_PRODUCTS = 100

MONEY = "decimal(18,2)"


def sample_revenue(mart: DataFrame) -> DataFrame:
    """Revenue by month and country: `day` is the month's first."""
    month = F.to_date(F.trunc("day", "month")).alias("day")
    sums = [F.sum(name).cast(kind).alias(name) for name, kind in _SUMS.items()]
    return mart.groupBy(month, "country").agg(*sums).orderBy(F.desc("day"), "country").limit(LARGEST)


def sample_products(mart: DataFrame) -> DataFrame:
    """The best products by net revenue; the others of each category in one row without a product."""
    rank = F.row_number().over(Window.orderBy(F.desc("net"), "product_id"))
    is_top = F.col("rank") <= TOP_PRODUCTS
    columns = [F.when(is_top, F.col(name)).alias(name) for name in ("product_id", "product")]
    returned = F.sum(F.col("return_share") * F.col("orders")) / F.sum("orders")
    sums = [F.sum(name).cast(_SUMS[name]).alias(name) for name in ("orders", "units", "net")]
    return (
        mart.withColumn("rank", rank)
        .groupBy(*columns, "category")
        .agg(*sums, F.round(returned, 6).alias("return_share"))
        .orderBy(F.col("product_id").isNull(), F.desc("net"), "category")
        .limit(LARGEST)
    )


def sample_customers(mart: DataFrame) -> DataFrame:
    """Customers by segment and country; `recency_days` is their mean."""
    return (
        mart.groupBy("segment", "country")
        .agg(
            F.count(F.lit(1)).alias("customers"),
            F.sum("orders").alias("orders"),
            F.sum("net").cast(MONEY).alias("net"),
            F.round(F.avg("recency_days"), 1).alias("recency_days"),
        )
        .orderBy("segment", "country")
        .limit(LARGEST)
    )


_SUMS = {"orders": "bigint", "units": "bigint", "gross": MONEY, "net": MONEY}

SAMPLES: dict[str, Callable[[DataFrame], DataFrame]] = {
    "revenue_by_day": sample_revenue,
    "product_performance": sample_products,
    "customer_value": sample_customers,
}

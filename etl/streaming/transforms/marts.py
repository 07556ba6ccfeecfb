"""The marts of streams, each a pure function of the rows that are served."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.revenue import measures, sold

#: What visitors do on the way to an order, in its order, with the column that counts it.
STEPS = {
    "page_view": "page_views",
    "search": "searches",
    "add_to_basket": "baskets",
    "checkout": "checkouts",
}


def revenue_by_minute(orders: DataFrame) -> DataFrame:
    """`minute, country, orders, units, gross, net`: one row per minute of order and country of delivery.

    The minutes of a day add up to its rows in `revenue_by_day`, apart from the rounding of cents.
    """
    minute = F.date_trunc("minute", "order_ts")
    return (
        sold(orders)
        .groupBy(minute.alias("minute"), "country")
        .agg(*measures("orders", "units", "gross", "net"))
    )


def session_funnel(web_events: DataFrame) -> DataFrame:
    """Count what each session did, and how far it came.

    `session_id, started_at, last_seen_at, page_views, searches, baskets, checkouts, furthest_step`: one row
    per session. Events may come in any order.
    """
    event_type = F.col("event_type")
    reached = F.call_function("array_position", F.array(*[F.lit(step) for step in STEPS]), event_type)
    return web_events.groupBy("session_id").agg(
        F.min("event_time").alias("started_at"),
        F.max("event_time").alias("last_seen_at"),
        *[F.count(F.when(event_type == step, F.lit(1))).alias(name) for step, name in STEPS.items()],
        F.max_by(event_type, reached).alias("furthest_step"),
    )

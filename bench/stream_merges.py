"""Keyed merges of orders into a large live table, micro-batch by micro-batch.

    .venv/etl/bin/python bench/stream_merges.py [--rows 5000000] [--batches 50] [--records 10000]

Fills a live table with orders of three days, 250,000 a micro-batch, then times micro-batches on the third
day. One record in ten is a new version of an order of any of the days, the others are new orders; each
micro-batch is archived, decided, merged and written into the ledger. No broker runs: Spark makes the
records as Kafka's source has them. The files of the table are not joined in between, which the job does
every fifty entries. Target: the last micro-batches take at most 1.3 times as long as the first ones.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lake_session import ROOT, peak_gigabytes, start_stream_session
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from stream_lake import entries, publish_base, published_keys, today
from turns import timed

PLACE = ROOT / "build" / "bench" / "stream_merges"

#: Records of a micro-batch that fills the table.
FILLING = 250_000

#: One record in so many is an update.
UPDATES = 10

#: Days that the live table has.
DAYS = 3

#: A prime that spreads the updates over all orders, none of them twice.
SPREAD = 1_000_003

#: Number of the first order, far from those of the batch.
FIRST_ORDER = 20_000_000_000

#: Micro-batches whose median is called the first or the last.
FEW = 5


@dataclass(frozen=True)
class Orders:
    """Makes records of orders of one customer and product, numbered from 0 as they arrive."""

    spark: SparkSession
    rows: int
    customer: int
    product: int

    def filling(self, first: int, count: int, day: date) -> DataFrame:
        """Return new orders, placed at six in the morning."""
        return self._records(first, count, F.col("serial"), f"{day} 06:00:00", "placed")

    def merging(self, first: int, count: int, day: date, batch: int) -> DataFrame:
        """Return the records of a micro-batch at noon: new orders, and new versions of earlier ones."""
        earlier = (F.floor(F.col("serial") / UPDATES) * SPREAD) % self.rows
        order = F.when(F.col("serial") % UPDATES == 0, earlier).otherwise(F.col("serial"))
        seconds = f"{batch // 60:02d}:{batch % 60:02d}"
        return self._records(first, count, order, f"{day} 12:{seconds}", "paid")

    def _records(self, first: int, count: int, order: Any, moment: str, status: str) -> DataFrame:
        number = order.cast("bigint") + FIRST_ORDER
        value = F.struct(
            number.alias("order_id"),
            F.lit(self.customer).alias("customer_id"),
            F.lit(self.product).alias("product_id"),
            F.lit(moment).alias("order_ts"),
            F.lit(2).alias("quantity"),
            F.lit("24.90").alias("unit_price"),
            F.lit("0.10").alias("discount"),
            F.lit(status).alias("status"),
            F.lit("BE").alias("country"),
            F.lit("web").alias("channel"),
            F.lit(moment).alias("updated_at"),
        )
        return (
            self.spark.range(first, first + count)
            .select(F.col("id").alias("serial"))
            .select(
                F.lit("orders").alias("topic"),
                (F.col("serial") % 3).cast("int").alias("partition"),
                F.floor(F.col("serial") / 3).alias("offset"),
                F.lit(moment).cast("timestamp").alias("timestamp"),
                number.cast("string").cast("binary").alias("key"),
                F.to_json(value).cast("binary").alias("value"),
                F.lit(None).cast("array<struct<key: string, value: binary>>").alias("headers"),
            )
        )


def fill(batches: Any, orders: Orders, days: Sequence[date], batch: int) -> None:
    """Bring so many orders of each day into the live table."""
    bounds = [orders.rows * number // len(days) for number in range(len(days) + 1)]
    for day, begin, end in zip(days, bounds, bounds[1:]):
        for first in range(begin, end, batch):
            batches.process(orders.filling(first, min(batch, end - first), day))


def check(rows: int, batches: int, records: int) -> None:
    """Raise SystemExit when what was processed is not what was made."""
    counts = entries(PLACE, "orders")[-1]["totals"]
    updates = sum(1 for serial in range(rows, rows + batches * records) if serial % UPDATES == 0)
    expected = {"inserted": rows + batches * records - updates, "updated": updates}
    found = {name: counts[name] for name in expected}
    if found != expected:
        sys.exit(f"expected {expected}, found {counts}: no figure is worth anything")


def report(seconds: Sequence[float], records: int) -> None:
    """Print the seconds of each micro-batch, and how the last ones compare with the first ones."""
    few = min(FEW, len(seconds))
    first, last = statistics.median(seconds[:few]), statistics.median(seconds[-few:])
    print("seconds of each micro-batch:", *(f"{took:.2f}" for took in seconds))
    print(f"{records / statistics.median(seconds):,.0f} records/s at the median")
    print(f"median of the first {few}: {first:.2f} s, of the last {few}: {last:.2f} s")
    print(f"last / first: {last / first:.2f} (asked: at most 1.3)")


def main() -> None:
    """Fill the table, time the micro-batches and print their figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rows", type=int, default=5_000_000, help="orders of the live table at first")
    arguments.add_argument("--batches", type=int, default=50)
    arguments.add_argument("--records", type=int, default=10_000, help="records of a micro-batch")
    given = arguments.parse_args()
    if given.batches * given.records > UPDATES * given.rows or given.rows % SPREAD == 0:
        sys.exit("--rows is too small: an order would be updated twice")
    spark = start_stream_session("bench stream_merges")
    days = [today() - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
    publish_base(spark, PLACE, days[0] - timedelta(days=1))
    from etl.model import load_with_parents  # noqa: PLC0415 - the release is on the path only now
    from etl.storage.lake import Lake  # noqa: PLC0415 - the same
    from etl.streaming.microbatch import MicroBatches  # noqa: PLC0415 - the same

    batches = MicroBatches(Lake(spark, str(PLACE)), load_with_parents(["orders"]), ["orders"])
    customer, product = (published_keys(spark, PLACE, name)[0] for name in ("customers", "products"))
    orders = Orders(spark, given.rows, customer, product)
    fill(batches, orders, days, min(FILLING, given.rows))
    seconds = []
    for number in range(given.batches):
        first = given.rows + number * given.records
        records = orders.merging(first, given.records, days[-1], number)
        seconds.append(timed(lambda records=records: batches.process(records)))
    check(given.rows, given.batches, given.records)
    report(seconds, given.records)
    print(f"JVM: {peak_gigabytes(spark):.1f} GB at its peak (asked: under 3)")
    spark.stop()
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    main()

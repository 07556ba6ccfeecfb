"""The original platform's two jobs in the way it wrote them, to compare with: see docs/benchmarks.md."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, StringType, TimestampType

START = datetime(2023, 1, 1)
PRODUCTS = ["laptop", "phone", "tablet", "monitor", "keyboard", "mouse"]
PARTS = 3


def generate(spark: SparkSession, rows: int, folder: str) -> None:
    """Three columns by Python UDFs around `random`, written as Parquet: other rows on every run."""
    product = F.udf(lambda: random.choice(PRODUCTS), StringType()).asNondeterministic()
    amount = F.udf(lambda: round(random.uniform(1, 1000), 2), DoubleType()).asNondeterministic()
    moment = F.udf(
        lambda: START + timedelta(seconds=random.randrange(63_072_000)), TimestampType()
    ).asNondeterministic()
    table = spark.range(rows).withColumn("product", product()).withColumn("amount", amount())
    table.withColumn("ordered_at", moment()).write.mode("overwrite").parquet(folder)


def split_and_save(table: DataFrame, rows: int, folder: str) -> None:
    """Take parts of the table by `limit` and the rest by `subtract`; each part overwrites the one before."""
    rest = table
    for _ in range(PARTS - 1):
        part = rest.limit(rows // PARTS)
        part.write.mode("overwrite").parquet(folder)
        rest = rest.subtract(part)
    rest.write.mode("overwrite").parquet(folder)

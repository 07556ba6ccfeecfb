"""Kafka to a validated live table, beside the same job without rules and a bare append of Spark.

    make install-stream .venv/etl/.test && .venv/etl/bin/python bench/stream.py [--events 1000000] [--runs 3]

All three read the same web events from one topic of a real broker, in turn, in one warm session, 250,000
records a micro-batch: the streaming job of the release; the same job with the contract's rules left out, so
that it archives, decides, merges and keeps a ledger, and checks nothing; and Spark's own append of the parsed
JSON to an Iceberg table. The job's time ends with its last ledger entry, so that the marts, which follow, do
not count. Targets: at most 1.5 times the time without rules, at least 45 % of the rows a second of the
append, a JVM under 3 GB.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Callable

from lake_session import ROOT, peak_gigabytes, start_stream_session
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from stream_lake import applied_at, clear_streams, entries, publish_yesterday, published_keys
from stream_topics import BOOTSTRAP, PARTITIONS, TOPIC, Events, broker, flush, producer
from turns import timed

PLACE = ROOT / "build" / "bench" / "stream"
LAKE = PLACE / "lake"

#: The two sides that validated streaming is compared with.
JOB, NO_RULES, APPEND = "validated", "no rules", "bare append"


class Sides:
    """The three ways from the topic to a table, each run on nothing."""

    def __init__(self, spark: SparkSession, events: int, batch: int) -> None:
        """Bind to a session; the topic has the events."""
        self._spark = spark
        self._events = events
        # Spark rounds the share of each partition down.
        self._batch = batch + PARTITIONS
        spark.conf.set("spark.sql.catalog.bare", "org.apache.iceberg.spark.SparkCatalog")
        spark.conf.set("spark.sql.catalog.bare.type", "hadoop")
        spark.conf.set("spark.sql.catalog.bare.warehouse", str(PLACE / "bare"))
        spark.conf.set("spark.sql.catalog.bare.cache-enabled", "false")

    def validated(self) -> float:
        """Run the streaming job of the release; return its seconds."""
        from etl.streaming import job  # noqa: PLC0415 - the release is on the path only now

        clear_streams(LAKE)
        began = time.time()
        job.run(
            self._spark,
            job.StreamOptions(
                bootstrap=BOOTSTRAP,
                datasets=[TOPIC],
                output=str(LAKE),
                checkpoint=str(LAKE / "streams" / "checkpoint"),
                available_now=True,
                max_records=self._batch,
            ),
        )
        last = entries(LAKE, TOPIC)[-1]
        self._check(last["totals"]["read"])
        return applied_at(last) - began

    def without_rules(self) -> float:
        """Run the same job with no rule in its contract; return its seconds."""
        with _no_rules():
            return self.validated()

    def bare_append(self) -> float:
        """Append the parsed JSON to a table; return the seconds."""
        from etl.model import load_contract  # noqa: PLC0415 - the release is on the path only now
        from etl.model.contract import table_ddl  # noqa: PLC0415 - the same

        shutil.rmtree(PLACE / "bare", ignore_errors=True)
        ddl = table_ddl((column.physical_name, column.type) for column in load_contract(TOPIC).raw_columns)
        formats = {"timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"}
        took = timed(lambda: self._append(F.from_json(F.col("value").cast("string"), ddl, formats)))
        self._check(self._spark.table("bare.live.events").count())
        return took

    def _append(self, parsed: Any) -> None:
        records = (
            self._spark.readStream.format("kafka")
            .option("kafka.bootstrap.servers", BOOTSTRAP)
            .option("subscribe", TOPIC)
            .option("startingOffsets", "earliest")
            .option("maxOffsetsPerTrigger", self._batch)
            .load()
        )
        writer = records.select(parsed.alias("event")).select("event.*").writeStream
        writer = writer.option("checkpointLocation", str(PLACE / "bare" / "checkpoint"))
        query = writer.trigger(availableNow=True).format("iceberg").outputMode("append")
        query.toTable("bare.live.events").awaitTermination()

    def _check(self, rows: int) -> None:
        if rows != self._events:
            sys.exit(f"{self._events:,} events were sent and {rows:,} processed: no figure is worth anything")


@contextmanager
def _no_rules() -> Iterator[None]:
    """Let the streaming job load contracts without rules."""
    from etl.streaming import job  # noqa: PLC0415 - the release is on the path only now

    load = job.load_with_parents

    def without_rules(names: Any) -> dict[str, Any]:
        return {
            name: replace(contract, columns=tuple(replace(column, rules=()) for column in contract.columns))
            for name, contract in load(names).items()
        }

    job.load_with_parents = without_rules
    try:
        yield
    finally:
        job.load_with_parents = load


def send(spark: SparkSession, events: int) -> None:
    """Send web events of published customers and products."""
    target = producer()
    customers, products = (published_keys(spark, LAKE, name) for name in ("customers", "products"))
    Events(customers, products).send(target, events)
    flush(target)


def report(seconds: dict[str, list[float]], events: int) -> None:
    """Print rows a second of each side, and the two ratios."""
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    print(f"{'side':12} {'median s':>9} {'min..max s':>15} {'rows/s':>9}")
    for name, taken in seconds.items():
        spread = f"{min(taken):.1f}..{max(taken):.1f}"
        print(f"{name:12} {medians[name]:9.1f} {spread:>15} {events / medians[name]:9,.0f}")
    print(f"time, {JOB} / {NO_RULES}: {medians[JOB] / medians[NO_RULES]:.2f} (asked: at most 1.5)")
    print(f"rows/s, {JOB} / {APPEND}: {medians[APPEND] / medians[JOB]:.2f} (asked: at least 0.45)")


def main() -> None:
    """Send the events, run the sides in turn after one turn that warms up, and print the figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--batch", type=int, default=250_000, help="records of a micro-batch")
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    with broker(PLACE / "broker"):
        spark = start_stream_session("bench stream")
        publish_yesterday(spark, LAKE)
        send(spark, given.events)
        sides = Sides(spark, given.events, given.batch)
        runs: dict[str, Callable[[], float]] = {
            JOB: sides.validated,
            NO_RULES: sides.without_rules,
            APPEND: sides.bare_append,
        }
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        for turn in range(given.runs + 1):
            for name, run in runs.items():
                took = run()
                if turn:
                    seconds[name].append(took)
        report(seconds, given.events)
        print(f"JVM: {peak_gigabytes(spark):.1f} GB at its peak (asked: under 3)")
        spark.stop()
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    main()

"""What a day's closing decides for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pyspark.sql import SparkSession

from batches import customer, order, run_pipeline, write_batch
from etl.streaming.closing import close_day
from stream_records import Topics, after, frame, open_streams, streamed_order

DAY = date(2024, 12, 31)


def test_records_that_wait_are_decided_by_what_is_published_when_their_day_closes(
    spark: SparkSession, stream_base: Path
) -> None:
    topics = Topics()
    topics.send("orders", "7", streamed_order(7, after(0), customer_id="3"), after(0))
    batches = open_streams(spark, stream_base, ["orders"])
    batches.process(frame(spark, topics.records))
    ledger = batches.streams["orders"].ledger
    assert ledger.last is not None
    assert ledger.last.totals["quarantined"] == 1
    # Customer 3 is published, and no record comes after that.
    today = order(2, updated_at="2024-12-31 09:00:00")
    write_batch(stream_base / "raw", DAY, [today], customers=[customer(3)])
    run_pipeline(spark, stream_base, DAY, "later")
    close_day(batches, DAY.isoformat())
    released = [entry.released["inserted"] for entry in ledger.of_day(DAY.isoformat())]
    assert sum(released) == 1

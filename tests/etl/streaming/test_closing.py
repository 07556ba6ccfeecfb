"""What a day's closing decides for good."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from pyspark.sql import SparkSession

from batches import customer, order, run_pipeline, write_batch
from etl.streaming import job
from etl.streaming.closing import close_day, require_arrived
from etl.streaming.microbatch import MicroBatches
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


def test_a_day_to_come_is_refused_by_the_clock_of_utc() -> None:
    # In the zone of the clock it is the next day already.
    now = datetime(2024, 12, 31, 23, 30, tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=2)))
    require_arrived("2024-12-31", now)
    with pytest.raises(ValueError, match=r"^2025-01-01 cannot be closed: .* name a day up to 2024-12-31"):
        require_arrived("2025-01-01", now)


def test_the_job_refuses_to_close_a_day_to_come_before_it_asks_brokers_or_the_lake(tmp_path: Path) -> None:
    day = (datetime.now(timezone.utc) + timedelta(days=2)).date().isoformat()
    options = job.StreamOptions(
        "127.0.0.1:1", ["orders"], str(tmp_path / "lake"), str(tmp_path / "checkpoint"), close=day
    )
    # Neither Spark nor a lake is there to be touched.
    with pytest.raises(ValueError, match=f"^{day} cannot be closed"):
        job.run(cast(SparkSession, None), options)
    with pytest.raises(ValueError, match=f"^{day} cannot be closed"):
        close_day(cast(MicroBatches, None), day)

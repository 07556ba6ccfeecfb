"""Records of Kafka by hand, and micro-batches of them: what the tests of streams are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from batches import order, run_pipeline, write_batch
from etl.model import Contract, load_with_parents
from etl.model.contract import table_ddl
from etl.sources.records import ARCHIVE_COLUMNS
from etl.storage.lake import Lake
from etl.streaming.microbatch import MicroBatches

#: What the tests stream, and the day that is published before.
STREAMED = ("orders", "web_events")
BASE_DAY = datetime(2024, 12, 30).date()

#: The first moment of the first day of the stream.
BEGIN = datetime(2024, 12, 31, tzinfo=timezone.utc)


@dataclass
class Topics:
    """Topics in memory: records get their offsets in the order in which they are sent."""

    partitions: int = 2
    records: list[dict[str, Any]] = field(default_factory=list)

    def send(self, topic: str, key: str, value: Any, at: datetime) -> dict[str, Any]:
        """Append a record; a value that is not bytes becomes JSON."""
        partition = sum(key.encode()) % self.partitions
        offset = sum(1 for each in self.records if (each["topic"], each["partition"]) == (topic, partition))
        content = value if isinstance(value, bytes) or value is None else json.dumps(value).encode()
        record = {
            "topic": topic,
            "partition": partition,
            "offset": offset,
            "timestamp": at.replace(tzinfo=None),
            "key": key.encode(),
            "value": content,
            "headers": None,
        }
        self.records.append(record)
        return record


def streamed_order(number: int, at: datetime, **values: Any) -> dict[str, Any]:
    """A sound order of customer 1 and product 1, of which this version was written at a moment."""
    moment = f"{at:%Y-%m-%d %H:%M:%S}"
    return {**order(number, updated_at=moment), "order_ts": "2024-12-30 08:00:00", **values}


def web_event(name: str, at: datetime, **values: Any) -> dict[str, Any]:
    """A sound page view; `name` is the last part of its id."""
    return {
        "event_id": f"00000000-0000-4000-8000-{int(name, 36):012x}",
        "event_time": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
        "event_type": "page_view",
        "session_id": "session-1",
        "url": "https://shop.example/lamps",
        "user_agent": "Mozilla/5.0",
        "language": "fr",
        **values,
    }


def frame(spark: SparkSession, records: Iterable[Mapping[str, Any]]) -> DataFrame:
    """Records as Kafka's source has them."""
    rows = [tuple(record[name] for name in ARCHIVE_COLUMNS) for record in records]
    return spark.createDataFrame(rows, table_ddl(ARCHIVE_COLUMNS.items()))


def published_base(spark: SparkSession, root: Path) -> None:
    """A lake with customers, products and one order, published for the day before the stream begins."""
    write_batch(root / "raw", BASE_DAY, [order(1)])
    run_pipeline(spark, root, BASE_DAY, "base")


def open_streams(
    spark: SparkSession,
    root: Path,
    datasets: Iterable[str] = STREAMED,
    contracts: Mapping[str, Contract] | None = None,
) -> MicroBatches:
    """Take the streams of a lake over, by the contracts of the release or by others."""
    lake = Lake(spark, str(root))
    return MicroBatches(lake, contracts or load_with_parents(datasets), list(datasets))


def after(seconds: float) -> datetime:
    """A moment of the stream."""
    return BEGIN + timedelta(seconds=seconds)

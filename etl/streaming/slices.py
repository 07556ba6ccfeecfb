"""Cuts a micro-batch into slices: records of one dataset and one run date, contiguous in each partition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.streaming.ledger import Ranges


@dataclass(frozen=True)
class Arrived:
    """Records of one partition that arrived in one second: how many, and their first and last offset."""

    topic: str
    partition: int
    second: int
    first: int
    last: int
    records: int

    @property
    def day(self) -> str:
        """The UTC day of the broker's clock."""
        return datetime.fromtimestamp(self.second, timezone.utc).date().isoformat()


@dataclass(frozen=True)
class Slice:
    """Records of one dataset and run date, by their offsets."""

    dataset: str
    run_date: str
    offsets: Ranges

    @property
    def size(self) -> int:
        """How many offsets the slice has; some may have no record."""
        return sum(end - begin for begin, end in self.offsets.values())

    def condition(self) -> Expression:
        """Whether a record of the dataset's topic belongs to the slice."""
        within = F.lit(False)
        for partition, (begin, end) in self.offsets.items():
            offset = F.col("offset")
            within = within | ((F.col("partition") == partition) & (offset >= begin) & (offset < end))
        return within


class GapError(RuntimeError):
    """Records are missing between what was read and what comes next."""


def count_arrivals(records: DataFrame) -> list[Arrived]:
    """Count records by topic, partition and second of their arrival."""
    second = F.unix_timestamp(F.date_trunc("second", "timestamp")).alias("second")
    counted = records.groupBy("topic", "partition", second).agg(
        F.min("offset").alias("first"), F.max("offset").alias("last"), F.count(F.lit(1)).alias("records")
    )
    return [Arrived(**row.asDict()) for row in counted.collect()]


def cut(
    dataset: str, arrived: Iterable[Arrived], next_offsets: Mapping[int, int], first_open: str
) -> list[Slice]:
    """Cut the records of a dataset, none of which was read before, into slices by run date.

    The run date of a record is the day of the broker's clock, and never before that of a record with a
    smaller offset, nor before `first_open`: where the clock goes back, the record counts for the later day.
    Raises GapError when a partition does not begin where the ledger ends.
    """
    slices: dict[str, dict[int, tuple[int, int]]] = {}
    for partition, of_partition in _by_partition(arrived).items():
        begin, end = min(each.first for each in of_partition), max(each.last for each in of_partition) + 1
        expected = next_offsets.get(partition, begin)
        if begin > expected:
            raise GapError(
                f"{of_partition[0].topic}, partition {partition}: the ledger ends at offset {expected}, and "
                f"the next record has offset {begin}: records between them were never read; see "
                "docs/guides/recover-lost-records.md"
            )
        days = sorted({max(each.day, first_open) for each in of_partition})
        starts = [
            min(each.first for each in of_partition if max(each.day, first_open) >= day) for day in days
        ]
        for day, first, last in zip(days, starts, [*starts[1:], end]):
            if first < last:
                slices.setdefault(day, {})[partition] = (first, last)
    return [Slice(dataset, day, slices[day]) for day in sorted(slices)]


def percentile_age(seconds: Mapping[int, int], now: float, share: float) -> float:
    """Return the age in seconds that a share of the records does not exceed: 0.95 is the 95th percentile.

    `seconds` counts the records that arrived in each second since 1970.
    """
    wanted, seen = share * sum(seconds.values()), 0
    for second in sorted(seconds, reverse=True):
        seen += seconds[second]
        if seen >= wanted:
            return max(now - second, 0.0)
    return 0.0


def next_day(day: str) -> str:
    """Return the day after."""
    return (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()


def _by_partition(arrived: Iterable[Arrived]) -> dict[int, list[Arrived]]:
    found: dict[int, list[Arrived]] = {}
    for each in arrived:
        found.setdefault(each.partition, []).append(each)
    return found

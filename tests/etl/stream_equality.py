"""Streams of histories in memory: cut into micro-batches, broken off at random, compared with the batch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pyspark.sql import SparkSession

from etl.model import Contract, load_contract, load_with_parents
from etl.storage.lake import Lake
from etl.streaming.closing import close_day
from etl.streaming.ledger import Ledger
from etl.streaming.live import Live
from etl.streaming.marts import MARTS, StreamMarts, mart_spec
from etl.streaming.microbatch import MicroBatches
from etl.streaming.serving import read_serving
from etl.streaming.verify import compare_day
from stream_records import STREAMED, Topics, frame, open_streams

#: Days of the histories.
DAYS = ("2024-12-31", "2025-01-01")

#: Where a run is broken off: before and after whatever changes what is stored.
_DOORS: tuple[tuple[Any, str], ...] = (
    (Lake, "write_folders"),
    (Live, "keep_versions"),
    (Live, "merge"),
    (Ledger, "decide"),
    (Ledger, "apply"),
    (StreamMarts, "_replace"),
)


class Broken(Exception):
    """The process ends here, as far as what is stored can tell."""


@contextmanager
def breaks(chosen: random.Random, share: float) -> Iterator[None]:
    """Let a share of the calls that change something fail, half of them after they have done it."""

    def breaking(method: Any) -> Any:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            if chosen.random() < share:
                raise Broken
            result = method(*arguments, **named)
            if chosen.random() < share:
                raise Broken
            return result

        return wrapped

    with ExitStack() as patches:
        for door, name in _DOORS:
            patches.enter_context(patch.object(door, name, breaking(getattr(door, name))))
        yield


def cuts_of(chosen: random.Random, topics: Topics) -> list[int]:
    """Return where the micro-batches of topics end, at random; the last one ends with the last record."""
    return [*sorted(chosen.sample(range(1, len(topics.records)), 2)), len(topics.records)]


def stream_through(
    spark: SparkSession,
    root: Path,
    topics: Topics,
    cuts: Sequence[int],
    chosen: random.Random,
    earlier: Mapping[str, Contract] | None = None,
) -> None:
    """Process all records, broken off at random; the first micro-batch by `earlier` contracts."""
    done, batches = 0, None
    while done < len(cuts):
        contracts = earlier if done == 0 else None
        try:
            with breaks(chosen, 0.03):
                batches = batches or open_streams(spark, root, contracts=contracts)
                # What was read before is there again, as after the loss of a checkpoint.
                batches.process(frame(spark, topics.records[: cuts[done]]))
                StreamMarts(batches).update()
            done += 1
            if contracts is not None:
                batches = None
        except Broken:
            batches = None


def compare_marts(lake: Lake, datasets: Sequence[str]) -> None:
    """Assert that the marts of streamed datasets are what their formulas make of what is served."""
    for mart in MARTS:
        if mart.dataset in datasets:
            computed = mart.transform(read_serving(lake, load_contract(mart.dataset)))
            spec = mart_spec(mart.name)
            kept = lake.spark.table(lake.tables.identifier(spec.zone, spec.name)).select(*computed.columns)
            assert sorted(map(str, kept.collect())) == sorted(map(str, computed.collect())), mart.name


def close_and_compare(spark: SparkSession, root: Path, topics: Topics) -> None:
    """Close the days; assert that batches and marts end as the stream did, and that no record is lost."""
    batches: MicroBatches = open_streams(spark, root)
    for day in DAYS:
        close_day(batches, day)
    StreamMarts(batches).update()
    lake, contracts = Lake(spark, str(root)), load_with_parents(STREAMED)
    compare_marts(lake, STREAMED)
    for day in DAYS:
        for name, parts in compare_day(lake, contracts, STREAMED, day).items():
            for part, difference in parts.items():
                assert difference.is_equal, (day, name, part, difference)
    for name in STREAMED:
        totals = batches.streams[name].ledger.last.totals
        sent = sum(1 for record in topics.records if record["topic"] == name)
        assert totals["read"] == sent
        assert sum(totals[each] for each in ("inserted", "updated", "superseded", "quarantined")) == sent
        assert totals["quarantined"] > 0

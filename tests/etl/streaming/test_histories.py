"""Random histories, cut into micro-batches and broken off at random: the stream ends as the batch does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pyspark.sql import SparkSession

from etl.model import load_with_parents
from etl.storage.lake import Lake
from etl.streaming.closing import close_day
from etl.streaming.ledger import Ledger
from etl.streaming.live import Live
from etl.streaming.microbatch import MicroBatches
from etl.streaming.verify import compare_day
from stream_histories import write_histories
from stream_records import STREAMED, Topics, frame, open_streams, published_base

#: Histories of each run, and runs: together more than 200.
HISTORIES = 101
SEEDS = (1, 2)

DAYS = ("2024-12-31", "2025-01-01")

#: Where a run is broken off: before and after whatever changes what is stored.
_DOORS = (
    (Lake, "write_folders"),
    (Live, "keep_versions"),
    (Live, "merge"),
    (Ledger, "decide"),
    (Ledger, "apply"),
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


def stream_through(spark: SparkSession, root: Path, topics: Topics, chosen: random.Random) -> int:
    """Process all records in random micro-batches; return how often it was broken off."""
    cuts = [*sorted(chosen.sample(range(1, len(topics.records)), 2)), len(topics.records)]
    broken, first, batches = 0, 0, None
    while first < len(cuts):
        try:
            with breaks(chosen, 0.03):
                batches = batches or open_streams(spark, root)
                # What was read before is there again, as after the loss of a checkpoint.
                batches.process(frame(spark, topics.records[: cuts[first]]))
            first += 1
        except Broken:
            broken, batches = broken + 1, None
    return broken


@pytest.fixture(scope="module")
def base(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with what the histories refer to."""
    root = tmp_path_factory.mktemp("base") / "lake"
    published_base(spark, root)
    return root


@pytest.mark.parametrize("seed", SEEDS)
def test_stream_equals_batch_of_random_histories(spark: SparkSession, base: Path, seed: int) -> None:
    # Tables name their files by whole path: every history is at the same place.
    before = base.with_name("before")
    if not before.exists():
        shutil.copytree(base, before)
    shutil.rmtree(base)
    shutil.copytree(before, base)
    chosen = random.Random(seed)
    topics = write_histories(chosen, HISTORIES)
    stream_through(spark, base, topics, chosen)
    batches: MicroBatches = open_streams(spark, base)
    for day in DAYS:
        close_day(batches, day)
    lake, contracts = Lake(spark, str(base)), load_with_parents(STREAMED)
    for day in DAYS:
        for name, parts in compare_day(lake, contracts, STREAMED, day).items():
            for part, difference in parts.items():
                assert difference.is_equal, (seed, day, name, part, difference)
    for name in STREAMED:
        totals = batches.streams[name].ledger.last.totals
        sent = sum(1 for record in topics.records if record["topic"] == name)
        assert totals["read"] == sent
        assert sum(totals[each] for each in ("inserted", "updated", "superseded", "quarantined")) == sent
        assert totals["quarantined"] > 0

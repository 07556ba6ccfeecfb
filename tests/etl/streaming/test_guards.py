"""What keeps a stream exact, guard by guard: without it the same history ends wrong."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.streaming import recovering
from etl.streaming.ledger import Ledger
from etl.streaming.live import Live
from etl.streaming.microbatch import MicroBatches
from etl.streaming.ownership import Ownership, TakenOverError
from stream_records import Topics, after, frame, open_streams, published_base, streamed_order


@pytest.fixture(scope="module")
def kept(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with customers and products, to be copied from."""
    root = tmp_path_factory.mktemp("guards") / "lake"
    published_base(spark, root)
    shutil.copytree(root, root.with_name("kept"))
    return root


@pytest.fixture
def root(kept: Path) -> Path:
    """The lake as it was, at the place that its tables name."""
    shutil.rmtree(kept)
    shutil.copytree(kept.with_name("kept"), kept)
    return kept


@contextmanager
def standing(owner: MicroBatches, door: type, name: str) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Let the thread of an owner stand before it calls a method, until it may go on."""
    reached, go_on = threading.Event(), threading.Event()
    method: Callable[..., Any] = getattr(door, name)

    def stands(self: Any, *arguments: Any, **named: Any) -> Any:
        if threading.current_thread().name == "stands" and not reached.is_set():
            reached.set()
            assert go_on.wait(120)
        return method(self, *arguments, **named)

    with patch.object(door, name, stands):
        yield reached, go_on


def processing(owner: MicroBatches, records: DataFrame) -> tuple[threading.Thread, list[Exception]]:
    """Process a micro-batch in a thread that may stand; what ends it is in the list."""
    ends: list[Exception] = []

    def process() -> None:
        try:
            owner.process(records)
        except Exception as error:
            ends.append(error)

    thread = threading.Thread(target=process, name="stands", daemon=True)
    thread.start()
    return thread, ends


def overtaken(
    spark: SparkSession, root: Path, door: type, name: str, number: int = 5
) -> tuple[Exception | None, bool]:
    """Stop an owner before a call; another takes over and goes on; then the first continues.

    The call is about a version of order 5, which is there already, or of a new one. Return what ended the
    first owner, and whether it has written to the live table after it was overtaken.
    """
    topics = Topics(partitions=1)
    first = open_streams(spark, root, ["orders"])
    topics.send("orders", "5", streamed_order(5, after(1)), after(1))
    first.process(frame(spark, topics.records))
    topics.send("orders", str(number), streamed_order(number, after(2), quantity="2"), after(2))
    with standing(first, door, name) as (reached, go_on):
        thread, ends = processing(first, frame(spark, topics.records))
        assert reached.wait(120)
        topics.send("orders", str(number), streamed_order(number, after(3), quantity="3"), after(3))
        second = open_streams(spark, root, ["orders"])
        second.process(frame(spark, topics.records))
        snapshot = second.live["orders"].snapshot()
        go_on.set()
        thread.join(120)
    return (ends[0] if ends else None), second.live["orders"].snapshot() != snapshot


def quantities(spark: SparkSession, root: Path, number: int = 5) -> list[int]:
    """What the live table says of an order."""
    rows = open_streams(spark, root, ["orders"]).live["orders"].rows().where(F.col("order_id") == number)
    return [row["quantity"] for row in rows.collect()]


def test_an_overtaken_owner_writes_nothing_more(spark: SparkSession, root: Path) -> None:
    ended, has_written = overtaken(spark, root, Ownership, "require")
    assert isinstance(ended, TakenOverError)
    assert not has_written
    assert quantities(spark, root) == [3]


def test_without_the_fence_an_overtaken_owner_writes(spark: SparkSession, root: Path) -> None:
    with patch.object(Ownership, "require", lambda *_: None):
        _, has_written = overtaken(spark, root, Live, "keep_versions")
    assert has_written


def test_a_merge_that_comes_too_late_changes_nothing(spark: SparkSession, root: Path) -> None:
    ended, _ = overtaken(spark, root, Live, "merge")
    assert isinstance(ended, TakenOverError)
    assert quantities(spark, root) == [3]


def test_a_merge_of_new_rows_that_comes_too_late_changes_nothing(spark: SparkSession, root: Path) -> None:
    ended, _ = overtaken(spark, root, Live, "merge", number=6)
    assert isinstance(ended, TakenOverError)
    assert quantities(spark, root, 6) == [3]


def test_without_the_entry_that_inserted_it_a_late_merge_brings_a_row_twice(
    spark: SparkSession, root: Path
) -> None:
    sql = SparkSession.sql

    def updates_all(self: SparkSession, query: str, *arguments: Any, **named: Any) -> Any:
        return sql(self, re.sub("UPDATE SET .* WHEN", "UPDATE SET * WHEN", query), *arguments, **named)

    with patch.object(SparkSession, "sql", updates_all):
        overtaken(spark, root, Live, "merge", number=6)
    assert sorted(quantities(spark, root, 6)) == [2, 3]


def test_without_the_clause_for_newer_rows_a_late_merge_brings_an_old_version_back(
    spark: SparkSession, root: Path
) -> None:
    sql = SparkSession.sql

    def merges_all(self: SparkSession, query: str, *arguments: Any, **named: Any) -> Any:
        return sql(self, query.replace("AND new.`updated_at` > old.`updated_at`", ""), *arguments, **named)

    with patch.object(SparkSession, "sql", merges_all):
        overtaken(spark, root, Live, "merge")
    assert quantities(spark, root) == [2]


def decided_late(spark: SparkSession, root: Path) -> None:
    """Stop an owner when it decides; another takes over, and processes only after the first has ended."""
    topics = Topics(partitions=1)
    topics.send("orders", "5", streamed_order(5, after(1), quantity="4"), after(1))
    first = open_streams(spark, root, ["orders"])
    with standing(first, Ledger, "decide") as (reached, go_on):
        thread, ends = processing(first, frame(spark, topics.records))
        assert reached.wait(120)
        second = open_streams(spark, root, ["orders"])
        go_on.set()
        thread.join(120)
    assert isinstance(ends[0], TakenOverError)
    second.process(frame(spark, topics.records))


def test_what_an_overtaken_owner_decides_is_refused(spark: SparkSession, root: Path) -> None:
    decided_late(spark, root)
    assert quantities(spark, root) == [4]


def test_without_an_entry_of_the_new_owner_a_late_decision_ends_it(spark: SparkSession, root: Path) -> None:
    with patch.object(recovering, "note", lambda *_: None), pytest.raises(TakenOverError):
        decided_late(spark, root)


def test_records_that_the_ledger_has_are_passed_over(spark: SparkSession, root: Path) -> None:
    assert _read_twice(spark, root) == 4


def test_without_the_ledger_records_are_counted_twice(spark: SparkSession, root: Path) -> None:
    with (
        patch.object(MicroBatches, "_is_new", lambda _: F.lit(True)),
        patch.object(Ledger, "next_offsets", {}),
    ):
        assert _read_twice(spark, root) == 8


def _read_twice(spark: SparkSession, root: Path) -> int:
    topics = Topics()
    for number in range(4):
        topics.send("orders", str(number), streamed_order(number + 10, after(1)), after(1))
    for _ in range(2):
        batches = open_streams(spark, root, ["orders"])
        batches.process(frame(spark, topics.records))
    last = batches.streams["orders"].ledger.last
    assert last is not None
    return last.totals["read"]

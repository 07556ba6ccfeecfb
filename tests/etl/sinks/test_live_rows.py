"""The job `index` while a stream runs: live rows, late versions, and the day after it is closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch, helpers
from pyspark.sql import SparkSession

from batches import run_of
from etl.batch import curate, ingest, marts
from etl.model import load_contract
from etl.sinks import search
from etl.sinks.documents import HASH, ID, ROW_HASH, documents
from etl.sinks.search import IndexOptions, index_rows
from etl.storage.lake import Lake
from etl.streaming import job
from etl.streaming.closing import evict_published
from etl.streaming.job import StreamOptions
from kafka_broker import Broker, ledger
from search_server import SearchServer
from search_targets import LIVE_TARGETS as TARGETS
from stream_records import (
    BASE_DAY,
    BEGIN,
    STREAMED,
    Topics,
    after,
    open_streams,
    published_base,
    streamed_order,
    web_event,
)

DAY = BEGIN.date()
#: Seconds that the stream has for a few records, on a busy machine.
PATIENCE = 240


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker with the topics."""
    started = Broker(tmp_path_factory.mktemp("broker"))
    for name in STREAMED:
        started.make_topic(name)
    yield started
    started.kill()


@pytest.fixture
def client(search_server: SearchServer) -> Iterator[OpenSearch]:
    """A client of a server without indices."""
    with search_server.client as client:
        client.indices.delete("*,-.*")
        yield client


@pytest.fixture
def index(
    spark: SparkSession, search_server: SearchServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[str, Any]]:
    """Runs the job for both datasets; the contract of orders names no search, so its target is that above."""
    monkeypatch.setattr(search, "load_search", TARGETS.__getitem__)
    # The day of the records is long past: without this, it would be closed as soon as they are read.
    monkeypatch.setattr(job, "due_days", lambda *_: [])
    root = tmp_path / "lake"

    def run() -> dict[str, Any]:
        search.run(spark, IndexOptions(search_server.url, tuple(TARGETS), str(root), "live"))
        result: dict[str, Any] = Lake(spark, str(root)).files.read_json("runs/run=live/index.json")[
            "datasets"
        ]
        return result

    return run


def sources(client: OpenSearch, alias: str) -> dict[str, dict[str, Any]]:
    """The documents behind an alias, by identifier."""
    client.indices.refresh(index=alias)
    return {hit["_id"]: hit["_source"] for hit in helpers.scan(client, index=alias)}


def quantities(client: OpenSearch) -> dict[str, int]:
    """The quantity of each order in the index."""
    return {name: source["quantity"] for name, source in sources(client, "orders").items()}


def send(broker: Broker, topics: Topics, *orders: tuple[int, float, int]) -> None:
    """Send versions of orders: number, second of the version, quantity; and an event for each."""
    before = len(topics.records)
    arrives = 2_000 + before
    for number, second, quantity in orders:
        document = streamed_order(number, after(second), quantity=str(quantity))
        topics.send("orders", str(number), document, after(arrives))
        event = web_event(f"{number}{quantity}", after(second), order_id=number)
        topics.send("web_events", str(number), event, after(arrives))
    broker.send(topics.records[before:])


def index_until_read(root: Path, index: Callable[[], Any], records: int) -> None:
    """Run the job again and again while the stream reads, and once after it has read so many records."""
    end = time.monotonic() + PATIENCE
    while sum(read_of(root, name) for name in STREAMED) < records:
        assert time.monotonic() < end, [ledger(root, name)[-1:] for name in STREAMED]
        index()
    index()


def read_of(root: Path, dataset: str) -> int:
    """Records of a dataset that the ledger has."""
    entries = ledger(root, dataset) if (root / "stream_ledger" / dataset).exists() else []
    return int(entries[-1]["totals"]["read"]) if entries else 0


def assert_equals_published(client: OpenSearch, lake: Lake) -> None:
    """The index has the published rows and nothing else, by the digest of each."""
    for name, target in TARGETS.items():
        rows = lake.read_table(lake.published().tables[name], load_contract(name).ddl)
        made = documents(rows.select(*[field.name for field in target.fields]), target).collect()
        found = {key: source[ROW_HASH] for key, source in sources(client, target.alias).items()}
        assert found == {row[ID]: row[HASH] for row in made}
        assert found


def test_live_rows_are_found_while_the_stream_runs_and_published_ones_after_its_day(
    spark: SparkSession,
    broker: Broker,
    client: OpenSearch,
    index: Callable[[], dict[str, Any]],
    tmp_path: Path,
) -> None:
    root, topics, ended = tmp_path / "lake", Topics(), threading.Event()
    published_base(spark, root)
    lake = Lake(spark, str(root))
    options = StreamOptions(
        **{"bootstrap": broker.bootstrap, "datasets": STREAMED, "output": str(root)},
        checkpoint=str(root / "checkpoint"),
        trigger_seconds=0.5,
        max_records=25,
        until=ended.is_set,
    )
    with ThreadPoolExecutor(1) as pool:
        stream = pool.submit(job.run, spark, options)
        try:
            first = range(100, 120)
            send(broker, topics, *[(number, number, 1) for number in first])
            index_until_read(root, index, 40)
            # Order 1 is published, the others are live alone.
            assert quantities(client) == {"1": 2, **{str(number): 1 for number in first}}
            assert len(sources(client, "web_events")) == 20
            assert "web_events" not in lake.published().tables
            stale = search.rows_of(lake, TARGETS["orders"])
            newer, late = [(number, 1_000, 9) for number in range(100, 105)], [(110, 50, 7), (111, 60, 7)]
            send(broker, topics, *newer, *late)
            index_until_read(root, index, 54)
        finally:
            ended.set()
        stream.result()
    expected = {"1": 2, **{str(number): 9 if number < 105 else 1 for number in first}}
    assert quantities(client) == expected
    # A run that read its rows before the newer versions came, and sends them after.
    overtaken = index_rows(lake, client, TARGETS["orders"], stale, "overtaken")
    assert (overtaken["written"], overtaken["newer"], overtaken["deleted"]) == (0, 5, 0)
    assert quantities(client) == expected

    close_and_publish(spark, root, options)
    published = index()
    # The batch of the day has the rows that were live: nothing changes.
    for name in TARGETS:
        assert (published[name]["written"], published[name]["deleted"]) == (0, 0), published
    assert_equals_published(client, lake)
    now = datetime.now(timezone.utc) + timedelta(minutes=11)
    assert evict_published(open_streams(spark, root), now, timedelta(minutes=10))
    assert index() == published
    assert_equals_published(client, lake)


def close_and_publish(spark: SparkSession, root: Path, options: StreamOptions) -> None:
    """Close the day, and run its batch."""
    job.run(spark, replace(options, available_now=True, close=DAY.isoformat()))
    for name in ("customers", "products"):
        source = root / "raw" / name / f"run_date={BASE_DAY}"
        source.rename(source.with_name(f"run_date={DAY}"))
    run = run_of(root, DAY, "of-the-day")
    for stage in (ingest, curate, marts):
        stage.run(spark, run)

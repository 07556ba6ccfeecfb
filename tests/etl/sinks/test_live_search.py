"""A stream that brings its rows into a real OpenSearch while it runs."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch, helpers
from pyspark.sql import DataFrame, SparkSession

from etl.sinks import live_search, search
from etl.sinks.live_search import BehindError, LiveSearch, following_search
from etl.sinks.search import index_table
from etl.storage.lake import Lake
from etl.streaming import job
from etl.streaming.job import StreamOptions
from kafka_broker import Broker
from search_server import SearchServer
from search_targets import LIVE_TARGETS
from stream_records import (
    STREAMED,
    Topics,
    after,
    frame,
    open_streams,
    published_base,
    streamed_order,
    web_event,
)

ORDERS = LIVE_TARGETS["orders"]


@pytest.fixture(scope="module")
def base(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with customers, products and order 1, and a copy of it beside."""
    root = tmp_path_factory.mktemp("base") / "lake"
    published_base(spark, root)
    shutil.copytree(root, root.with_name("kept"))
    return root


@pytest.fixture
def root(base: Path) -> Path:
    """The lake as it was before any test, at the place that its tables name."""
    shutil.rmtree(base)
    shutil.copytree(base.with_name("kept"), base)
    return base


@pytest.fixture
def client(search_server: SearchServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSearch]:
    """A client of a server without indices; the streams search as tests do."""
    monkeypatch.setattr(live_search, "searched", lambda names: [LIVE_TARGETS[name] for name in names])
    with search_server.client as client:
        client.indices.delete("*,-.*")
        yield client


@pytest.fixture
def process(spark: SparkSession, root: Path) -> Callable[..., Any]:
    """Processes orders, and an event for each, as one micro-batch; returns the streams."""
    topics, streams = Topics(), open_streams(spark, root)

    def of(*orders: tuple[int, float, str]) -> Any:
        send(topics, *orders)
        streams.process(frame(spark, topics.records))
        return streams

    return of


def send(topics: Topics, *orders: tuple[int, float, str]) -> None:
    """Append versions of orders to topics, and an event for each."""
    for number, second, quantity in orders:
        arrives = after(2_000 + len(topics.records))
        document = streamed_order(number, after(second), quantity=quantity)
        topics.send("orders", str(number), document, arrives)
        topics.send("web_events", str(number), web_event(f"{number}{quantity}", after(second)), arrives)


def quantities(client: OpenSearch) -> dict[str, int]:
    """The quantity of each order in the index."""
    client.indices.refresh(index="orders")
    return {hit["_id"]: hit["_source"]["quantity"] for hit in helpers.scan(client, index="orders")}


def events(client: OpenSearch) -> int:
    """How many events people find."""
    client.indices.refresh(index="web_events")
    return int(client.count(index="web_events")["count"])


def test_each_micro_batch_brings_its_rows_and_late_versions_never_win(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any]
) -> None:
    follower = LiveSearch(process((2, 10, "1")), search_server.url)
    follower.update()
    # The first time everything is compared, so that the published order is there, too.
    assert quantities(client) == {"1": 2, "2": 1}
    assert events(client) == 1
    process((2, 20, "5"), (3, 20, "1"))
    process((2, 15, "9"), (1, 30, "4"))
    follower.update()
    assert quantities(client) == {"1": 4, "2": 5, "3": 1}
    assert events(client) == 5


def test_several_versions_in_one_update_leave_the_newest(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any]
) -> None:
    follower = LiveSearch(process((2, 10, "1")), search_server.url)
    follower.update()
    for second in (20, 30, 40):
        process((2, second, str(second)))
    follower.update()
    assert quantities(client) == {"1": 2, "2": 40}


def test_only_what_is_new_is_sent(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any], caplog: Any
) -> None:
    streams = process((2, 10, "1"))
    LiveSearch(streams, search_server.url).update()
    process((3, 10, "1"), (4, 10, "1"))
    caplog.set_level(logging.INFO, "etl")
    follower = LiveSearch(streams, search_server.url)
    follower.update()
    follower.update()
    told = [each.__dict__ for each in caplog.records if each.message == "indexed"]
    assert [(each["dataset"], each["written"], each["refused"]) for each in told] == [
        ("orders", 2, 0),
        ("web_events", 2, 0),
    ]
    assert quantities(client) == {"1": 2, "2": 1, "3": 1, "4": 1}


def test_what_was_sent_before_a_kill_is_sent_again(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    process: Callable[..., Any],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    streams = process((2, 10, "1"))
    LiveSearch(streams, search_server.url).update()
    process((2, 20, "5"), (3, 20, "1"))
    follower = LiveSearch(streams, search_server.url)
    with monkeypatch.context() as patched:
        patched.setattr(live_search._Dataset, "_note", _killed)
        with pytest.raises(KeyboardInterrupt):
            follower.update()
    follower = LiveSearch(open_streams(spark, root), search_server.url)
    follower.update()
    assert quantities(client) == {"1": 2, "2": 5, "3": 1}
    assert events(client) == 3


def _killed(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_server_that_is_away_holds_up_nothing_and_gets_everything_in_the_end(
    client: OpenSearch,
    process: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: Any,
) -> None:
    monkeypatch.setattr(live_search, "_FIRST_REST", 0.0)
    server = SearchServer(tmp_path / "server")
    try:
        follower = LiveSearch(process((2, 10, "1")), server.url)
        follower.update()
        server.kill()
        process((2, 20, "5"))
        follower.update(due=True)
        assert "search is behind" in caplog.text
        process((3, 20, "1"))
        with pytest.raises(BehindError, match=r"orders: http://\S+ has 1 of 3 entries"):
            follower.update()
        server.start()
        follower.update(due=True)
        with server.client as restarted:
            assert quantities(restarted) == {"1": 2, "2": 5, "3": 1}
            assert events(restarted) == 3
    finally:
        server.kill()


def test_a_server_that_lost_its_data_is_compared_with_the_tables(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    process: Callable[..., Any],
    root: Path,
) -> None:
    LiveSearch(process((2, 10, "1")), search_server.url).update()
    client.indices.delete("*,-.*")
    process((3, 20, "1"))
    LiveSearch(open_streams(spark, root), search_server.url).update()
    assert quantities(client) == {"1": 2, "2": 1, "3": 1}
    assert events(client) == 2


def test_a_server_without_room_gets_the_rest_with_the_next_update(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any]
) -> None:
    follower = LiveSearch(process((2, 10, "1")), search_server.url)
    follower.update()
    process(*[(number, 20, "1") for number in range(3, 40)])
    # What a server does to its indices when the disk is nearly full.
    full = "index.blocks.read_only_allow_delete"
    client.indices.put_settings({full: True}, index="orders")
    with pytest.raises(BehindError, match=r"has 1 of 2 entries .*: the server had no room for 37 documents"):
        follower.update()
    client.indices.put_settings({full: None}, index="orders")
    follower.update()
    assert quantities(client) == {"1": 2, **{str(number): 1 for number in range(2, 40)}}


def test_what_the_server_refuses_is_in_quarantine_with_its_reason(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    process: Callable[..., Any],
    root: Path,
) -> None:
    follower = LiveSearch(process((2, 10, "1")), search_server.url)
    follower.update()
    (index,) = client.indices.get_alias(name="orders")
    client.indices.put_mapping(index=index, body={"properties": {"status": {"type": "date"}}})
    process((3, 20, "1"))
    follower.update()
    assert quantities(client) == {"1": 2, "2": 1}
    (folder,) = (root / "quarantine" / "search_orders").iterdir()
    assert folder.name.startswith("run=stream-")
    (refused,) = spark.read.parquet(str(folder)).collect()
    assert refused["_id"] == "3"
    assert "failed to parse field [status] of type [date]" in refused["reason"]


def test_rows_that_come_while_the_whole_index_is_compared_stay(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any], root: Path, monkeypatch: Any
) -> None:
    streams = process((2, 10, "1"))
    follower = LiveSearch(streams, search_server.url)
    follower.update()
    read = search.rows_of

    def overtaken(lake: Lake, target: Any) -> DataFrame:
        rows = read(lake, target).localCheckpoint()
        monkeypatch.setattr(search, "rows_of", read)
        process((2, 20, "5"), (3, 20, "1"))
        follower.update()
        return rows

    monkeypatch.setattr(search, "rows_of", overtaken)
    result = index_table(streams.lake, client, ORDERS, "beside")
    assert result["deleted"] == 0
    assert quantities(client) == {"1": 2, "2": 5, "3": 1}


def test_another_release_that_indexes_the_dataset_is_not_disturbed(
    search_server: SearchServer, client: OpenSearch, process: Callable[..., Any], monkeypatch: Any
) -> None:
    streams = process((2, 10, "1"))
    follower = LiveSearch(streams, search_server.url)
    follower.update()
    template = json.loads(json.dumps(ORDERS.template).replace('"live"', '"later"'))
    index_table(streams.lake, client, replace(ORDERS, hash="later", template=template), "later")
    process((3, 20, "1"))
    with pytest.raises(BehindError, match="orders_v1-live is gone: another run has replaced it"):
        follower.update()
    assert set(client.indices.get("orders*")) == {"orders_v1-later"}


def test_streams_without_a_searched_dataset_are_refused(
    search_server: SearchServer, process: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_search, "searched", lambda _: [])
    with pytest.raises(ValueError, match="orders, web_events: no contract names an OpenSearch server"):
        LiveSearch(process((2, 10, "1")), search_server.url)


def test_the_job_brings_everything_that_it_has_read(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The day of the records is long past: without this, it would be closed as soon as they are read.
    monkeypatch.setattr(job, "due_days", lambda *_: [])
    broker, topics = Broker(tmp_path / "broker"), Topics()
    try:
        for name in STREAMED:
            broker.make_topic(name)
        send(topics, *[(number, 10, "1") for number in range(2, 12)])
        broker.send(topics.records)
        options = StreamOptions(
            **{"bootstrap": broker.bootstrap, "datasets": STREAMED, "output": str(root)},
            **{"checkpoint": str(root / "checkpoint"), "available_now": True, "max_records": 7},
            followers=(following_search(search_server.url),),
        )
        job.run(spark, options)
    finally:
        broker.kill()
    assert quantities(client) == {"1": 2, **{str(number): 1 for number in range(2, 12)}}
    assert events(client) == 10

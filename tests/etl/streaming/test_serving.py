"""What is served has every key once, in Spark and in DuckDB, while a day is published and evicted."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb
from pyspark.sql import Row, SparkSession

from batches import run_of
from engines import in_utc, stored
from etl.batch import curate, ingest, marts
from etl.batch.transforms.marts import revenue_by_day
from etl.model import load_contract, load_mart
from etl.storage.lake import Lake
from etl.streaming.closing import close_day, evict_published
from etl.streaming.marts import StreamMarts, mart_spec
from etl.streaming.microbatch import MicroBatches
from etl.streaming.serving import read_serving, serving_sql
from etl.streaming.transforms.marts import revenue_by_minute, session_funnel
from etl.streaming.transforms.search_terms import search_terms
from stream_records import (
    BEGIN,
    Topics,
    after,
    frame,
    open_streams,
    published_base,
    streamed_order,
    web_event,
)

DAY = BEGIN.date()


def streamed(spark: SparkSession, root: Path) -> MicroBatches:
    """A published order 1, which the stream updates, and orders 2 and 3 with several versions."""
    published_base(spark, root)
    topics = Topics()
    for number, seconds in ((1, 10), (2, 10), (2, 20), (3, 30)):
        document = streamed_order(number, after(seconds), quantity=str(seconds))
        topics.send("orders", str(number), document, after(seconds))
    for name, step in (("a", "page_view"), ("b", "search"), ("c", "checkout")):
        topics.send("web_events", name, web_event(name, after(40), event_type=step, order_id=2), after(40))
    batches = open_streams(spark, root)
    batches.process(frame(spark, topics.records))
    return batches


def served(lake: Lake, name: str = "orders") -> list[tuple[int, int]]:
    """Keys and quantities that are served."""
    rows = read_serving(lake, load_contract(name)).select("order_id", "quantity").collect()
    return sorted((row[0], row[1]) for row in rows)


def publish(spark: SparkSession, root: Path) -> None:
    """Run the batch of the day."""
    run = run_of(root, DAY, "of-the-day")
    ingest.run(spark, run)
    curate.run(spark, run)
    marts.run(spark, run)


def kept(lake: Lake, name: str) -> list[Row]:
    """The rows of a mart of the stream."""
    spec = mart_spec(name)
    columns = [column.name for column in load_mart(name).columns]
    return lake.spark.table(lake.tables.identifier(spec.zone, spec.name)).select(*columns).collect()


def test_readers_see_every_key_once_before_while_and_after_a_day_is_published(
    spark: SparkSession, tmp_path: Path
) -> None:
    batches, lake = streamed(spark, tmp_path), Lake(spark, str(tmp_path))
    expected = [(1, 10), (2, 20), (3, 30)]
    assert served(lake) == expected
    close_day(batches, DAY.isoformat())
    wrong: list[list[tuple[int, int]]] = []
    looks, ended = [0], threading.Event()

    def look() -> None:
        while not ended.is_set():
            found = served(lake)
            looks[0] += 1
            wrong.extend([found] if found != expected else [])

    reader = threading.Thread(target=look)
    reader.start()
    for name in ("customers", "products"):
        source = tmp_path / "raw" / name / f"run_date={DAY - timedelta(days=1)}"
        source.rename(source.with_name(f"run_date={DAY}"))
    publish(spark, tmp_path)
    assert batches.live["orders"].days() == [DAY.isoformat()]
    now = datetime.now(timezone.utc)
    assert evict_published(batches, now, timedelta(minutes=10)) == []
    assert evict_published(batches, now + timedelta(minutes=11), timedelta(minutes=10)) == [
        f"orders {DAY}",
        f"web_events {DAY}",
    ]
    ended.set()
    reader.join()
    assert served(lake) == expected
    assert batches.live["orders"].days() == []
    assert looks[0] > 0
    assert wrong == []


def test_duckdb_serves_the_same(spark: SparkSession, tmp_path: Path) -> None:
    streamed(spark, tmp_path)
    connection = duckdb.connect()
    for zone in ("curated", "live"):
        found = connection.from_arrow(stored(tmp_path, zone, "orders"))
        found.project(", ".join(map(in_utc, found.columns, found.types))).create_view(f"{zone}_orders")
    query = serving_sql(load_contract("orders"), "curated_orders", "live_orders")
    rows = connection.sql(f"SELECT order_id, quantity FROM ({query})").fetchall()
    assert sorted(rows) == served(Lake(spark, str(tmp_path)))


def test_marts_of_the_stream_equal_the_formula_on_what_is_served(spark: SparkSession, tmp_path: Path) -> None:
    batches, lake = streamed(spark, tmp_path), Lake(spark, str(tmp_path))
    # Events just after midnight count for the searches of the day before, too.
    assert StreamMarts(batches).update() == {"revenue_by_minute": 1, "session_funnel": 1, "search_terms": 2}
    assert StreamMarts(batches).update() == {}
    topics = Topics()
    # An order moves to another minute, and another one is cancelled.
    moved = streamed_order(2, after(50), order_ts="2024-12-30 09:30:00")
    for number, document in ((2, moved), (3, streamed_order(3, after(50), status="cancelled"))):
        record = topics.send("orders", str(number), document, after(60))
        record["offset"] += batches.streams["orders"].ledger.next_offsets.get(record["partition"], 0)
    topics.send("web_events", "d", web_event("d", after(60), session_id="session-2"), after(60))
    last = topics.records[-1]
    last["offset"] += batches.streams["web_events"].ledger.next_offsets.get(last["partition"], 0)
    batches.process(frame(spark, topics.records))
    assert StreamMarts(batches).update() == {"revenue_by_minute": 2, "session_funnel": 1, "search_terms": 2}
    for name, dataset, formula in (
        ("revenue_by_minute", "orders", revenue_by_minute),
        ("session_funnel", "web_events", session_funnel),
    ):
        computed = formula(read_serving(lake, load_contract(dataset))).collect()
        assert sorted(map(str, kept(lake, name))) == sorted(map(str, computed)), name
    minutes = revenue_by_minute(read_serving(lake, load_contract("orders")))
    days = revenue_by_day(read_serving(lake, load_contract("orders")))
    assert minutes.agg({"orders": "sum"}).collect() == days.agg({"orders": "sum"}).collect()


def test_what_follows_a_search_after_midnight_is_counted_on_the_search_s_day(
    spark: SparkSession, tmp_path: Path
) -> None:
    published_base(spark, tmp_path)
    batches, lake = open_streams(spark, tmp_path), Lake(spark, str(tmp_path))
    ledger, midnight = batches.streams["web_events"].ledger, 24 * 3600
    searches = [(name, {"event_type": "search", "search_text": "Lamp"}) for name in "abcdf"]
    steps = [(f"1{name}", midnight - 600, name, values) for name, values in searches]
    later = [("2a", midnight + 300, "a", {"product_id": 1}), ("2g", midnight + 300, "g", searches[0][1])]
    touched = []
    for events in (steps, later, [("3b", midnight + 600, "b", {"product_id": 1})]):
        topics = Topics()
        for name, seconds, session, values in events:
            event = web_event(name, after(seconds), session_id=session, **values)
            topics.send("web_events", name, event, after(seconds))
        for record in topics.records:
            record["offset"] += ledger.next_offsets.get(record["partition"], 0)
        batches.process(frame(spark, topics.records))
        touched.append(StreamMarts(batches).update()["search_terms"])
    assert touched == [1, 2, 2]
    assert [tuple(row) for row in kept(lake, "search_terms")] == [(DAY, "fr", "lamp", 5, 5, 2, 0, 0.6)]
    assert (
        kept(lake, "search_terms") == search_terms(read_serving(lake, load_contract("web_events"))).collect()
    )

"""The streaming job on a real broker: it reads every record once, and says when records are gone."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from etl.model import load_with_parents
from etl.storage.lake import Lake
from etl.streaming import job, marts
from etl.streaming.closing import due_days
from etl.streaming.job import StreamOptions
from etl.streaming.live import Live
from etl.streaming.offsets import LossError
from etl.streaming.slices import GapError
from etl.streaming.upkeep import StreamUpkeep
from etl.streaming.verify import compare_day
from kafka_broker import Broker, ledger
from stream_equality import close_and_compare
from stream_histories import write_histories
from stream_records import STREAMED, Topics, after, published_base, streamed_order, web_event

DAY = "2024-12-31"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker for this file."""
    started = Broker(tmp_path_factory.mktemp("broker"))
    yield started
    started.kill()


@pytest.fixture(scope="module")
def base(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with customers and products."""
    root = tmp_path_factory.mktemp("base") / "lake"
    published_base(spark, root)
    return root


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The days of the records are long past: without this, each would be closed as soon as it is read."""
    monkeypatch.setattr(job, "due_days", lambda *_: [])


@pytest.fixture
def options(broker: Broker, base: Path) -> Iterator[StreamOptions]:
    """A stream into a fresh copy of the lake, at the place that its tables name, with fresh topics."""
    kept = base.with_name("kept")
    if not kept.exists():
        shutil.copytree(base, kept)
    shutil.rmtree(base)
    shutil.copytree(kept, base)
    for name in STREAMED:
        broker.make_topic(name)
    yield StreamOptions(
        bootstrap=broker.bootstrap,
        datasets=STREAMED,
        output=str(base),
        checkpoint=str(base / "checkpoint"),
        available_now=True,
        max_records=40,
    )
    for name in STREAMED:
        broker.delete_topic(name)


def send_some(broker: Broker, topics: Topics, first: int, count: int) -> None:
    """Send orders, and an event for each that names it; every tenth order is refused."""
    before = len(topics.records)
    for number in range(first, first + count):
        values = {"status": "lost"} if number % 10 == 0 else {}
        topics.send("orders", str(number), streamed_order(number, after(number), **values), after(number))
        event = web_event(str(number), after(number), order_id=number)
        topics.send("web_events", str(number), event, after(number))
    broker.send(topics.records[before:])


def totals(root: Path, dataset: str) -> dict[str, int]:
    """Records by disposition, as the last entry has them."""
    return dict(ledger(root, dataset)[-1]["totals"])


def test_every_record_is_read_once_whatever_becomes_of_the_checkpoint(
    spark: SparkSession, broker: Broker, options: StreamOptions
) -> None:
    topics, root = Topics(), Path(options.output)
    send_some(broker, topics, 100, 50)
    job.run(spark, options)
    shutil.rmtree(options.checkpoint)
    send_some(broker, topics, 150, 30)
    broker.kill()
    broker.start()
    job.run(spark, options)
    job.run(spark, replace(options, checkpoint=str(root / "another"), close=DAY))
    assert totals(root, "orders") == {
        "read": 80, "inserted": 72, "updated": 0, "superseded": 0, "quarantined": 8, "holes": 0,
    }  # fmt: skip
    # An event that names a refused order is refused, too.
    assert totals(root, "web_events")["quarantined"] == 8
    manifest = json.loads((root / f"raw/orders/run_date={DAY}/archive.manifest").read_text())
    assert manifest["records"] == 80
    lake, contracts = Lake(spark, str(root)), load_with_parents(STREAMED)
    for parts in compare_day(lake, contracts, STREAMED, DAY).values():
        assert all(difference.is_equal for difference in parts.values())


def test_records_after_a_day_was_closed_count_for_the_next(
    spark: SparkSession, broker: Broker, options: StreamOptions
) -> None:
    topics, root = Topics(), Path(options.output)
    send_some(broker, topics, 100, 3)
    job.run(spark, replace(options, close=DAY))
    send_some(broker, topics, 200, 3)
    job.run(spark, options)
    assert [entry["run_date"] for entry in ledger(root, "orders") if entry["counts"]["read"]] == [
        "2024-12-31",
        "2025-01-01",
    ]


def test_days_close_by_themselves_once_nothing_of_them_can_arrive(
    spark: SparkSession, broker: Broker, options: StreamOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2025, 1, 1, 1, tzinfo=timezone.utc)
    monkeypatch.setattr(job, "due_days", lambda batches, brokers, _: due_days(batches, brokers, now))
    root = Path(options.output)
    send_some(broker, Topics(), 100, 3)
    job.run(
        spark,
        replace(
            options,
            available_now=False,
            trigger_seconds=0.5,
            until=(root / f"raw/web_events/run_date={DAY}").exists,
        ),
    )
    assert ledger(root, "orders")[-1]["closed"] == DAY


def test_upkeep_and_marts_beside_micro_batches_change_no_row(
    spark: SparkSession, broker: Broker, options: StreamOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((job, "_LOOK"), (job, "_UPKEEP"), (marts, "LEAST_REST"), (marts, "REST")):
        monkeypatch.setattr(module, name, 0.01)
    monkeypatch.setattr(job, "StreamUpkeep", partial(StreamUpkeep, join_after=1))
    tidied: list[str] = []
    tidy = Live.tidy
    monkeypatch.setattr(Live, "tidy", lambda live, now: tidied.append(live.spec.name) or tidy(live, now))
    topics, root = write_histories(random.Random(7), 20), Path(options.output)
    broker.send(topics.records)
    sent = {name: sum(1 for each in topics.records if each["topic"] == name) for name in STREAMED}

    def is_read() -> bool:
        return all(ledger(root, name) and totals(root, name)["read"] == sent[name] for name in STREAMED)

    job.run(spark, replace(options, available_now=False, trigger_seconds=0.0, until=is_read))
    assert set(tidied) == set(STREAMED)
    close_and_compare(spark, root, topics)


def test_a_topic_that_was_made_again_is_refused(
    spark: SparkSession, broker: Broker, options: StreamOptions
) -> None:
    send_some(broker, Topics(), 100, 5)
    job.run(spark, options)
    broker.delete_topic("orders")
    broker.make_topic("orders")
    with pytest.raises(
        LossError, match=r"orders, partition \d: \d+ records were read, and the brokers have 0"
    ):
        job.run(spark, options)


def test_dropped_records_end_the_stream_until_their_loss_is_accepted(
    spark: SparkSession, broker: Broker, options: StreamOptions
) -> None:
    topics, root = Topics(), Path(options.output)
    send_some(broker, topics, 100, 5)
    job.run(spark, options)
    before = ledger(root, "orders")[-1]
    send_some(broker, topics, 200, 20)
    partition, read = max(before["next"].items(), key=lambda each: each[1])
    broker.drop_until("orders", {int(partition): read + 3})
    lost = f"partition {partition}: offsets {read} to {read + 2}"
    with pytest.raises(LossError, match=rf"orders: .*\({lost}\).*--accept-loss"):
        job.run(spark, options)
    assert ledger(root, "orders")[-1] == before

    job.run(spark, replace(options, accept_loss=True))
    noted = next(each for each in ledger(root, "orders") if each["lost"])
    assert (noted["lost"], noted["counts"]["read"]) == ({partition: [read, read + 3]}, 0)
    orders = sum(1 for each in topics.records if each["topic"] == "orders")
    assert totals(root, "orders")["lost"] == 3
    assert totals(root, "orders")["read"] == orders - 3
    assert totals(root, "web_events")["read"] == len(topics.records) - orders
    # Once accepted, the loss is no longer in the way.
    send_some(broker, topics, 300, 5)
    job.run(spark, options)
    assert totals(root, "orders")["lost"] == 3
    assert totals(root, "orders")["read"] == orders + 5 - 3


def test_a_checkpoint_that_is_ahead_of_the_ledger_is_refused(
    spark: SparkSession, broker: Broker, options: StreamOptions
) -> None:
    topics, root = Topics(), Path(options.output)
    send_some(broker, topics, 100, 5)
    job.run(spark, options)
    for folder in ("stream_ledger", "stream_decisions", "stream_archive"):
        shutil.rmtree(root / folder)
    send_some(broker, topics, 200, 5)
    # The ledger of a stream that begins has no offsets to compare with: it is told by its first entry.
    job.run(spark, replace(options, checkpoint=str(root / "another"), max_records=4))
    entries = sorted((root / "stream_ledger/orders").glob("0*"))
    for path in entries[2:]:
        path.unlink()
    (root / "stream_ledger/orders/head.json").unlink()
    send_some(broker, topics, 300, 5)
    with pytest.raises(GapError, match="records between them were never read"):
        job.run(spark, replace(options, checkpoint=str(root / "another")))

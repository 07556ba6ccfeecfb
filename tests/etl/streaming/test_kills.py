"""A stream that is killed anywhere goes on where it was: every record is accounted for once, and the day equals its batch."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from boundaries import Boundary
from etl.model import load_with_parents
from etl.storage.lake import Lake
from etl.streaming.live import Live
from etl.streaming.verify import compare_day
from kafka_broker import Broker, ledger
from stream_boundaries import DAY, one_of_each_kind, run_stream, watch_stream
from stream_records import STREAMED, Topics, after, published_base, streamed_order, web_event

RUNNER = Path(__file__).resolve().parents[1] / "killed_streams.py"


@dataclass(frozen=True)
class History:
    """A stream that nobody disturbed: the lake before it, what it has left, and every boundary."""

    root: Path
    before: Path
    left: dict[str, Any]
    boundaries: list[Boundary]
    bootstrap: str


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker with records of every disposition: repeats, contradictions, poison, orphans that are released."""
    started = Broker(tmp_path_factory.mktemp("broker"))
    for name in STREAMED:
        started.make_topic(name)
    topics = Topics()
    for number in range(10, 40):
        # The order comes after the event that names it.
        topics.send(
            "web_events",
            str(number),
            web_event(str(number), after(number), order_id=number + 7),
            after(number),
        )
        topics.send("orders", str(number), streamed_order(number, after(number)), after(number))
        if number % 5 == 0:
            topics.send(
                "orders", str(number), streamed_order(number, after(number + 1), quantity="7"), after(number)
            )
            topics.send(
                "orders", str(number), streamed_order(number, after(number), quantity="8"), after(number)
            )
            topics.send("web_events", str(number), b"{", after(number))
    started.send(topics.records)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def history(spark: SparkSession, broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> History:
    """A stream from its beginning to the closing of its day."""
    place = tmp_path_factory.mktemp("history")
    root, before = place / "lake", place / "before"
    published_base(spark, root)
    shutil.copytree(root, before)
    found = watch_stream(spark, root, broker.bootstrap)
    left = what_is_left(spark, root)
    shutil.rmtree(root)
    return History(root, before, left, found, broker.bootstrap)


def what_is_left(spark: SparkSession, root: Path) -> dict[str, Any]:
    """What readers see of a stream: live rows, quarantine, the account, and whether the day equals its batch."""
    lake, contracts = Lake(spark, str(root)), load_with_parents(STREAMED)
    left: dict[str, Any] = {}
    for name in STREAMED:
        rows = Live(lake, contracts[name]).rows().collect()
        quarantine = spark.read.parquet(f"{root}/quarantine/{name}/run=stream-*/step=*")
        refused = quarantine.select("_source_file", F.array_sort("_reasons").cast("string")).collect()
        left[name] = {
            "rows": sorted(map(str, rows)),
            "quarantine": sorted(map(str, refused)),
            "totals": ledger(root, name)[-1]["totals"],
        }
    for name, parts in compare_day(lake, contracts, STREAMED, DAY).items():
        left[name]["is_equal"] = [difference.is_equal for difference in parts.values()]
    return left


def test_the_history_has_every_disposition(history: History) -> None:
    totals = {name: history.left[name]["totals"] for name in STREAMED}
    assert totals["orders"]["quarantined"] > 0
    assert totals["orders"]["read"] == 42
    assert history.left["web_events"]["is_equal"] == [True, True]
    kinds = {each.kind.rpartition(" > ")[2] for each in history.boundaries}
    for door in ("Lake.write_folders", "Live.merge", "Live.keep_versions", "Ledger.decide", "Ledger.apply"):
        assert any(kind.startswith(door) for kind in kinds), (door, kinds)


def test_a_killed_stream_goes_on_where_it_was(
    spark: SparkSession, history: History, tmp_path: Path, spark_conf: dict[str, str], every_boundary: bool
) -> None:
    chosen = history.boundaries if every_boundary else one_of_each_kind(history.boundaries)
    killed = tmp_path / "killed"
    killed.mkdir()
    plan = {
        "settings": {**spark_conf, "spark.sql.warehouse.dir": str(tmp_path / "warehouse")},
        "root": str(history.root),
        "before": str(history.before),
        "killed": str(killed),
        "bootstrap": history.bootstrap,
        "moments": [boundary.moment for boundary in chosen],
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))
    done = subprocess.run([sys.executable, RUNNER, path], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-3000:]
    for number, boundary in enumerate(chosen):
        (killed / str(number)).rename(history.root)
        run_stream(spark, history.root, history.bootstrap)
        left = what_is_left(spark, history.root)
        assert left == history.left, boundary
        shutil.rmtree(history.root)

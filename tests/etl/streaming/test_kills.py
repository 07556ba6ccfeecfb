"""A stream that is killed or overtaken anywhere goes on where it was: every record is accounted for once."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from boundaries import Boundary, files_of
from etl.model import load_with_parents
from etl.model.layout import EXIT_TAKEN_OVER
from etl.storage.lake import Lake
from etl.streaming.live import ENTRY, Live
from etl.streaming.marts import MARTS, mart_spec
from etl.streaming.verify import compare_day
from kafka_broker import Broker, ledger
from standing import standing_stream
from stream_boundaries import DAY, run_stream, watch_stream
from stream_records import STREAMED, Topics, after, published_base, streamed_order, web_event

#: What a pull request kills a stream after: each leaves something else half done.
TELLING = ("stream_archive", r"decided\.json", "Live.merge", r"Ledger\._create #\.json", "replace_text raw")

#: Where a stream of a pull request stands still until another has taken it over: what it writes next would
#: count twice, come too late, or bring an older state of a mart back.
STANDING = ("stream_decisions", "Live.keep_versions", "Live.merge", r"^Tables\.ensure")

RUNNER = Path(__file__).resolve().parents[1] / "killed_streams.py"


@dataclass(frozen=True)
class History:
    """A stream that nobody disturbed: the lake before it, what it has left, and every boundary."""

    root: Path
    before: Path
    left: dict[str, Any]
    boundaries: list[Boundary]
    bootstrap: str
    datasets: tuple[str, ...]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker with repeats, contradictions, poison, and orphans of which some are released."""
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
        if number in (12, 13):
            # Its customer is unknown, and stays so.
            orphan = streamed_order(number + 50, after(number), customer_id="99")
            topics.send("orders", str(number), orphan, after(number))
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
def history(
    spark: SparkSession,
    broker: Broker,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> History:
    """A stream to the closing of its day: of orders, and of events, too, for every boundary."""
    datasets = STREAMED if request.config.getoption("--every-boundary") else ("orders",)
    place = tmp_path_factory.mktemp("history")
    root, before = place / "lake", place / "before"
    published_base(spark, root)
    shutil.copytree(root, before)
    found = watch_stream(spark, root, broker.bootstrap, datasets)
    left = what_is_left(spark, root, datasets)
    equal = compare_day(Lake(spark, str(root)), load_with_parents(datasets), datasets, DAY)
    assert all(each.is_equal for parts in equal.values() for each in parts.values())
    shutil.rmtree(root)
    return History(root, before, left, found, broker.bootstrap, datasets)


def what_is_left(spark: SparkSession, root: Path, datasets: tuple[str, ...]) -> dict[str, Any]:
    """What readers see of a stream: live rows, quarantine, the account and the manifest of the day."""
    lake, contracts = Lake(spark, str(root)), load_with_parents(datasets)
    marts = {mart.name: mart_spec(mart.name).zone for mart in MARTS if mart.dataset in datasets}
    left: dict[str, Any] = {
        name: sorted(map(str, spark.table(lake.tables.identifier(zone, name)).collect()))
        for name, zone in marts.items()
    }
    for name in datasets:
        # An owner that goes on writes an entry of its own, too: the numbers of the next ones are others.
        rows = Live(lake, contracts[name]).rows().drop(ENTRY).collect()
        quarantine = spark.read.parquet(f"{root}/quarantine/{name}/run=stream-*/step=*")
        refused = quarantine.select("_source_file", F.array_sort("_reasons").cast("string")).collect()
        manifest = json.loads((root / "raw" / name / f"run_date={DAY}" / "archive.manifest").read_text())
        archived = sum(
            spark.read.parquet(f"{root}/{part['folder']}").count() for part in manifest["archives"]
        )
        left[name] = {
            "rows": sorted(map(str, rows)),
            "quarantine": sorted(map(str, refused)),
            "totals": ledger(root, name)[-1]["totals"],
            "archived": [archived, manifest["records"], manifest["offsets"], manifest["counts"]],
        }
    return left


def test_the_history_has_every_disposition(history: History) -> None:
    totals = history.left["orders"]["totals"]
    assert totals == {
        "read": 44, "inserted": 30, "updated": 0, "superseded": 6, "quarantined": 8, "holes": 0,
    }  # fmt: skip
    kinds = {part for each in history.boundaries for part in re.split(" > | ", each.kind)}
    doors = {"Lake.write_folders", "Live.merge", "Live.keep_versions", "Ledger.decide", "Ledger.apply"}
    assert {*doors, "stream_archive", "stream_decisions", "quarantine", "Files.delete"} <= kinds


def test_a_killed_stream_goes_on_where_it_was(
    spark: SparkSession, history: History, tmp_path: Path, spark_conf: dict[str, str], every_boundary: bool
) -> None:
    chosen = history.boundaries if every_boundary else told_apart(history.boundaries, TELLING)
    assert len(chosen) >= len(TELLING)
    settings = {**spark_conf, "spark.sql.warehouse.dir": str(tmp_path / "warehouse")}
    for boundary in chosen:
        shutil.copytree(history.before, history.root)
        plan = {
            "settings": settings,
            "root": str(history.root),
            "bootstrap": history.bootstrap,
            "datasets": history.datasets,
            "moment": boundary.moment,
        }
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(plan))
        done = subprocess.run([sys.executable, RUNNER, path], capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, (boundary, done.stderr[-3000:])
        run_stream(spark, history.root, history.bootstrap, history.datasets)
        left = what_is_left(spark, history.root, history.datasets)
        assert left == history.left, boundary
        shutil.rmtree(history.root)


def test_an_owner_that_stood_still_while_another_took_over_writes_nothing_more(
    spark: SparkSession, history: History, tmp_path: Path, spark_conf: dict[str, str], every_boundary: bool
) -> None:
    # Whoever stands still inside the lock of a local file keeps all others waiting.
    free = [each for each in history.boundaries if "Files.replace_text" not in each.moment]
    chosen = free if every_boundary else told_apart(free, STANDING)
    settings = {**spark_conf, "spark.sql.warehouse.dir": str(tmp_path / "warehouse")}
    moments = [boundary.moment for boundary in chosen]
    named = {name: str(getattr(history, name)) for name in ("root", "before", "bootstrap")}
    plan = {**named, "settings": settings, "datasets": history.datasets, "moments": moments}
    with standing_stream(tmp_path, **plan) as first:
        for number, boundary in enumerate(chosen, 1):
            assert first.stopped() == {"stands": boundary.moment}
            run_stream(spark, history.root, history.bootstrap, history.datasets)
            before = files_of(history.root)
            first.go_on()
            assert first.stopped() == {"ended": EXIT_TAKEN_OVER}, (boundary, first.reasons())
            assert re.search(r"taken the stream of \w+ over", first.reasons()[number - 1]), boundary
            assert files_of(history.root) == before, boundary
            assert what_is_left(spark, history.root, history.datasets) == history.left, boundary
            shutil.rmtree(history.root)
            first.go_on()


def told_apart(boundaries: list[Boundary], kinds: Sequence[str]) -> list[Boundary]:
    """The first boundary of each kind."""
    return [
        next(
            each
            for each in boundaries
            if re.search(kind, each.kind) and not each.moment.startswith("before Files._path")
        )
        for kind in kinds
    ]

"""Upkeep of streams that is killed anywhere shows whole tables, and the next one ends as without a kill."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import run_pipeline
from boundaries import Boundary
from etl.model import load_contract
from etl.model.layout import STREAM_LIVE_FOLDER
from etl.storage.lake import Lake
from etl.streaming.closing import close_day
from etl.streaming.marts import MARTS, StreamMarts
from etl.streaming.serving import read_serving
from killing import killed_at
from stream_boundaries import UPKEEP, run_upkeep, watch_upkeep
from stream_equality import compare_marts
from stream_records import (
    BEGIN,
    STREAMED,
    Topics,
    after,
    frame,
    open_streams,
    published_base,
    streamed_order,
    web_event,
)

DAY = BEGIN.date()

#: Seconds from the first moment of the stream to one of its second day.
NEXT_DAY = 24 * 3600.0 + 60

Tables = Mapping[str, list[str]]


@dataclass(frozen=True)
class History:
    """Upkeep that nobody disturbed: the lake before it, what is served, its tables before and after."""

    root: Path
    before: Path
    served: Tables
    old: Tables
    new: Tables
    boundaries: list[Boundary]


def live_tables(spark: SparkSession, root: Path) -> Tables:
    """Every table of the stream: live rows, their versions, and the marts."""
    lake = Lake(spark, str(root))
    names = sorted(path.name for path in (root / STREAM_LIVE_FOLDER).iterdir())
    tables = {name: spark.table(lake.tables.identifier(STREAM_LIVE_FOLDER, name)) for name in names}
    return {name: sorted(map(str, rows.collect())) for name, rows in tables.items()}


def served(spark: SparkSession, root: Path, datasets: Sequence[str]) -> Tables:
    """What readers see of streamed datasets."""
    lake = Lake(spark, str(root))
    rows = {name: read_serving(lake, load_contract(name)) for name in datasets}
    return {name: sorted(map(str, of_name.collect())) for name, of_name in rows.items()}


def write_stream(spark: SparkSession, root: Path, datasets: Sequence[str]) -> None:
    """A day that is published and still live, and records of two days that the marts do not know yet."""
    published_base(spark, root)
    topics, batches = Topics(), open_streams(spark, root, datasets)

    def process() -> None:
        batches.process(frame(spark, [each for each in topics.records if each["topic"] in datasets]))

    for number in range(1, 6):
        placed = streamed_order(number, after(number), order_ts=f"2024-12-30 08:{number}0:00")
        topics.send("orders", str(number), placed, after(number))
        event = web_event(str(number), after(number), event_type="search", search_text="Lamp")
        topics.send("web_events", str(number), event, after(number))
    process()
    StreamMarts(batches).update()
    # Orders leave their minutes: 2 is published in the new one, so that only its live row says where it was.
    for number, seconds in ((2, 60.0), (3, NEXT_DAY)):
        moved = streamed_order(number, after(seconds), order_ts="2024-12-30 09:30:00", quantity="3")
        topics.send("orders", str(number), moved, after(seconds))
    for name, seconds in (("a", 70.0), ("b", NEXT_DAY)):
        topics.send("web_events", name, web_event(name, after(seconds), product_id=1), after(seconds))
    process()
    close_day(batches, DAY.isoformat())
    for name in ("customers", "products"):
        source = root / "raw" / name / f"run_date={DAY - timedelta(days=1)}"
        source.rename(source.with_name(f"run_date={DAY}"))
    run_pipeline(spark, root, DAY, "of-the-day")


@pytest.fixture(scope="module")
def history(
    spark: SparkSession, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> History:
    """Upkeep of a stream of orders; for every boundary, of events, too."""
    datasets = STREAMED if request.config.getoption("--every-boundary") else ("orders",)
    place = tmp_path_factory.mktemp("upkeep")
    root, before = place / "lake", place / "before"
    write_stream(spark, root, datasets)
    seen, old = served(spark, root, datasets), live_tables(spark, root)
    shutil.copytree(root, before / UPKEEP)
    found = watch_upkeep(spark, root)
    new = live_tables(spark, root)
    assert served(spark, root, datasets) == seen
    shutil.rmtree(root)
    return History(root, before, seen, old, new, found)


def test_the_history_evicts_a_day_and_changes_a_mart(history: History) -> None:
    changed = {name for name in history.new if history.old[name] != history.new[name]}
    assert {"orders", "orders_versions", "revenue_by_minute"} <= changed
    assert len(history.new["orders"]) == len(history.new["orders_versions"]) == 1


def test_marts_equal_their_formula_after_upkeep(spark: SparkSession, history: History) -> None:
    shutil.copytree(history.before / UPKEEP, history.root)
    run_upkeep(spark, history.root)
    compare_marts(Lake(spark, str(history.root)), [*history.served])
    shutil.rmtree(history.root)


def test_killed_upkeep_shows_whole_tables_and_is_done_by_the_next(
    spark: SparkSession, spark_conf: dict[str, str], history: History, every_boundary: bool
) -> None:
    chosen = history.boundaries if every_boundary else of_each_kind(history.boundaries)
    marts = [mart.name for mart in MARTS if mart.dataset in history.served]
    lakes = killed_at(history.root, history.before, chosen, spark_conf)
    for boundary, left in zip(chosen, lakes):
        left.rename(history.root)
        assert served(spark, history.root, [*history.served]) == history.served, boundary
        seen = live_tables(spark, history.root)
        assert all(seen[mart] in (history.old[mart], history.new[mart]) for mart in marts), boundary
        run_upkeep(spark, history.root)
        assert live_tables(spark, history.root) == history.new, boundary
        assert served(spark, history.root, [*history.served]) == history.served, boundary
        shutil.rmtree(history.root)


def of_each_kind(boundaries: list[Boundary]) -> list[Boundary]:
    """The first and the last boundary of each kind, without those of taking streams over."""
    kinds: dict[tuple[str, str], list[Boundary]] = {}
    for each in boundaries:
        if "owner.json" not in each.kind:
            kind = re.sub(r" #\d+$", "", each.kind)
            kinds.setdefault((each.moment.partition(" ")[0], kind), []).append(each)
    chosen = {each for of_kind in kinds.values() for each in (of_kind[0], of_kind[-1])}
    return [each for each in boundaries if each in chosen]

"""A run that is killed anywhere leaves whole tables, old or new, and the next run completes."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import DAY, NEXT_DAY, SHOP, customer, order, product, run_pipeline, write_batch
from boundaries import JOBS, KEPT, KILLED, Boundary, spread, watch
from duckdb_reference import MARTS
from engines import stored
from etl.batch import maintain
from etl.model import load_contract
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from killing import killed_at

LATER = "2024-12-31 10:00:00"
ZONES = {**dict.fromkeys(SHOP, "curated"), **dict.fromkeys(MARTS, "marts")}

Tables = Mapping[str, list[str]]


@dataclass(frozen=True)
class History:
    """Jobs that nobody disturbed: the lake before each, its tables before and after, and every boundary."""

    root: Path
    before: Path
    old: Tables
    new: Tables
    boundaries: list[Boundary]


def pointer(root: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The pointer as it is stored."""
    document: dict[str, dict[str, dict[str, str]]] = json.loads(
        (root / "published" / "current.json").read_text()
    )
    return document


def by_pointer(root: Path) -> Tables:
    """Every table as whoever follows the pointer sees it."""
    versions = pointer(root)["tables"]
    return {name: rows(root, name, version["snapshot_id"]) for name, version in sorted(versions.items())}


def on_main(root: Path) -> Tables:
    """Every table as an engine sees it that knows no pointer."""
    return {name: rows(root, name) for name in sorted(ZONES)}


def rows(root: Path, name: str, snapshot: str | None = None) -> list[str]:
    """Rows of a table by another engine, sorted."""
    return sorted(map(str, stored(root, ZONES[name], name, snapshot).to_pylist()))


def write_next_day(raw: Path) -> None:
    """A batch of which every table changes, with rows of every disposition."""
    sound = [order(number, updated_at=LATER) for number in range(100, 200)]
    contradiction, update = order(1, status="cancelled"), order(2, status="shipped", updated_at=LATER)
    customers = [customer(1, segment="enterprise", updated_at=LATER), customer(3, updated_at=LATER)]
    products = [product(3, updated_at=LATER)]
    orders = [contradiction, update, order(3), *sound, sound[0]]
    write_batch(raw, NEXT_DAY, orders, customers=customers, products=products)


def leave_something(spark: SparkSession, root: Path) -> None:
    """What upkeep is for: the branch of a run that never published, and a file that no snapshot names."""
    lake = Lake(spark, str(root))
    spec = TableSpec.of_dataset(load_contract("orders"))
    lake.begin_table(spec, "never", lake.published().tables["orders"])
    orphan = root / "curated" / "orders" / "data" / "orphan.parquet"
    orphan.touch()
    os.utime(orphan, (0, 0))


@pytest.fixture(scope="module")
def history(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> History:
    """A day that is published, the jobs of the next one, and upkeep."""
    place = tmp_path_factory.mktemp("history")
    root, before, found = place / "lake", place / "before", []
    write_batch(root / "raw", DAY, [order(1), order(2)])
    run_pipeline(spark, root, DAY, "first")
    write_next_day(root / "raw")
    old = by_pointer(root)
    for job in JOBS:
        if job == "maintain":
            leave_something(spark, root)
        shutil.copytree(root, before / job)
        found += watch(spark, root, job)
    new = by_pointer(root)
    assert on_main(root) == new
    assert [name for name in ZONES if old[name] == new[name]] == []
    shutil.rmtree(root)
    return History(root, before, old, new, found)


def test_no_commit_is_overlooked(history: History) -> None:
    seen = Counter((each.job, each.kind.rpartition(" > ")[2]) for each in history.boundaries if each.shared)
    assert seen == {
        ("curate", "Tables.begin"): 3,
        ("curate", "Tables.merge"): 2,
        ("curate", "Tables.append"): 1,
        ("marts", "Tables.begin"): 3,
        ("marts", "Tables.replace"): 3,
        # Beside the pointer, and in its place.
        ("marts", "Files.replace_text current.json"): 2,
        ("marts", "Tables.follow"): 6,
        ("maintain", "Upkeep._call"): 2 + 6 + 1,
        ("maintain", "Files.replace_text current.json"): 2,
        ("maintain", "Upkeep.drop_branches"): 1,
    }
    assert len({(each.job, each.moment) for each in history.boundaries}) == len(history.boundaries)


def whole_tables(history: History, root: Path) -> bool:
    """Whether the new tables are published; every reader sees the old ones whole or the new ones."""
    moved = pointer(root)["run_id"] == KILLED
    assert by_pointer(root) == (history.new if moved else history.old)
    for name, seen in on_main(root).items():
        assert seen == history.old[name] or (moved and seen == history.new[name]), name
    return moved


def run_again(spark: SparkSession, root: Path, job: str) -> None:
    """What comes next: another attempt at the batch, or at upkeep."""
    if job == "maintain":
        maintain.run(Lake(spark, str(root), kept=KEPT), "next-upkeep")
    else:
        run_pipeline(spark, root, NEXT_DAY, "next")


def test_kill_9_at_every_boundary(
    spark: SparkSession, spark_conf: dict[str, str], history: History, every_boundary: bool
) -> None:
    chosen = history.boundaries if every_boundary else spread(history.boundaries)
    # A kill and a look at what it left are cheap, the next run is not.
    tried = chosen if every_boundary else [each for each in chosen if each.shared][1::2]
    published = []
    lakes = killed_at(history.root, history.before, chosen, spark_conf)
    for boundary, left in zip(chosen, lakes):
        left.rename(history.root)
        try:
            published.append(whole_tables(history, history.root))
            if boundary in tried:
                run_again(spark, history.root, boundary.job)
                assert by_pointer(history.root) == on_main(history.root) == history.new
        except Exception as error:
            raise AssertionError(f"killed in {boundary.job} {boundary.moment}") from error
        shutil.rmtree(history.root)
    # The pointer moved once, and for good.
    assert published == sorted(published)
    assert {True, False} == set(published)

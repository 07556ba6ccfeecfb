"""Whole batches: what is planted is what an independent judge finds, whatever the partitions, never half."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from etl.batch.audit import check_dataset, violations
from etl.model import load_contract
from etl.synthetic import generate, order_rows, registers
from etl.synthetic.datasets import DATASETS
from etl.synthetic.plan import History, later_plan
from synthetic.recount import COLUMNS, Recount

FIRST, SECOND, FOURTH = date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 3)
ROWS, SEED = 60_000, 7
NEWEST = "2025-01-01T12:00:00Z"

Batches = tuple[Path, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def batches(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Batches:
    """A history and two later batches of it, and what was planted in each."""
    raw = tmp_path_factory.mktemp("raw")
    planted = [
        generate.run(spark, str(raw), ROWS, SEED, FIRST),
        generate.run(spark, str(raw), 2_000, SEED, SECOND, FIRST),
    ]
    with pytest.MonkeyPatch.context() as patch:
        # Wrong customers and products in a batch that is too small for them.
        patch.setattr(registers, "SPACING", 10)
        planted.append(generate.run(spark, str(raw), 2_500, SEED, FOURTH, FIRST))
    return raw, planted


def lines(raw: Path, dataset: str, run_date: date = FIRST) -> list[str]:
    """The lines of a dataset's files, each without its header, in order."""
    found = []
    for path in sorted((raw / dataset / f"run_date={run_date}").glob("*.csv.gz")):
        header, *rest = gzip.decompress(path.read_bytes()).decode().splitlines()
        assert tuple(header.split(",")) == COLUMNS[dataset]
        found += rest
    return found


def test_planted_is_what_a_recount_of_the_raw_files_finds(batches: Batches) -> None:
    raw, planted = batches
    recount = Recount(raw)
    for batch in planted:
        assert recount.batch(batch["run_date"]) == batch["datasets"]


def test_every_kind_of_fault_and_disposition_is_planted(batches: Batches) -> None:
    history, later, many = (batch["datasets"] for batch in batches[1])
    assert len(history["orders"]["reasons"]) == 26
    assert len(history["customers"]["reasons"]) == 15
    assert len(history["products"]["reasons"]) >= 4
    assert history["orders"]["rows"] == ROWS
    assert 0.01 < history["orders"]["quarantined"] / ROWS < 0.04
    assert 0.01 < history["orders"]["superseded"] / ROWS < 0.03
    assert history["orders"]["updated"] == 0
    assert later["orders"]["rows"] == 2_000
    assert all(later["orders"][name] > 0 for name in ("inserted", "updated", "superseded", "quarantined"))
    assert later["customers"]["updated"] > 0
    assert (later["customers"]["quarantined"], many["customers"]["quarantined"]) == (0, 2)


@pytest.mark.parametrize(
    ("history", "rows"), [(20_000, 1_000), (100_000, 5_000), (500_000, 1_000), (500_000, 25_000)]
)
def test_a_later_batch_is_as_faulty_as_the_audit_allows(spark: SparkSession, history: int, rows: int) -> None:
    plan = later_plan(History(history, SEED, FIRST), rows, SECOND)
    for dataset in DATASETS:
        planted = dataset.planted(dataset.rows(spark, plan), plan).as_document()
        checks = check_dataset(
            load_contract(dataset.name), planted["rows"], planted["reasons"], NEWEST, SECOND
        )
        assert len(checks) > 10
        assert violations(checks) == []


def test_partitions_change_no_row(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate.run(spark, str(tmp_path / "one"), 5_000, SEED, FIRST)
    monkeypatch.setattr(order_rows, "ROWS_PER_FILE", 700)
    generate.run(spark, str(tmp_path / "many"), 5_000, SEED, FIRST)
    assert len(list((tmp_path / "many" / "orders").rglob("*.csv.gz"))) == 8
    for dataset in COLUMNS:
        assert lines(tmp_path / "one", dataset) == lines(tmp_path / "many", dataset)
    planted = [
        json.loads(next((tmp_path / n / "_planted").rglob("*.json")).read_text())["datasets"]
        for n in ("one", "many")
    ]
    assert planted[0] == planted[1]


def test_another_seed_gives_other_rows(spark: SparkSession, tmp_path: Path) -> None:
    generate.run(spark, str(tmp_path / "a"), 2_000, 1, FIRST)
    generate.run(spark, str(tmp_path / "b"), 2_000, 2, FIRST)
    for dataset in COLUMNS:
        ours, theirs = set(lines(tmp_path / "a", dataset)), set(lines(tmp_path / "b", dataset))
        assert len(ours & theirs) < len(ours) / 100


def test_a_whole_batch_is_kept_and_a_broken_one_made_again(spark: SparkSession, tmp_path: Path) -> None:
    generate.run(spark, str(tmp_path), 2_000, SEED, FIRST)
    marker = tmp_path / "_planted" / f"run_date={FIRST}" / "planted.json"
    orders = tmp_path / "orders" / f"run_date={FIRST}" / "orders-00000.csv.gz"
    made, content = orders.stat().st_mtime_ns, orders.read_bytes()

    generate.run(spark, str(tmp_path), 2_000, SEED, FIRST)
    assert orders.stat().st_mtime_ns == made

    orders.write_bytes(content[:1000])
    generate.run(spark, str(tmp_path), 2_000, SEED, FIRST)
    assert orders.read_bytes() == content

    marker.unlink()
    (orders.parent / "orders-00001.csv.gz").write_bytes(b"left behind")
    generate.run(spark, str(tmp_path), 2_000, SEED, FIRST)
    assert [path.name for path in orders.parent.iterdir()] == [orders.name]

    generate.run(spark, str(tmp_path), 2_100, SEED, FIRST)
    assert json.loads(marker.read_text())["rows"] == 2_100
    assert len(lines(tmp_path, "orders")) == 2_100


def test_a_failure_leaves_nothing_that_is_trusted(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate.run(spark, str(tmp_path), 2_000, SEED, FIRST)
    before = lines(tmp_path, "orders")
    with monkeypatch.context() as patch:
        patch.setattr(generate.Batch, "_write", _fails)
        with pytest.raises(RuntimeError, match="power cut"):
            generate.run(spark, str(tmp_path), 3_000, SEED, FIRST)
    assert not list((tmp_path / "_planted").rglob("*.json"))
    assert lines(tmp_path, "orders") == before
    generate.run(spark, str(tmp_path), 3_000, SEED, FIRST)
    assert len(lines(tmp_path, "orders")) == 3_000
    assert not (tmp_path / "_generating" / f"run_date={FIRST}").exists()


def _fails(*_: object) -> None:
    raise RuntimeError("power cut")

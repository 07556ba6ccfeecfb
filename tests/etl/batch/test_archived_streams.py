"""A dataset that arrives as a stream alone is part of a batch only when the archive of its day is closed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from pyspark.sql import SparkSession

from batches import DAY, NEXT_DAY, SHOP, run_of
from etl.batch.run import contracts_of
from etl.model import load_contract
from etl.model.layout import ARCHIVE_RECORD


def close(root: Path, day: date) -> None:
    """Write the manifest of a day of web events, as closing the day does."""
    folder = root / "raw" / "web_events" / f"run_date={day}"
    folder.mkdir(parents=True)
    (folder / ARCHIVE_RECORD).write_text("{}")


def ingested(root: Path, run_id: str, datasets: list[str]) -> None:
    """Leave the record of an ingest of these datasets."""
    folder = root / "runs" / f"run={run_id}"
    folder.mkdir(parents=True)
    (folder / "ingest.json").write_text(json.dumps({"datasets": {name: {} for name in datasets}}))


def test_web_events_arrive_as_a_stream_alone() -> None:
    contract, orders = load_contract("web_events"), load_contract("orders")
    assert (contract.has_files, orders.has_files) == (False, True)
    assert contract.stream is not None
    assert orders.stream is not None
    assert (contract.stream.event_time, contract.stream.lateness_seconds) == ("event_time", 2 * 24 * 60 * 60)
    assert (orders.stream.event_time, orders.stream.lateness_seconds) == ("updated_at", None)


def test_a_batch_has_a_stream_on_the_days_that_are_closed(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "raw" / "web_events" / f"run_date={DAY}").mkdir(parents=True)
    close(tmp_path, NEXT_DAY)
    assert tuple(contracts_of(spark, run_of(tmp_path, DAY, "first"))) == SHOP
    # It refers to orders, so it comes after them.
    assert tuple(contracts_of(spark, run_of(tmp_path, NEXT_DAY, "second"))) == (*SHOP, "web_events")


def test_a_day_that_is_closed_after_ingest_changes_nothing(spark: SparkSession, tmp_path: Path) -> None:
    run = run_of(tmp_path, DAY, "first")
    close(tmp_path, DAY)
    assert tuple(contracts_of(spark, run, dict.fromkeys(SHOP))) == SHOP
    assert tuple(contracts_of(spark, run, dict.fromkeys((*SHOP, "web_events")))) == (*SHOP, "web_events")


def test_a_replay_has_what_the_replayed_run_had(spark: SparkSession, tmp_path: Path) -> None:
    ingested(tmp_path, "first", [*SHOP])
    ingested(tmp_path, "second", [*SHOP, "web_events"])
    run = run_of(tmp_path, DAY, "third")
    close(tmp_path, DAY)
    assert tuple(contracts_of(spark, replace(run, replay="first"))) == SHOP
    assert tuple(contracts_of(spark, replace(run, replay="second"))) == (*SHOP, "web_events")
    # A run that is not there is refused later, with its reason.
    assert tuple(contracts_of(spark, replace(run, replay="unknown"))) == SHOP

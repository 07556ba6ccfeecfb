"""A run that dies anywhere leaves whole tables, old or new, and the next run completes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from batches import (
    DAY,
    NEXT_DAY,
    SHOP,
    customer,
    dispositions,
    order,
    product,
    run_pipeline,
    stored_tables,
    write_batch,
)
from duckdb_reference import MARTS
from engines import stored
from etl.storage.lake import Lake
from etl.storage.tables import Tables

LATER = "2024-12-31 10:00:00"
WRAPPER = Path(__file__).resolve().parents[1] / "killed_run.py"


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Path:
    """A lake in which a batch is published, and one of the next day waits."""
    write_batch(tmp_path / "raw", DAY, [order(1), order(2)])
    run_pipeline(spark, tmp_path, DAY, "first")
    later = {"customers": [customer(3, updated_at=LATER)], "products": [product(3, updated_at=LATER)]}
    orders = [order(2, status="shipped", updated_at=LATER), order(3)]
    write_batch(tmp_path / "raw", NEXT_DAY, orders, **later)
    return tmp_path


def on_main(root: Path) -> dict[str, list[str]]:
    """Every table as another engine sees it."""
    zones = {**dict.fromkeys(SHOP, "curated"), **dict.fromkeys(MARTS, "marts")}
    return {name: sorted(map(str, stored(root, zone, name).to_pylist())) for name, zone in zones.items()}


def interrupted(real: Callable[..., Any], after: bool) -> Callable[..., Any]:
    """The function, which dies before it begins, or when it is done."""

    def dying(*arguments: Any, **named: Any) -> Any:
        if after:
            real(*arguments, **named)
        raise KeyboardInterrupt

    return dying


def test_a_kill_around_any_commit_of_a_branch(
    spark: SparkSession, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointer = (lake / "published" / "current.json").read_bytes()
    before, seen = stored_tables(spark, lake), on_main(lake)
    for function, after in (("begin", True), ("merge", False), ("merge", True), ("replace", True)):
        with monkeypatch.context() as patched:
            patched.setattr(Tables, function, interrupted(getattr(Tables, function), after))
            with pytest.raises(KeyboardInterrupt):
                run_pipeline(spark, lake, NEXT_DAY, f"killed-{function}-{after}")
        assert (lake / "published" / "current.json").read_bytes() == pointer
        assert on_main(lake) == seen
    assert stored_tables(spark, lake) == before
    assert dispositions(run_pipeline(spark, lake, NEXT_DAY, "next")) == {"inserted": 1, "updated": 1}
    assert [row[0] for row in stored_tables(spark, lake)["orders"]] == [1, 2, 3]


@pytest.mark.parametrize(("point", "moved"), [("pointer:0", False), ("follow:8", True)])
def test_kill_9_before_and_after_the_pointer_moves(
    spark: SparkSession, spark_conf: dict[str, str], lake: Path, point: str, moved: bool
) -> None:
    before, seen = stored_tables(spark, lake), on_main(lake)
    command = [sys.executable, WRAPPER, lake, point, json.dumps(spark_conf)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    published, after = Lake(spark, str(lake)).published(), stored_tables(spark, lake)
    assert (published.run_id == "killed-follow") == moved
    assert (after != before) == moved
    results = run_pipeline(spark, lake, NEXT_DAY, "next")
    expected = {"superseded": 2} if moved else {"inserted": 1, "updated": 1}
    assert dispositions(results) == expected
    complete = stored_tables(spark, lake)
    assert [row[0] for row in complete["orders"]] == [1, 2, 3]
    if moved:
        assert after == complete
    assert {name: len(rows) for name, rows in on_main(lake).items() if name in SHOP} == {
        name: len(rows) for name, rows in complete.items()
    }
    assert on_main(lake) != seen

"""Equal rows of a log are rows like others: each is published once, however often its batch comes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, rows_of, run_any, write_contracts
from etl.batch.fitting import misfits, shapes
from etl.model import Contract

#: Rows that are there several times, in one file and in two; `bad` is no number.
FIRST = "sensor,value\n" + "a,20\n" * 70 + "b,21\nb,bad\nb,bad\n" + "c,\nc,\n" * 10
SECOND = "sensor,value\n" + "a,20\n" * 40


@pytest.fixture(scope="module")
def log(
    spark: SparkSession, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Contract, dict[str, Any]]:
    """A lake in which run `first` has published two files of a log, and its contract."""
    root = tmp_path_factory.mktemp("equal")
    data = root / "data" / "readings"
    data.mkdir(parents=True)
    (data / "one.csv").write_text(FIRST)
    (data / "two.csv").write_text(SECOND)
    evidence = inferred(spark, root / "data", root)["readings"]
    assert (evidence["key"], evidence["copies"]) == ([], 129)
    path, contracts = proposed(root)
    results = run_any(spark, root, root / "data", path, "first")
    return root, contracts["readings"], results


def counted(spark: SparkSession, root: Path, contract: Contract) -> Counter[tuple[Any, ...]]:
    """The published rows without their names, each of which is another."""
    rows = rows_of(spark, root, contract)
    assert len({row[0] for row in rows}) == len(rows)
    return Counter(row[1:] for row in rows)


PUBLISHED = {("a", 20): 110, ("b", 21): 1, ("c", None): 20}


def test_equal_rows_are_published_as_often_as_they_are_there(
    spark: SparkSession, log: tuple[Path, Contract, dict[str, Any]]
) -> None:
    root, contract, results = log
    assert outcome(results, "readings") == (
        {"read": 133, "inserted": 131, "quarantined": 2},
        {"value.type": 2},
    )
    assert counted(spark, root, contract) == PUBLISHED


def test_the_same_batch_again_and_its_replay_change_only_what_was_mended(
    spark: SparkSession, log: tuple[Path, Contract, dict[str, Any]]
) -> None:
    root, contract, _ = log
    path = root / "contracts.json"
    again = run_any(spark, root, root / "data", path, "again")
    assert outcome(again, "readings")[0] == {"read": 133, "superseded": 131, "quarantined": 2}
    assert counted(spark, root, contract) == PUBLISHED
    columns = [
        replace(column, missing_values=("bad",)) if column.name == "value" else column
        for column in contract.columns
    ]
    mended = write_contracts(root / "mended.json", [replace(contract, columns=tuple(columns))])
    # A text that means nothing is as missing as one that is empty, and the row another all the same.
    for run_id, data, rows in (
        ("replayed", None, {"read": 2, "inserted": 2}),
        ("mended", root / "data", {"read": 133, "superseded": 133}),
    ):
        replay = "first" if data is None else None
        results = run_any(spark, root, data or root, mended, run_id, replay=replay)
        assert outcome(results, "readings") == (rows, {})
    assert counted(spark, root, contract) == {**PUBLISHED, ("b", None): 2}


def test_a_table_keeps_the_way_in_which_its_rows_are_named(
    log: tuple[Path, Contract, dict[str, Any]],
) -> None:
    contract = log[1]
    (now,) = shapes({"readings": contract}).values()
    assert misfits(now, contract) == []
    before = {part: value for part, value in now.items() if part != "derived_from"}
    assert misfits(before, contract) == ["rows were named by content and are by occurrence"]

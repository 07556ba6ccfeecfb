"""Quarantine is worked: rows that were put aside are judged anew when what was wrong has been mended."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from any_data import (
    dataset,
    key,
    outcome,
    quarantine,
    rows_of,
    run_any,
    text,
    typed,
    write_contracts,
)
from etl.model import Column, Rule, Volume
from etl.storage.lake import Lake
from etl.storage.staging import read_quarantined

OWNERS = dataset("owners", key("owner"))
OWNER = typed("owner", "bigint")
REFERS = Rule(
    "owner.reference", "reference", {"dataset": "owners", "column": "owner"}, "error", "consistency", 0.5
)
PETS = dataset(
    "pets",
    key(),
    replace(OWNER, rules=(*OWNER.rules, REFERS)),
    text("name"),
    volume=Volume("volume", 1, None, "error", "coverage"),
)


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Path:
    """Run `first` put aside a pet whose owner came with run `second`, and two that are wrong."""
    contracts = write_contracts(tmp_path / "contracts.json", [OWNERS, PETS])
    for name, owners, pets in (
        ("first", "1\n", "1,1,Rex\n2,2,Tom\nx,1,Kim\n4,1\n"),
        ("second", "2\n", "5,1,Ida\n"),
    ):
        data = tmp_path / name
        data.mkdir()
        (data / "owners.csv").write_text(f"owner\n{owners}")
        (data / "pets.csv").write_text(f"id,owner,name\n{pets}")
        run_any(spark, tmp_path, data, contracts, name)
    return tmp_path


def test_an_orphan_is_taken_in_when_what_it_names_has_come(
    spark: SparkSession, lake: Path, results_schema: Draft202012Validator
) -> None:
    contracts = lake / "contracts.json"
    results = run_any(spark, lake, lake, contracts, "again", replay="first")
    results_schema.validate(results)
    assert results["outcome"] == "published"
    # Those that are as wrong as before are put aside again, and are no reason to refuse the others.
    assert outcome(results, "pets") == (
        {"read": 3, "inserted": 1, "quarantined": 2},
        {"id.type": 1, "row.malformed": 1},
    )
    assert outcome(results, "owners") == ({}, {})
    assert rows_of(spark, lake, PETS) == [(1, 1, "Rex"), (2, 2, "Tom"), (5, 1, "Ida")]
    lines = [(row["_line"], row["_source_file"]) for row in quarantine(spark, lake, "pets", "again")]
    assert sorted(map(str, lines)) == ["('4,1', 'pets.csv')", "(None, 'pets.csv')"]
    # A replay reads no raw file; without that list, all that had arrived before it would count as read.
    raw_files = json.loads((lake / "runs" / "run=again" / "raw_files.json").read_text(encoding="utf-8"))
    assert [file for files in raw_files["datasets"].values() for file in files] == []


def test_a_second_replay_changes_nothing(spark: SparkSession, lake: Path) -> None:
    for name in ("again", "twice"):
        results = run_any(spark, lake, lake, lake / "contracts.json", name, replay="first")
    rows, _ = outcome(results, "pets")
    assert rows == {"read": 3, "superseded": 1, "quarantined": 2}


def test_a_corrected_contract_takes_in_what_a_narrow_one_refused(spark: SparkSession, tmp_path: Path) -> None:
    narrow = Rule("size.range", "range", {"maximum": "10"}, "error", "conformity", 1.0)
    size = typed("size", "bigint")
    data = tmp_path / "data"
    data.mkdir()
    (data / "things.csv").write_text("id,size,note\n1,5,a\n2,50,b\nx,6,c\n")

    def contract(name: str, *columns: Column) -> Path:
        return write_contracts(tmp_path / f"{name}.json", [dataset("things", key(), *columns)])

    first = contract("narrow", replace(size, rules=(*size.rules, narrow)), text("note"))
    assert outcome(run_any(spark, tmp_path, data, first, "first"), "things")[1] == {
        "size.range": 1,
        "id.type": 1,
    }
    corrected = contract("wide", size, text("note"), text("later"))
    results = run_any(spark, tmp_path, tmp_path, corrected, "again", replay="first")
    assert outcome(results, "things") == ({"read": 2, "inserted": 1, "quarantined": 1}, {"id.type": 1})
    # What came in is in again's quarantine no more, and a replay of either run changes nothing.
    for name, earlier in (("twice", "first"), ("thrice", "again")):
        results = run_any(spark, tmp_path, tmp_path, corrected, name, replay=earlier)
        assert "inserted" not in outcome(results, "things")[0]
    whole = dataset("things", key(), size, text("note"), text("later"))
    assert rows_of(spark, tmp_path, whole) == [(1, 5, "a", None), (2, 50, "b", None)]
    renamed = dataset("things", key(), size, text("remark"))
    with pytest.raises(ValueError, match="its rows have note, which the contract things has not"):
        read_quarantined(Lake(spark, str(tmp_path)), renamed, "first")


def test_a_run_that_was_never_is_not_replayed(spark: SparkSession, tmp_path: Path) -> None:
    contracts = write_contracts(tmp_path / "contracts.json", [OWNERS])
    with pytest.raises(FileNotFoundError, match="no run 'none' has come to its end in this lake"):
        run_any(spark, tmp_path, tmp_path, contracts, "again", replay="none")

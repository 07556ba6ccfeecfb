"""The whole pipeline on a generated batch: what was planted is what was caught, and DuckDB finds the same."""

from __future__ import annotations

import gzip
import json
import random
import re
import shlex
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from batches import SHOP, dispositions, read_results, reasons, run_pipeline, stored_tables
from duckdb_reference import COLUMNS, MARTS, reference
from etl.arguments import run_date
from etl.model import load_contracts, load_mart
from etl.storage.lake import Lake
from etl.synthetic import generate

ROWS, SEED = 8000, 7
DAY = date(2024, 12, 30)

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "data.md").read_text()


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which a generated batch is published as run `first`."""
    root = tmp_path_factory.mktemp("generated")
    generate.run(spark, str(root / "raw"), ROWS, SEED, DAY)
    run_pipeline(spark, root, DAY, "first")
    return root


@pytest.fixture(scope="module")
def expected(lake: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB's answer on the same files."""
    return reference(lake / "raw", DAY.isoformat())


def planted(root: Path, day: date) -> dict[str, Any]:
    """What the generator says it planted, by dataset."""
    marker = json.loads((root / "raw" / "_planted" / f"run_date={day}" / "planted.json").read_text())
    return dict(marker["datasets"])


def caught(results: dict[str, Any]) -> dict[str, Any]:
    """What the pipeline says it found, in the generator's words."""
    kept = ("inserted", "updated", "superseded", "quarantined")
    return {
        dataset["name"]: {
            "rows": dataset["dispositions"]["read"],
            **{name: dataset["dispositions"][name] for name in kept},
            "reasons": reasons(results, dataset["name"]),
        }
        for dataset in results["datasets"]
    }


def test_caught_is_planted(lake: Path) -> None:
    results = read_results(lake, "first")
    expected = planted(lake, DAY)
    assert expected["orders"]["rows"] == ROWS
    assert len(expected["orders"]["reasons"]) >= 20
    assert caught(results) == expected
    assert results["planted"]["datasets"] == expected


def test_results_are_what_the_schema_says(lake: Path, results_schema: Draft202012Validator) -> None:
    results = read_results(lake, "first")
    results_schema.validate(results)
    assert (results["outcome"], results["audit"]) == ("published", {"passed": True, "violations": []})
    assert [mart["name"] for mart in results["marts"]] == list(MARTS)
    assert {table["name"] for table in results["tables"]} == {*load_contracts(), *MARTS}
    for shown in results["distributions"]:
        inserted = dispositions(results, shown["dataset"])["inserted"]
        assert sum(each["rows"] for each in shown["bins"]) == inserted, shown["column"]


def test_samples_hold_the_whole_mart(lake: Path, expected: duckdb.DuckDBPyConnection) -> None:
    for mart in read_results(lake, "first")["marts"]:
        ((net,),) = expected.sql(f"select sum(net)::double from {mart['name']}").fetchall()
        sample = [row[mart["columns"].index("net")] for row in mart["sample"]]
        assert sum(sample) == pytest.approx(net), mart["name"]


@pytest.mark.parametrize("dataset", SHOP)
def test_curated_rows_are_duckdbs(
    spark: SparkSession, lake: Path, expected: duckdb.DuckDBPyConnection, dataset: str
) -> None:
    rows = expected.sql(f"select {', '.join(COLUMNS[dataset])} from {dataset}").fetchall()
    assert len(rows) == planted(lake, DAY)[dataset]["inserted"]
    assert stored_tables(spark, lake)[dataset] == sorted(rows)


@pytest.mark.parametrize("dataset", SHOP)
def test_quarantined_rows_and_reasons_are_duckdbs(
    spark: SparkSession, lake: Path, expected: duckdb.DuckDBPyConnection, dataset: str
) -> None:
    folder = lake / "quarantine" / dataset / "run=first"
    texts = [f"nullif({name}, '') as {name}" for name in COLUMNS[dataset]]
    quarantine = spark.read.parquet(str(folder))
    found = quarantine.selectExpr(*texts, "_line", "array_join(array_sort(_reasons), ' ')")
    rows = expected.sql(
        f"select {', '.join(COLUMNS[dataset])}, line, array_to_string(reasons, ' ') from {dataset}_quarantine"
    ).fetchall()
    assert len(rows) == planted(lake, DAY)[dataset]["quarantined"]
    assert sorted(map(str, map(tuple, found.collect()))) == sorted(map(str, rows))


@pytest.mark.parametrize("mart", MARTS)
def test_marts_are_duckdbs(
    spark: SparkSession, lake: Path, expected: duckdb.DuckDBPyConnection, mart: str
) -> None:
    door = Lake(spark, str(lake))
    version = door.published().tables[mart]
    found = door.read_table(version, load_mart(mart).ddl).collect()
    rows = expected.sql(f"from {mart}").fetchall()
    assert len(rows) == version.rows > 0
    assert sorted(map(tuple, found)) == sorted(rows)


def test_nothing_depends_on_how_the_rows_are_cut(spark: SparkSession, lake: Path, tmp_path: Path) -> None:
    for dataset in SHOP:
        folder = lake / "raw" / dataset / f"run_date={DAY}"
        texts = [gzip.decompress(path.read_bytes()).decode() for path in sorted(folder.iterdir())]
        header = texts[0].splitlines(keepends=True)[0]
        rows = [line for text in texts for line in text.splitlines(keepends=True)[1:]]
        random.Random(SEED).shuffle(rows)
        for number in range(3):
            target = tmp_path / "raw" / dataset / f"run_date={DAY}" / f"shuffled-{number}.csv.gz"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(gzip.compress("".join([header, *rows[number::3]]).encode()))
    results = run_pipeline(spark, tmp_path, DAY, "shuffled")
    assert caught(results) == planted(lake, DAY)
    assert stored_tables(spark, tmp_path) == stored_tables(spark, lake)
    assert [mart["sample"] for mart in results["marts"]] == [
        mart["sample"] for mart in read_results(lake, "first")["marts"]
    ]


def test_the_documented_second_day_is_caught_as_planted(spark: SparkSession, tmp_path: Path) -> None:
    options = ArgumentParser()
    options.add_argument("--rows", type=int)
    options.add_argument("--seed", type=int, default=42)
    options.add_argument("--run-date", type=run_date)
    options.add_argument("--follows", type=run_date)
    commands = re.findall(r"^\./platform run (--rows .*)$", GUIDE, re.MULTILINE)
    first, second = (options.parse_args(shlex.split(command)) for command in commands)
    assert (first.follows, second.follows) == (None, first.run_date)
    orders = []
    for day in (first, second):
        generate.run(spark, str(tmp_path / "raw"), day.rows, day.seed, day.run_date, day.follows)
        results = run_pipeline(spark, tmp_path, day.run_date, f"of-{day.run_date}")
        assert (results["outcome"], results["audit"]["violations"]) == ("published", [])
        assert caught(results) == planted(tmp_path, day.run_date)
        orders.append(len(stored_tables(spark, tmp_path)["orders"]))
    kept = dispositions(results)
    assert set(kept) == {"inserted", "updated", "superseded", "quarantined"}
    assert orders[1] - orders[0] == kept["inserted"]

"""Data that nobody has described: what is told of it, and the pipeline on it without a line of code."""

from __future__ import annotations

import bz2
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, rows_of, run_any
from etl.model import Contract
from etl.model.layout import MOST_DATASET_COLUMNS

FLIGHTS = Path(__file__).resolve().parents[1] / "nycflights13"

#: Rows of the sample's tables.
ROWS = {"airlines": 16, "airports": 67, "flights": 339, "planes": 258, "weather": 330}


@pytest.fixture(scope="module")
def flights(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with what is told of it, and its contracts, run once as `first`."""
    root = tmp_path_factory.mktemp("flights")
    inferred(spark, FLIGHTS, root)
    contracts, _ = proposed(root)
    run_any(spark, root, FLIGHTS, contracts, "first")
    return root


def contracts_of(root: Path) -> dict[str, Contract]:
    """The contracts that were proposed."""
    return proposed(root)[1]


def test_what_is_told_of_the_flights(flights: Path) -> None:
    contracts = contracts_of(flights)
    assert list(contracts) == list(ROWS)
    types = {column.name: column.type for column in contracts["flights"].columns}
    assert (types["time_hour"], types["dep_delay"], types["tailnum"]) == ("timestamp", "bigint", "string")
    (delay,) = [column for column in contracts["flights"].columns if column.name == "dep_delay"]
    assert (delay.nullable, delay.missing_values) == (True, ("NA",))
    assert {name: len(contract.key) for name, contract in contracts.items()} == {
        **{"airlines": 1, "airports": 1, "planes": 1},
        **{"flights": len(contracts["flights"].key), "weather": 2},
    }
    assert contracts["weather"].key == ("origin", "time_hour")
    references = {(c.name, str(r.params["dataset"])) for c, r in contracts["flights"].references()}
    # Some planes are not in the table of planes, so that their numbers are no reference.
    assert references == {("carrier", "airlines")}


def test_the_contract_says_what_was_seen(flights: Path) -> None:
    text = (flights / "contracts" / "flights.odcs.yaml").read_text()
    assert text.startswith("# Proposed from 1 file with 339 rows: read it before you rely on it.\n")
    assert "      # every value is the key of a row of airlines\n" in text
    assert "called as the key of planes, but" in text


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_published(spark: SparkSession, flights: Path, name: str) -> None:
    contract = contracts_of(flights)[name]
    columns = ", ".join(column.name for column in contract.columns)
    source = f"read_csv('{FLIGHTS / name}.csv', nullstr='NA', all_varchar=true)"
    rows = duckdb.sql(f"select {columns} from {source}").fetchall()
    found = rows_of(spark, flights, contract)
    assert len(found) == len(rows) == ROWS[name]
    index = contract.names.index(contract.key[0])
    assert sorted(str(row[index]) for row in found) == sorted(str(row[index]) for row in rows)


def test_the_same_data_again_changes_nothing(
    spark: SparkSession, flights: Path, tmp_path: Path, results_schema: Draft202012Validator
) -> None:
    root = Path(shutil.copytree(flights, tmp_path / "lake"))
    before = {name: rows_of(spark, root, contract) for name, contract in contracts_of(root).items()}
    results = run_any(spark, root, FLIGHTS, root / "contracts.json", "again")
    results_schema.validate(results)
    assert results["outcome"] == "published"
    for name, rows in ROWS.items():
        assert outcome(results, name) == ({"read": rows, "superseded": rows}, {})
    assert {name: rows_of(spark, root, contract) for name, contract in contracts_of(root).items()} == before


def columns_of(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is told of each column of a dataset."""
    return {column["name"]: column for column in found["columns"]}


@pytest.fixture(scope="module")
def strange(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Files that are hard to tell anything of, and what is told."""
    root = tmp_path_factory.mktemp("strange")
    data = root / "data"
    data.mkdir()
    people = ["id;Full Name;E-Mail;Post Code;country;born;amount;amount;updated_at"]
    people += [
        f"{n};P{n};p{n}@example.com;0{n:04};{('NA', 'BE')[n % 2]};{n % 9 + 1:02}/0{n % 9 + 1}/1990;{n},5;NA;"
        f"2024-01-01 00:00:{n % 60:02}"
        for n in range(1, 101)
    ]
    (data / "people-0001.csv").write_bytes(
        "\n".join(people).encode("windows-1252") + b"\n101;caf\xe9;;;;;;;\n"
    )
    log = [f'{{"Level": "info", "at": {{"day": "2024-01-0{n}"}}, "n": {n}}}' for n in (1, 2, 3)]
    (data / "log.jsonl.bz2").write_bytes(bz2.compress("\n".join([*log, log[0]]).encode()))
    days = ["2024-01-31", "31.01.2024", "01/31/2024", "20240131"]
    (data / "days.csv").write_text("id,day\n" + "".join(f"{n},{days[n % 4]}\n" for n in range(40)))
    (data / "cells.csv").write_text('id,note\n1,"a\nb"\n2,"c ""d"""\n')
    duckdb.sql(f"copy (select 1::smallint as n, [1, 2] as l, now()::timestamp as t) to '{data}/col.parquet'")
    (data / "README.md").write_text("not data")
    return root, inferred(spark, data, root)


def test_the_form_of_the_files(strange: tuple[Path, dict[str, Any]]) -> None:
    _, found = strange
    assert sorted(found) == ["cells", "col", "days", "log", "people"]
    assert found["people"]["raw"] == {
        **{"format": "csv", "delimiter": ";", "header": True},
        **{"encoding": "windows-1252", "multiline": False},
    }
    assert found["cells"]["raw"]["multiline"] is True
    assert (found["log"]["raw"]["format"], found["col"]["raw"]["format"]) == ("jsonl", "parquet")


def test_the_types_of_the_columns(strange: tuple[Path, dict[str, Any]]) -> None:
    _, found = strange
    people = columns_of(found["people"])
    assert {name: (column["type"], column["physical_name"]) for name, column in people.items()} == {
        "id": ("bigint", "id"),
        "full_name": ("string", "Full Name"),
        "e_mail": ("string", "E-Mail"),
        "post_code": ("string", "Post Code"),
        "country": ("string", "country"),
        "born": ("string", "born"),
        "amount": ("decimal(18,1)", "amount"),
        "amount_2": ("string", "amount"),
        "updated_at": ("timestamp", "updated_at"),
    }
    assert people["country"]["missing_values"] == []
    assert people["amount"]["format"] == "1234,56"
    assert people["amount_2"]["missing_values"] == ["NA"]
    assert people["born"]["notes"] == [
        "days, either dd/MM/yyyy or MM/dd/yyyy: make it a DATE with the format that is meant"
    ]
    personal = [name for name, column in people.items() if column["personal"]]
    assert personal == ["full_name", "e_mail", "post_code", "born"]
    assert people["e_mail"]["low"] is None
    (day,) = columns_of(found["days"])["day"]["notes"]
    assert day.startswith("texts of several forms: ")
    log = columns_of(found["log"])
    assert {name: (c["type"], c["physical_name"]) for name, c in log.items()} == {
        "level": ("string", "Level"),
        "at_day": ("date", "$.at.day"),
        "n": ("bigint", "n"),
    }
    assert {c["name"]: c["type"] for c in found["col"]["columns"]} == {
        **{"n": "smallint", "l": "string", "t": "timestamp"}
    }


def test_nothing_is_said_of_persons(strange: tuple[Path, dict[str, Any]]) -> None:
    root, _ = strange
    proposed(root)
    text = (root / "contracts" / "people.odcs.yaml").read_text()
    assert text.count("personal-data") == 4
    assert "@example.com" not in text


def test_all_of_it_runs(spark: SparkSession, strange: tuple[Path, dict[str, Any]]) -> None:
    root, _ = strange
    contracts, parsed = proposed(root)
    results = run_any(spark, root, root / "data", contracts, "strange")
    assert parsed["log"].key == ("at_day",)
    assert outcome(results, "log") == ({"read": 4, "inserted": 3, "superseded": 1}, {})
    assert outcome(results, "days") == ({"read": 40, "inserted": 40}, {})
    assert outcome(results, "cells") == ({"read": 2, "inserted": 2}, {})
    rows, reasons = outcome(results, "people")
    assert (rows["read"], sum(reasons.values()) >= rows.get("quarantined", 0)) == (101, True)


def test_rows_that_miss_another_value_are_no_copies(spark: SparkSession, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "pairs.csv").write_text("a,b\nx,\n,x\nx,y\n,x\n")
    pairs = inferred(spark, data, tmp_path / "place")["pairs"]
    assert (pairs["rows"], pairs["copies"], pairs["key"]) == (4, 1, [])


def test_more_columns_than_a_dataset_may_have(spark: SparkSession, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    names = [f"c{number}" for number in range(MOST_DATASET_COLUMNS + 1)]
    (data / "wide.csv").write_text(f"{','.join(names)}\n{','.join('1' for _ in names)}\n")
    message = r"/wide\.csv: has 501 columns, and a dataset may have 500; take the columns that are needed"
    with pytest.raises(ValueError, match=message):
        inferred(spark, data, tmp_path / "place")

"""Contracts, shipped and inferred, are what the standard's own tool and readers of YAML 1.1 take them for."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from any_data import inferred, proposed
from conftest import BUNDLE, ROOT

PYTHON = ROOT / ".venv" / "contracts" / "bin" / "python"
TOOL = ROOT / "tests" / "etl" / "odcs_tools.py"

#: Texts that are something else to readers of YAML 1.1, or of a database.
WORDS = (
    *(
        "off",
        "no",
        "yes",
        "on",
        "y",
        "n",
        "null",
        "~",
        "1e3",
        "0x1",
        "1_000",
        "12:30:00",
        "2024-01-01",
        ".inf",
    ),
    *(
        "=",
        "<<",
        "017",
        "1.5",
        "true",
        "NONE",
        "select",
        "a: b",
        "# c",
        "2024-01-01T10:00:00Z",
        "-",
        "[a]",
        "{b}",
    ),
)

#: Words that every column has, few enough for a list of values.
LISTED = 15

#: A column of each type and format.
KINDS = {
    "amount": ["1.234,50", "12,25"],
    "count": ["1", "12"],
    "ratio": ["0,123456", "1,654321"],
    "start_date": ["01.02.2024", "31.12.2024"],
    "seen": ["2024-01-31 10:11:12", "2024-02-01 00:00:00"],
    "flag": ["true", "false"],
    "text": ["some", "any"],
}


def read(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What the tools say of contracts, by the name of the file; they have no network."""
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_COLOR": "1"}
    command = [PYTHON, TOOL, *paths]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **nowhere})
    assert ran.returncode == 0, ran.stderr[-2000:]
    return {Path(path).name: found for path, found in json.loads(ran.stdout).items()}


def plain_yaml(paths: Sequence[Path]) -> dict[str, Any]:
    """The same documents by the loader of the platform, which reads YAML 1.2."""
    code = """
    const { parse } = require(process.argv[1]); const { readFileSync } = require("node:fs");
    console.log(JSON.stringify(process.argv.slice(2).map((path) => parse(readFileSync(path, "utf8")))));
    """
    command = ["node", "-e", code, ROOT / "node_modules" / "yaml", *paths]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(zip((path.name for path in paths), json.loads(ran.stdout)))


@pytest.fixture(scope="module")
def proposals(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of contracts that were inferred: of words that YAML reads in two ways, and of every type."""
    place = tmp_path_factory.mktemp("odcs")
    data = place / "data"
    data.mkdir()
    rows = [[WORDS[(n + column) % LISTED] for column in range(len(WORDS))] for n in range(20 * LISTED)]
    lines = [json.dumps({"id": number, **dict(zip(WORDS, row))}) for number, row in enumerate(rows)]
    (data / "norway.jsonl").write_text("\n".join(lines) + "\n")
    table = [";".join(KINDS), *(";".join(values[n % 2] for values in KINDS.values()) for n in range(60))]
    (data / "kinds.csv").write_text("\n".join(table) + "\n")
    inferred(spark, data, place)
    proposed(place)
    return place / "contracts"


def shipped() -> Mapping[str, dict[str, Any]]:
    """The contracts of the release as they were compiled, by the file that they are made of."""
    found = {}
    with zipfile.ZipFile(BUNDLE / "etl.zip") as bundle:
        for name in bundle.namelist():
            is_contract = name.startswith("etl/contracts/") and not name.startswith("etl/contracts/search/")
            if is_contract and name.endswith(".json"):
                compiled = json.loads(bundle.read(name))
                found[f"{compiled['name']}.odcs.yaml"] = compiled
    return found


def columns(compiled: Mapping[str, Any]) -> list[list[str]]:
    """Names and types of the columns as they are created here."""
    return [[column["name"], column["type"]] for column in compiled["columns"]]


def test_shipped_contracts_pass_the_tool_and_become_the_same_tables() -> None:
    paths = [
        *(ROOT / "contracts" / "datasets").glob("*.yaml"),
        *(ROOT / "contracts" / "marts").glob("*.yaml"),
    ]
    found, compiled = read(paths), shipped()
    assert found.keys() == compiled.keys()
    assert len(found) == 10
    for name, seen in found.items():
        assert seen["result"] == "passed", seen["checks"]
        assert seen["columns"] == columns(compiled[name]), name


def test_inferred_contracts_pass_the_tool_and_become_the_same_tables(proposals: Path) -> None:
    compiled = {
        f"{each['name']}.odcs.yaml": each
        for each in json.loads((proposals.parent / "contracts.json").read_text())
    }
    paths = sorted(proposals.glob("*.yaml"))
    found = read(paths)
    assert found.keys() == compiled.keys() == {"kinds.odcs.yaml", "norway.odcs.yaml"}
    for seen in found.values():
        assert seen["result"] == "passed", seen["checks"]
    assert found["kinds.odcs.yaml"]["columns"] == columns(compiled["kinds.odcs.yaml"])
    documents = plain_yaml(paths)
    assert {name: seen["document"] for name, seen in found.items()} == documents


def test_words_stay_texts(proposals: Path) -> None:
    (schema,) = read([proposals / "norway.odcs.yaml"])["norway.odcs.yaml"]["document"]["schema"]
    physical = [each.get("physicalName", each["name"]) for each in schema["properties"]]
    assert set(physical) == {"id", *WORDS}
    lists = [each["quality"][0] for each in schema["properties"] if "quality" in each]
    assert len(lists) >= 1
    for listed in lists:
        values = listed["arguments"]["validValues"]
        assert all(isinstance(value, str) for value in values)
        assert set(values) <= set(WORDS)
        assert listed["severity"] == "warning"

"""Files as people have them: what is inferred of them loads, and what is published is what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, rows_of, run_any
from etl.model import Contract


def numbered(head: str, values: Iterable[object]) -> str:
    """A CSV file of numbered values."""
    return f"id,{head}\n" + "".join(f"{n},{value}\n" for n, value in enumerate(values, start=1))


#: Datasets of one CSV file each.
TEXTS = {
    "open_ends": numbered("valid_to", ["2024-01-31", "9999-12-31", "0001-01-01"]),
    "overflow": numbered("x", [*(f"{n}.5e300" for n in range(1, 101)), "inf"]),
}


@dataclass(frozen=True)
class Tried:
    """A folder of data, what was inferred of it, and the results of a run."""

    root: Path
    evidence: dict[str, dict[str, Any]]
    contracts: dict[str, Contract]
    results: dict[str, Any]

    def column(self, dataset: str, name: str) -> dict[str, Any]:
        """What was seen of a column."""
        return next(each for each in self.evidence[dataset]["columns"] if each["name"] == name)

    def type(self, dataset: str, name: str) -> str:
        """The type of a column."""
        return str(self.column(dataset, name)["type"])


@pytest.fixture(scope="module")
def tried(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """All datasets in one folder, inferred and run once."""
    root = tmp_path_factory.mktemp("inferred")
    data = root / "data"
    data.mkdir()
    for name, text in TEXTS.items():
        (data / f"{name}.csv").write_text(text)
    evidence = inferred(spark, data, root)
    path, contracts = proposed(root)
    return Tried(root, evidence, contracts, run_any(spark, root, data, path, "first"))


@pytest.fixture
def published(spark: SparkSession, tried: Tried) -> Callable[[str, str], list[Any]]:
    """The values of a column as they are published, by the number of their row."""

    def values(dataset: str, name: str) -> list[Any]:
        contract = tried.contracts[dataset]
        at, place = contract.names.index("id"), contract.names.index(name)
        rows = sorted(rows_of(spark, tried.root, contract), key=lambda row: int(row[at]))
        return [row[place] for row in rows]

    return values


def test_the_first_and_the_last_day_are_days_like_others(
    tried: Tried, published: Callable[[str, str], list[Any]]
) -> None:
    assert published("open_ends", "valid_to") == [date(2024, 1, 31), date(9999, 12, 31), date(1, 1, 1)]
    (bins,) = [each["bins"] for each in tried.results["distributions"] if each["dataset"] == "open_ends"]
    assert len(bins) == 5


def test_infinity_is_a_fault_of_its_row(tried: Tried) -> None:
    assert tried.type("overflow", "x") == "double"
    rows = {"read": 101, "inserted": 100, "quarantined": 1}
    assert outcome(tried.results, "overflow") == (rows, {"x.type": 1})

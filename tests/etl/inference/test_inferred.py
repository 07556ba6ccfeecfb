"""Files as people have them: what is inferred of them loads, and what is published is what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
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

#: Tables that only have their key in common, and tables each of which refers to the next of three.
TEXTS |= {
    **{
        name: f"user_id,{name}\n" + "".join(f"{n},{name}{n}\n" for n in range(60))
        for name in ("users", "profiles")
    },
    **{
        f"circle_{one}": f"{one}_id,{other}_id\n" + "".join(f"{n},{n % 20}\n" for n in range(60))
        for one, other in ("ab", "bc", "ca")
    },
}

#: A value that leaves no room for twice as much in its type.
READINGS = {
    "small": pa.array([12_000], pa.int16()),
    "epoch": pa.array([1_711_839_600], pa.int32()),
    "nanoseconds": pa.array([2**62], pa.int64()),
    "unsigned": pa.array([2**64 - 1], pa.uint64()),
    "long": pa.array([Decimal("12345678901234567890123456789012345.125")], pa.decimal128(38, 3)),
    "share": pa.array([Decimal("0.12345678901234567890")], pa.decimal128(20, 20)),
    "huge": pa.array([1.7e308]),
    "tiny": pa.array([1.7e-308]),
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
    pq.write_table(pa.table(READINGS), data / "readings.parquet")
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


def test_a_value_near_the_end_of_its_type_has_no_bound(tried: Tried, spark: SparkSession) -> None:
    contract = tried.contracts["readings"]
    (row,) = rows_of(spark, tried.root, contract)
    assert row == tuple(column[0].as_py() for column in READINGS.values())
    bounded = {c["name"] for c in tried.evidence["readings"]["columns"] if "maximum" in c["bounds"]}
    assert bounded == {"unsigned", "share"}


def test_references_close_no_circle(tried: Tried) -> None:
    references = {
        (name, str(rule.params["dataset"]))
        for name, of_it in tried.contracts.items()
        for _, rule in of_it.references()
    }
    assert references == {("circle_a", "circle_b"), ("circle_b", "circle_c")}

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
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, rows_of, run_any
from etl.model import Contract
from etl.rules.casts import NUMBER_FORMATS


def numbered(head: str, values: Iterable[object]) -> str:
    """A CSV file of numbered values."""
    return f"id,{head}\n" + "".join(f"{n},{value}\n" for n, value in enumerate(values, start=1))


#: Datasets of one CSV file each.
TEXTS = {
    "open_ends": numbered("valid_to", ["2024-01-31", "9999-12-31", "0001-01-01"]),
    "row_names": '"","amount\n(eur)"\n' + "".join(f'"{n}",{n}.25\n' for n in range(60)),
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

#: A column of each kind, and the type that gives its texts back.
COLUMNS: dict[str, tuple[str, list[object]]] = {
    "postcodes": ("string", [*(10_000 + n for n in range(99)), "01067"]),
    "phones": ("string", [f"+4915{10_000_000 + n}" for n in range(60)]),
    "fees": ("decimal(18,2)", ["4021.48" if n == 7 else 0 for n in range(60)]),
    "versions": ("string", ["1.1", "1.10", "1.2"] * 20),
    "goals": ("decimal(18,0)", ["+1", "-2", "0"] * 20),
    "parts": ("string", ["12E4", "11E9", "40"] * 20),
    "physics": ("double", ["1.5e10", "6.022e23", "3e8"] * 20),
    "long_amounts": ("decimal(38,2)", ["12345678901234567.89", "12345678901234568.91"]),
    "negatives": ("string", ["-9223372036854775807", "-9223372036854775806"]),
    "grouped": ("string", [*range(99), "01,234"]),
    "thousands": ("bigint", [*range(98), "1,234,567", "-1,234"]),
    "sums": ("decimal(18,2)", ["1,234.50", "12.25", "0"] * 20),
    "pairs": ("string", ["12,5", "3,25", "7,5"] * 20),
    "european": ("decimal(18,2)", ["1.234,50", "12,25", "1.000", "-7"] * 15),
    "one_group": ("string", [f"{n},{n:03d}" for n in range(1, 60)]),
    "named": ("date", ["31 Jan 2024", "01 Feb 2024"] * 30),
    "both_paddings": ("string", ["31/1/2024", "01/02/2024"] * 30),
    "start_date": ("date", [f"202401{n:02d}" for n in range(1, 31)]),
    "order_number": ("bigint", [f"202401{n:02d}" for n in range(1, 31)]),
    "junk": ("bigint", [*range(99), "unknown"]),
    "flags": ("string", [*["true"] * 99, "True"]),
    "floats": ("double", [repr(n / 7) for n in range(60)]),
    "american": ("date", ["12/31/2024"] * 40 + ["31/12/2024"] + ["01/02/2024"] * 30),
    "typo": (
        "string",
        [f"{n % 12 + 1:02d}/01/2024" for n in range(200)] + ["12/31/2024"] * 20 + ["31/12/2024"],
    ),
    "slight": ("string", ["01/02/2024"] * 200 + ["31/12/2024"]),
    "no_month": ("string", ["2024-31-01", "2024-01-02"] * 30),
}
ROWS = max(len(values) for _, values in COLUMNS.values())

#: All of them beside each other; the shorter ones end in missing values.
TEXTS["columns"] = numbered(
    ",".join(COLUMNS),
    [
        ",".join(f'"{values[n]}"' if n < len(values) else "" for _, values in COLUMNS.values())
        for n in range(ROWS)
    ],
)


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
def published(spark: SparkSession, tried: Tried) -> Callable[[str, str], dict[int, Any]]:
    """The values of a column as they are published, by the number of their row."""
    tables: dict[str, list[Any]] = {}

    def values(dataset: str, name: str) -> dict[int, Any]:
        contract = tried.contracts[dataset]
        if dataset not in tables:
            tables[dataset] = rows_of(spark, tried.root, contract)
        at, place = contract.names.index("id"), contract.names.index(name)
        return {int(row[at]): row[place] for row in tables[dataset]}

    return values


def test_the_first_and_the_last_day_are_days_like_others(
    tried: Tried, published: Callable[[str, str], dict[int, Any]]
) -> None:
    values = published("open_ends", "valid_to")
    assert values == {1: date(2024, 1, 31), 2: date(9999, 12, 31), 3: date(1, 1, 1)}
    (bins,) = [each["bins"] for each in tried.results["distributions"] if each["dataset"] == "open_ends"]
    assert len(bins) == 5


def test_columns_may_have_names_of_no_or_two_lines(
    tried: Tried, results_schema: Draft202012Validator
) -> None:
    names = {column.name: column.physical_name for column in tried.contracts["row_names"].columns}
    assert names == {"column_1": "", "amount_eur": "amount\n(eur)"}
    assert outcome(tried.results, "row_names") == ({"read": 60, "inserted": 60}, {})
    results_schema.validate(tried.results)


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


#: Rows of `columns` that go to quarantine: the one that is unknown, and the one of the other order.
REFUSED = {100: "junk", 41: "american"}


def with_point(text: str, form: str | None) -> str:
    """A number's text without groups and with a point."""
    group, point = NUMBER_FORMATS.get(form or "", ("", "."))
    return text.replace(group, "").replace(point, ".")


@pytest.mark.parametrize("name", COLUMNS)
def test_a_value_is_the_one_of_the_source(
    tried: Tried, published: Callable[[str, str], dict[int, Any]], name: str
) -> None:
    spark_type, values = COLUMNS[name]
    column = tried.column("columns", name)
    assert (column["type"], column["unreadable"]) == (spark_type, name in REFUSED.values())
    assert (spark_type == "string") <= (len(column["notes"]) == 1), column["notes"]
    found = published("columns", name)
    assert set(range(1, ROWS + 1)) - set(found) == set(REFUSED)
    for number, value in enumerate(values, start=1):
        if number in found and spark_type != "date":
            read = repr(found[number]) if spark_type == "double" else str(found[number])
            source = with_point(str(value), column["format"])
            is_text = spark_type in ("string", "bigint")
            assert read == source if is_text else Decimal(read) == Decimal(source)


def test_the_order_of_day_and_month_is_what_most_days_say(
    tried: Tried, published: Callable[[str, str], dict[int, Any]]
) -> None:
    assert tried.column("columns", "american")["format"] == "MM/dd/yyyy"
    days = {date(2024, 12, 31), date(2024, 1, 2), None}
    assert set(published("columns", "american").values()) == days
    (note,) = tried.column("columns", "typo")["notes"]
    assert note.startswith("1 days can only be dd/MM/yyyy, 20 only MM/dd/yyyy, and 200 either: make it")


def test_a_contract_of_numbers_reads_no_code_tomorrow(spark: SparkSession, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "places.csv").write_text(numbered("postcode", range(10_115, 10_175)))
    inferred(spark, data, tmp_path)
    path, _ = proposed(tmp_path)
    (data / "places.csv").write_text(numbered("postcode", [10_115, "01067", "+4915"]))
    results = run_any(spark, tmp_path, data, path, "tomorrow")
    assert outcome(results, "places") == (
        {"read": 3, "inserted": 1, "quarantined": 2},
        {"postcode.type": 2},
    )

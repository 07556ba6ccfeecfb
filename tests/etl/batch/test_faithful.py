"""JSON lines and Parquet of every legal kind: a published value is the source's, or it is known why not."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, quarantine, refusals, run_any, write_contracts
from etl.storage.lake import Lake

#: Two lines, and what is published of each of their fields.
OBJECTS: dict[str, tuple[str, str, Any, Any]] = {
    "id": ("1", "2", 1, 2),
    "empty": ("{}", "{}", "{}", "{}"),
    "list": (r'[1.10, 1e2, -0, "5, 6,\"7", null]', "[]", r'[1.10,1e2,-0,"5, 6,\"7",null]', "[]"),
    "mixed": ('{"a":1.50}', r'"{\"a\": 1.50}"', '{"a":1.50}', '{"a": 1.50}'),
    "digits": ("0.12345678901234567890", "1.1", Decimal("0.12345678901234567890"), Decimal("1.1")),
    "long": ("12345678901234567.89", "1", Decimal("12345678901234567.89"), Decimal(1)),
    "ratios": ("1.10", "1.1", Decimal("1.10"), Decimal("1.10")),
    "exponents": ("1e2", "-2E-1", 100.0, -0.2),
    "texts": ('"1.10"', '"1.1"', "1.10", "1.1"),
    "yes": ("true", "null", True, None),
    "deep": ('{"a":{"b.c":[1.0]}}', '{"a":null}', "[1.0]", None),
}

#: Fields that differ in their case alone: in one object, and in two.
CASES = ['{"Id":1,"id":"a","Status":"x"}', '{"Id":2,"id":"b","status":"y"}']

#: Lines that are published, and lines that are not one sound object.
SOUND = ['{"id":1,"v":"x","o":{"a":"x"}}', '{"id":2,"v":"z","o":{"a":"1","b":null}}', '{"id":3}']
MALFORMED = [
    '{"id":10,"v":"x","v":"y"}',
    '{"id":11,"o":{"a":"x","a":"y"}}',
    '{"id":12}] [{"id":2}',
    '{"id":13},{"id":4}',
    '{"id":14}]',
    '{"id":15} x',
    "{'id':16}",
    "{8:17}",
    '{"id":018}',
    r'{"id":"\ud800"}',
    r'{"id":"\ufdd0"}',
    '{"id":21,}',
    '{"id":23,"v":"x, 5, 6}',
]

NANOSECONDS = 1_711_839_600_123_456_000
MOMENT = dt.datetime(2024, 3, 30, 23, 0, 0, 123456)
_TYPES = pa.struct([("a", pa.int64()), ("b", pa.string()), ("at", pa.timestamp("us"))])

#: Columns of one file: what is in it, and what is published.
READ: dict[str, tuple[pa.Array, Any]] = {
    "nanoseconds": (pa.array([NANOSECONDS], pa.timestamp("ns")), MOMENT),
    "in_utc": (pa.array([NANOSECONDS], pa.timestamp("ns", "UTC")), MOMENT),
    "before": (pa.array([-1000], pa.timestamp("ns")), dt.datetime(1969, 12, 31, 23, 59, 59, 999999)),
    "exact": (pa.array([NANOSECONDS + 789], pa.timestamp("ns")), "2024-03-30 23:00:00.123456789"),
    "exact_before": (pa.array([-1], pa.timestamp("ns")), "1969-12-31 23:59:59.999999999"),
    "unsigned": (pa.array([2**64 - 1], pa.uint64()), Decimal(2**64 - 1)),
    "unsigned_32": (pa.array([2**32 - 1], pa.uint32()), 2**32 - 1),
    "list": (pa.array([[1, None]]), "[1,null]"),
    "map": (pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())), '{"a":1}'),
    "struct": (
        pa.array([{"a": 0, "b": None, "at": MOMENT}], _TYPES),
        '{"a":0,"b":null,"at":"2024-03-30 23:00:00.123456"}',
    ),
    "bytes": (pa.array([b"abc"], pa.binary(3)), "YWJj"),
    "day": (pa.array([dt.date(2024, 1, 31)], pa.date64()), dt.date(2024, 1, 31)),
    "Name": (pa.array(["upper"]), "upper"),
    "name": (pa.array(["lower"]).dictionary_encode(), "lower"),
    "none": (pa.nulls(1), None),
}

#: Columns of a file each, beside a good one, and what the refusal says.
REFUSED: dict[str, tuple[pa.Array, str]] = {
    "time_32": (pa.array([dt.time(1, 2, 3)], pa.time32("ms")), "the column x is int32 (TIME(MILLIS,false))"),
    "time_64": (pa.array([dt.time(1, 2, 3)], pa.time64("us")), "the column x is int64 (TIME(MICROS,false))"),
    "times": (pa.array([[dt.time(1, 2, 3)]], pa.list_(pa.time64("us"))), "the column x is int64 (TIME("),
    "moments": (pa.array([[NANOSECONDS]], pa.list_(pa.timestamp("ns"))), "moments in lists and objects"),
    "long": (pa.array([Decimal(1)], pa.decimal256(50, 2)), "(DECIMAL(50,2)), which is not read"),
    "uuid": (pa.array([b"0123456789abcdef"], pa.uuid()), "(UUID), which is not read"),
    "half": (pa.array([1.5], pa.float32()).cast(pa.float16()), "of a type that this reader does not know"),
    "int96": (pa.array([NANOSECONDS + 789], pa.timestamp("ns")), "in the deprecated type INT96"),
}


@dataclass(frozen=True)
class Tried:
    """A folder of data, what was inferred of it, and the results of a run."""

    root: Path
    evidence: Mapping[str, Any]
    results: Mapping[str, Any]
    left_out: list[dict[str, str]]


@pytest.fixture(scope="module")
def tried(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """All of it in one folder, inferred and run once, by contracts that let any number of rows be refused."""
    root = tmp_path_factory.mktemp("faithful")
    data = root / "data"
    (data / "refused").mkdir(parents=True)
    lines = ["{" + ",".join(f'"{name}":{each[n]}' for name, each in OBJECTS.items()) + "}" for n in (0, 1)]
    (data / "objects.jsonl").write_text("\n".join(lines))
    (data / "cases.jsonl").write_text("\n".join(CASES))
    (data / "lines").mkdir()
    (data / "lines" / "a.jsonl").write_text("\n".join([*SOUND, *MALFORMED]))
    cut = gzip.compress("\n".join(f'{{"id":{n},"v":"{n * 7919}"}}' for n in range(20_000)).encode(), mtime=0)
    (data / "lines" / "cut.jsonl.gz").write_bytes(cut[: len(cut) // 2])
    pq.write_table(pa.table({name: array for name, (array, _) in READ.items()}), data / "columns.parquet")
    legacy = pa.table({"x": pa.array([NANOSECONDS], pa.timestamp("ns"))})
    pq.write_table(legacy, data / "legacy.parquet", use_deprecated_int96_timestamps=True)
    pq.write_table(pa.table({"x": pa.array(["text"])}), data / "refused" / "a.parquet")
    for name, (array, _) in REFUSED.items():
        target = data / "refused" / f"{name}.parquet"
        pq.write_table(pa.table({"x": array}), target, use_deprecated_int96_timestamps=name == "int96")
    write_folders(data)
    evidence = inferred(spark, data, root)
    path, contracts = proposed(root)
    tolerant = [
        replace(
            c,
            columns=tuple(
                replace(x, rules=tuple(replace(r, threshold=1.0) for r in x.rules)) for x in c.columns
            ),
        )
        for c in contracts.values()
    ]
    write_contracts(path, tolerant)
    left_out = json.loads((root / "evidence.json").read_text())["left_out"]
    return Tried(root, evidence, run_any(spark, root, data, path, "first"), left_out)


def write_folders(data: Path) -> None:
    """Folders that name columns, and one of which nothing can be read."""
    for day, amount in (("2024-01-01", 10), ("2024-01-02", 10), ("__HIVE_DEFAULT_PARTITION__", 20)):
        place = data / "stock" / f"day={day}" / "kind=a%3A+b c"
        place.mkdir(parents=True)
        pq.write_table(pa.table({"sku": ["S1"], "amount": [amount]}), place / "part-0.parquet")
    (data / "stock" / "README.md").write_text("about it")
    pq.write_table(pa.table({"sku": ["S2"], "amount": [5]}), data / "stock" / "nowhere.parquet")
    for zone, line in (("north", "1,a\n"), ("south", "1,a\n2,b\n")):
        (data / "zones" / f"zone={zone}").mkdir(parents=True)
        (data / "zones" / f"zone={zone}" / "a.csv").write_text(f"n,name\n{line}")
    (data / "hopeless").mkdir()
    for name in ("time_32", "time_64"):
        pq.write_table(pa.table({"x": REFUSED[name][0]}), data / "hopeless" / f"{name}.parquet")
    (data / "clash").mkdir()
    (data / "clash" / "a.csv").write_text("id\n1\n")
    (data / "sales.xlsx").write_bytes(b"PK")
    (data / "Clash.csv").write_text("id\n1\n")


def published(spark: SparkSession, tried: Tried, name: str) -> list[dict[str, Any]]:
    """Rows of a table without the column that names them by their content."""
    lake = Lake(spark, str(tried.root))
    rows = [row.asDict() for row in lake.tables.read(lake.published().tables[name]).collect()]
    return sorted(({n: v for n, v in row.items() if n != "row_id"} for row in rows), key=repr)


def test_a_field_is_published_as_it_is_written(spark: SparkSession, tried: Tried) -> None:
    names = ["deep_a_b_c" if name == "deep" else name for name in OBJECTS]
    expected = [dict(zip(names, (each[n] for each in OBJECTS.values()))) for n in (2, 3)]
    assert sorted(published(spark, tried, "objects"), key=lambda row: int(row["id"])) == expected


def test_names_that_differ_in_their_case_are_two_columns(spark: SparkSession, tried: Tried) -> None:
    assert published(spark, tried, "cases") == [
        {"id": 1, "status": "x", "id_2": "a", "status_2": None},
        {"id": 2, "status": None, "id_2": "b", "status_2": "y"},
    ]


def test_a_line_that_is_not_one_object_is_kept_whole(spark: SparkSession, tried: Tried) -> None:
    assert [row["id"] for row in published(spark, tried, "lines")] == [1, 2, 3]
    assert sorted(row["_line"] for row in quarantine(spark, tried.root, "lines", "first")) == sorted(
        MALFORMED
    )
    assert outcome(tried.results, "lines")[1] == {"row.malformed": len(MALFORMED)}
    assert refusals(tried.results, "lines") == {
        "cut.jsonl.gz": "EOFException: Unexpected end of input stream"
    }


def test_a_column_of_parquet_is_published_as_it_is(spark: SparkSession, tried: Tried) -> None:
    (row,) = published(spark, tried, "columns")
    names = ["name_2" if name == "name" else name.lower() for name in READ]
    assert row == dict(zip(names, (value for _, value in READ.values())))
    assert published(spark, tried, "legacy") == [{"x": MOMENT}]
    (exact,) = [each for each in tried.evidence["columns"]["columns"] if each["name"] == "exact"]
    assert exact["notes"] == ["1 with nanoseconds, for which a TIMESTAMP has no room: text"]


def test_a_type_that_is_not_read_is_refused_by_name(tried: Tried) -> None:
    found = refusals(tried.results, "refused")
    for name, (_, reason) in REFUSED.items():
        assert reason in found[f"{name}.parquet"]
    assert len(found) == len(REFUSED)
    assert outcome(tried.results, "refused")[0] == {"read": 1, "inserted": 1}


def test_a_folder_may_name_a_column(spark: SparkSession, tried: Tried) -> None:
    assert published(spark, tried, "stock") == [
        {"sku": "S1", "amount": 10, "day": dt.date(2024, 1, 1), "kind": "a:+b c"},
        {"sku": "S1", "amount": 10, "day": dt.date(2024, 1, 2), "kind": "a:+b c"},
        {"sku": "S1", "amount": 20, "day": None, "kind": "a:+b c"},
    ]
    assert refusals(tried.results, "stock") == {
        "nowhere.parquet": "no folder of it names day, kind, as those of other files do"
    }
    zones = [(row["n"], row["name"], row["zone"]) for row in published(spark, tried, "zones")]
    assert zones == [(1, "a", "north"), (1, "a", "south"), (2, "b", "south")]


def test_a_dataset_that_cannot_be_read_stops_no_other(
    tried: Tried, results_schema: Draft202012Validator
) -> None:
    results_schema.validate(tried.results)
    assert tried.results["outcome"] == "published"
    left_out = {each["dataset"]: each["reason"] for each in tried.results["left_out"]}
    assert list(left_out) == ["sales.xlsx", "clash", "hopeless"]
    why = {each["name"]: each["reason"] for each in tried.left_out}
    assert left_out["sales.xlsx"] == why["sales.xlsx"]
    assert why["hopeless"].startswith("no file of it can be read: ")
    assert (
        why["clash"] == left_out["clash"] == "Clash and clash both make the dataset clash: rename one of them"
    )
    assert "time_32.parquet: the column x is int32 (TIME(MILLIS,false)), which is not read" in why["hopeless"]
    assert "there is no contract for it" in left_out["hopeless"]

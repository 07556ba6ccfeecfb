"""Files as the world writes them.

Each is read, or refused by name or row with the reason, and every row is counted.
"""

from __future__ import annotations

import bz2
import gzip
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from any_data import (
    dataset,
    key,
    outcome,
    quarantine,
    refusals,
    rows_of,
    run_any,
    text,
    typed,
    write_contracts,
)
from etl.model import Contract, RawFormat

NOTED = (key(), text("note"))
JSON, PARQUET = RawFormat("jsonl"), RawFormat("parquet")
BREAKS = RawFormat(multiline=True)

#: Forms of days, and of moments.
DAYS = ("yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy")
MOMENTS = ("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'")
NO_DAYS = [typed(f"day_{n}", "date", form=form) for n, form in enumerate(DAYS)] + [
    typed(f"moment_{n}", "timestamp", form=form) for n, form in enumerate(MOMENTS)
]

CONTRACTS = {
    contract.name: contract
    for contract in (
        dataset("encodings", *NOTED),
        dataset("declared", *NOTED, raw=RawFormat(encoding="windows-1252")),
        dataset("wide_characters", *NOTED, raw=RawFormat(encoding="UTF-16", multiline=True)),
        dataset("ragged", *NOTED, raw=RawFormat(delimiter=";")),
        dataset("line_breaks", *NOTED, raw=BREAKS),
        dataset("never_closed", *NOTED, raw=BREAKS),
        dataset("mixed", key(), typed("size", "int"), typed("day", "date"), typed("yes", "boolean")),
        dataset("twice", key(), text("amount"), text("amount_2", physical="amount")),
        dataset("headers", *NOTED),
        dataset("headless", *NOTED, raw=RawFormat(header=False)),
        dataset("packed", *NOTED),
        dataset(
            "objects",
            key(),
            text("city", physical="$.address.city"),
            text("tags"),
            typed("price", "decimal(18,2)"),
            raw=JSON,
        ),
        dataset("columnar", key(), typed("since", "timestamp"), typed("price", "decimal(18,9)"), raw=PARQUET),
        dataset("footers", key(), text("note"), raw=PARQUET),
        dataset("tabs", text("a"), text("b"), raw=RawFormat(delimiter="\t")),
        dataset("no_days", key(), *NO_DAYS),
        dataset("nothing", *NOTED),
    )
}


def write(data: Path, place: str, content: bytes) -> None:
    """A file of the data."""
    path = data / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_texts(data: Path) -> None:
    """What CSV and JSON can be."""
    write(data, "encodings/a.csv", b"id,note\n1,caf\xe9\n2,caf\xc3\xa9\n")
    write(data, "encodings/mark.csv", b"\xef\xbb\xbfid,note\n3,mark\n")
    write(data, "declared/a.csv", b"id,note\n1,caf\xe9\n")
    write(data, "wide_characters/a.csv", "id,note\n1,né\n".encode("utf-16"))
    write(data, "ragged/a.csv", b"id;note\n1;a\n2\n3;b;c\n4;d\n")
    write(data, "line_breaks/a.csv", b'id,note\n1,"two\nlines, and ""quotes"""\n2,b\n')
    write(data, "never_closed/a.csv", b'id,note\n1,"x' + b"\n2,y" * 300_000)
    write(data, "never_closed/b.csv", b"id,note\n3,z\n")
    mixed = (b"id,size,day,yes", b"1,2,2024-02-29,true", b"2,two,29/02/2024,yes", b"3,2.5,29 Feb 2024,1")
    write(data, "mixed/a.csv", b"\n".join(mixed))
    write(data, "twice/a.csv", b"id,amount,amount\n1,a,b\n")
    write(data, "headers/good.csv", b"id,note\n1,a\n")
    write(data, "headers/less.csv", b"id\n2\n")
    write(data, "headers/more.csv", b"id,note,extra\n3,a,b\n")
    write(data, "headers/order.csv", b"note,id\na,4\n")
    write(data, "headers/twice.csv", b"id,note,note\n5,a,b\n")
    write(data, "headless/a.csv", b"\xef\xbb\xbf1,a\n2,b\n")
    whole = gzip.compress(b"id,note\n" + b"".join(b"%d,%d\n" % (n, n * 7919) for n in range(20_000)), mtime=0)
    write(data, "packed/a.csv.bz2", bz2.compress(b"id,note\n1,a\n"))
    write(data, "packed/b.csv.gz", whole[: len(whole) // 2])
    write(data, "packed/c.csv.gz", whole[:20_000] + b"\0" * 400 + whole[20_400:])
    write(data, "packed/d.csv.gz", b"id,note\n2,b\n")
    write(data, "packed/e.csv.zip", b"PK")
    write(data, "packed/f.csv.zst", b"\x28\xb5\x2f\xfd")
    write(data, "tabs/a.tsv", b"a\tb\n1\tx\n\t\n\n \t\n\t\t\n")
    february = "{0}-02-30,30.02.{0},30/02/{0},02/30/{0},{0}-02-30 10:00:00,{0}-02-30T10:00:00Z"
    header = ",".join(column.name for column in NO_DAYS)
    write(data, "no_days/a.csv", f"id,{header}\n1,{february.format(2024)}\n".encode())
    write(data, "nothing/none.csv", b"")
    write(data, "nothing/header.csv", b"id,note\n")
    write(data, "_temporary/part.csv", b"of nobody\n")


LINES = [
    '{"id": 1, "address": {"city": "Ghent"}, "tags": ["a", 1], "price": 100000000.25}',
    '{"id": "2", "price": "1.50"}',
    '{"id": 3, "address": "Ghent"}',
    '{"id": 4} {"id": 5}',
    '[{"id": 6}]',
    '{"id": 7, "colour": "red"}',
    '{"id": 8, "address": {"city": "Ghent", "street": "x"}}',
    '{"id": 8, "address": "{}"}',
    '{"id": 8, "address": {"city": "Ghent", "city": "Lille"}}',
    '{"id": 9',
    "",
    '{"id": 10, "price": "much"}',
]


def write_objects(data: Path) -> None:
    """What lines of JSON can be."""
    write(data, "objects/a.jsonl", "\n".join(LINES).encode() + b'\n{"id": 11, "tags": "\xff"}\n')
    write(data, "objects/b.json", b'[{"id": 12}]')
    write(data, "objects/c.jsonl", b"")


def write_columns(data: Path) -> None:
    """What Parquet can be."""
    for name in ("columnar", "footers"):
        (data / name).mkdir()

    def parquet(place: str, query: str) -> None:
        duckdb.sql(f"copy ({query}) to '{data / place}' (format parquet)")

    parquet(
        "columnar/a.parquet",
        "select * from (values (1::bigint, timestamp '2024-01-01 10:00:00', 0.000000001::decimal(18, 9)), "
        "(2, null, 7)) as t(id, since, price)",
    )
    parquet("columnar/b.parquet", "select 3::int as id, timestamp '2024-01-02' as since, '1.5' as price")
    parquet("columnar/c.parquet", "select 4 as id, '2024-01-02'::timestamp_ns as since, 1 as price")
    # A moment that the contract's form would cut.
    parquet("columnar/d.parquet", "select 5 as id, '2024-01-02 00:00:00.5'::timestamp as since, 1 as price")
    parquet("footers/a.parquet", "select 1::bigint as id, 'a' as note union all select null, 'b'")
    parquet("footers/less.parquet", "select 2::bigint as id")
    parquet("footers/pages.parquet", "select range as id, 'note ' || range as note from range(100000)")
    good = (data / "footers/a.parquet").read_bytes()
    write(data, "footers/cut.parquet", good[: len(good) // 2])
    write(data, "footers/text.parquet", b"id,note\n1,a\n")
    write(data, "footers/none.parquet", b"")
    pages = bytearray((data / "footers/pages.parquet").read_bytes())
    pages[1000:3000] = b"\xff" * 2000
    write(data, "footers/pages.parquet", bytes(pages))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data, in `data`, and the place of the lake."""
    root = tmp_path_factory.mktemp("hostile")
    data = root / "data"
    write_texts(data)
    write_objects(data)
    write_columns(data)
    return root


@pytest.fixture(scope="module")
def results(spark: SparkSession, lake: Path) -> dict[str, Any]:
    """One run of all of it."""
    contracts = write_contracts(lake / "contracts.json", list(CONTRACTS.values()))
    return run_any(spark, lake, lake / "data", contracts, "hostile")


EXPECTED: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "encodings": ({"read": 3, "inserted": 2, "quarantined": 1}, {"note.encoding": 1}),
    "declared": ({"read": 1, "inserted": 1}, {}),
    "wide_characters": ({"read": 1, "inserted": 1}, {}),
    "ragged": ({"read": 4, "inserted": 2, "quarantined": 2}, {"row.malformed": 2}),
    "line_breaks": ({"read": 2, "inserted": 2}, {}),
    "never_closed": ({"read": 1, "inserted": 1}, {}),
    "mixed": (
        {"read": 3, "inserted": 1, "quarantined": 2},
        {"size.type": 2, "day.type": 2, "yes.type": 2},
    ),
    "twice": ({"read": 1, "inserted": 1}, {}),
    "headers": ({"read": 1, "inserted": 1}, {}),
    "headless": ({"read": 2, "inserted": 2}, {}),
    "packed": ({"read": 1, "inserted": 1}, {}),
    "objects": (
        {"read": 12, "inserted": 2, "quarantined": 10},
        {"row.malformed": 8, "price.type": 1, "tags.encoding": 1},
    ),
    "columnar": ({"read": 5, "inserted": 4, "quarantined": 1}, {"since.type": 1}),
    "footers": ({"read": 2, "inserted": 1, "quarantined": 1}, {"id.required": 1}),
    "tabs": ({"read": 4, "inserted": 3, "quarantined": 1}, {"row.malformed": 1}),
    "no_days": ({"read": 1, "quarantined": 1}, {f"{column.name}.type": 1 for column in NO_DAYS}),
    "nothing": ({}, {}),
}


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_row_is_accounted_for(results: dict[str, Any], name: str) -> None:
    assert outcome(results, name) == EXPECTED[name]


def test_the_results_are_what_the_schema_says(
    results: dict[str, Any], results_schema: Draft202012Validator
) -> None:
    results_schema.validate(results)
    assert results["marts"] == []
    assert {each["name"] for each in results["tables"]} == set(CONTRACTS)


def values(spark: SparkSession, lake: Path, name: str) -> list[tuple[Any, ...]]:
    """Rows as they are published."""
    contract: Contract = CONTRACTS[name]
    return rows_of(spark, lake, contract)


@pytest.mark.usefixtures("results")
def test_what_is_read_is_what_was_meant(spark: SparkSession, lake: Path) -> None:
    assert values(spark, lake, "encodings") == [(2, "café"), (3, "mark")]
    assert values(spark, lake, "declared") == [(1, "café")]
    assert values(spark, lake, "wide_characters") == [(1, "né")]
    assert values(spark, lake, "line_breaks") == [(1, 'two\nlines, and "quotes"'), (2, "b")]
    assert values(spark, lake, "mixed") == [(1, 2, date(2024, 2, 29), True)]
    assert values(spark, lake, "twice") == [(1, "a", "b")]
    assert values(spark, lake, "headless") == [(1, "a"), (2, "b")]
    assert values(spark, lake, "objects") == [
        (1, "Ghent", '["a",1]', Decimal("100000000.25")),
        (2, None, None, Decimal("1.50")),
    ]
    assert values(spark, lake, "columnar") == [
        (1, datetime(2024, 1, 1, 10), Decimal("0.000000001")),
        (2, None, Decimal(7)),
        (3, datetime(2024, 1, 2), Decimal("1.5")),
        (4, datetime(2024, 1, 2), Decimal(1)),
    ]


@pytest.mark.usefixtures("results")
def test_quarantine_has_the_raw_record(spark: SparkSession, lake: Path) -> None:
    def kept(name: str, column: str) -> list[Any]:
        return [row[column] for row in quarantine(spark, lake, name, "hostile")]

    assert sorted(kept("ragged", "_line")) == ["2", "3;b;c"]
    assert sorted(kept("mixed", "day")) == ["29 Feb 2024", "29/02/2024"]
    lines = kept("objects", "_line")
    assert set(LINES[2:10]) < set(lines)
    assert lines.count(None) == 2
    # Parquet numbers its rows.
    assert kept("footers", "_source_file") == ["a.parquet#1"]


def test_refused_files_say_why(results: dict[str, Any]) -> None:
    assert refusals(results, "headers") == {
        "less.csv": "the header is not 'id,note': note missing",
        "more.csv": "the header is not 'id,note': column 3 is not in the contract",
        "order.csv": "the header is not 'id,note': in another order",
        "twice.csv": "the header is not 'id,note': note there twice",
    }
    assert refusals(results, "nothing") == {"none.csv": "the file is empty, without even the header id,note"}
    assert refusals(results, "objects") == {
        "b.json": "the file is a JSON array, not one object a line",
        "c.jsonl": "the file is empty",
    }
    closed = refusals(results, "never_closed")
    assert set(closed) == {"a.csv"}
    assert "exceeds the maximum number of characters" in closed["a.csv"]
    packed = refusals(results, "packed")
    assert packed["e.csv.zip"].startswith("the name does not end in .csv or .tsv or .txt, packed (.gz,")
    assert packed["d.csv.gz"] == "IOException: not a gzip file"
    assert packed["b.csv.gz"] == "EOFException: Unexpected end of input stream"
    # No release of PySpark from PyPI has Hadoop's native libraries.
    assert "native zStandard library not available" in packed["f.csv.zst"]
    assert set(packed) == {"b.csv.gz", "c.csv.gz", "d.csv.gz", "e.csv.zip", "f.csv.zst"}


def test_refused_parquet_says_why(results: dict[str, Any]) -> None:
    assert refusals(results, "columnar") == {}
    footers = refusals(results, "footers")
    assert footers["less.parquet"] == "the columns are not the contract's: note missing"
    assert footers["none.parquet"] == "the file is empty, without even a footer"
    assert "is not a Parquet file" in footers["cut.parquet"]
    assert "is not a Parquet file" in footers["text.parquet"]
    assert set(footers) == {"cut.parquet", "less.parquet", "none.parquet", "pages.parquet", "text.parquet"}

"""DuckDB over a lake that the platform made: the same rows and types as other readers, and nothing else."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from explore.access.contracts import Contract
from explore.access.laptop import Laptop
from explore.access.types import type_name
from explore.errors import ExploreError, NotPublishedError, UnknownTableError
from lakes import newest_metadata, read_by_pyiceberg

PUBLISHED = ["curated.orders", "curated.products", "marts.revenue_by_day", "marts.product_performance"]
LIVE = [
    "live.orders", "live.web_events", "live.session_funnel", "live.revenue_by_minute", "live.search_terms"
]  # fmt: skip


def snapshot_of(lake: Path, table: str) -> str:
    """The snapshot that the pointer names, or of a live table the current one."""
    schema, name = table.split(".")
    if schema == "live":
        return str(json.loads(newest_metadata(lake, table).read_text())["current-snapshot-id"])
    pointer = json.loads((lake / "published" / "current.json").read_text())
    return str(pointer["tables"][name]["snapshot_id"])


def rows(table: pa.Table) -> list[str]:
    """The rows in an order that does not depend on the reader."""
    return sorted(map(str, table.to_pylist()))


@pytest.mark.parametrize("table", [*PUBLISHED, *LIVE])
def test_a_table_has_the_rows_and_types_that_pyiceberg_reads(laptop: Laptop, lake: Path, table: str) -> None:
    found = laptop.query(f"select * from {table}").table
    expected = read_by_pyiceberg(lake, table, snapshot_of(lake, table))
    assert found.num_rows > 0
    assert found.schema.equals(expected.schema)
    assert rows(found) == rows(expected)


@pytest.mark.parametrize(
    ("contract_type", "athena"), [("bigint", "bigint"), ("string", "varchar"), ("int", "integer")]
)
def test_columns_have_the_types_of_the_contract(
    laptop: Laptop, contracts: Mapping[str, Contract], contract_type: str, athena: str
) -> None:
    columns = {column.name: column.type for column in contracts["orders"].columns}
    fields = laptop.query("select * from curated.orders", 1).table.schema
    found = {type_name(fields.field(name).type) for name, kind in columns.items() if kind == contract_type}
    assert found == {athena}


def test_serving_has_each_key_once_with_its_newest_row(laptop: Laptop, lake: Path) -> None:
    newest: dict[int, dict[str, object]] = {}
    for table in ("curated.orders", "live.orders"):
        for row in read_by_pyiceberg(lake, table, snapshot_of(lake, table)).to_pylist():
            known = newest.get(row["order_id"])
            if known is None or row["updated_at"] > known["updated_at"]:
                newest[row["order_id"]] = {name: row[name] for name in row if not name.startswith("_")}
    found = laptop.query("select * from serving.orders").table
    assert found.num_rows == len(newest) > 0
    assert rows(found) == sorted(map(str, newest.values()))


def test_a_dataset_without_a_stream_serves_what_is_published(laptop: Laptop) -> None:
    found = laptop.query("select s.n, c.n from (select count(*) as n from serving.products) s, "
                         "(select count(*) as n from curated.products) c").table  # fmt: skip
    ((served, curated),) = [tuple(row) for row in zip(*(column.to_pylist() for column in found.columns))]
    assert served == curated > 0


def test_arithmetic_and_functions_are_those_of_athena(laptop: Laptop) -> None:
    sql = """
        select 7 / 2 as whole, date_diff('day', date '2024-01-30', date '2024-02-01') as days,
            date_format(timestamp '2024-02-03 04:05:06', '%Y-%m') as month, if(1 > 2, 'a', 'b') as chosen,
            element_at(array[1, 2], 2) as second, json_extract_scalar('{"a": "b"}', '$.a') as inner_text,
            cast('12.30' as decimal(5, 2)) as price, date_add('month', 1, date '2024-01-31') as later,
            try_cast('x' as integer) as nothing, regexp_like('shop-17', '[0-9]+') as has_digits,
            timestamp '2024-02-03 04:05:06 UTC' as moment, sum(x) as total, count_if(x > 1) as above
        from unnest(array[1, 2, 3]) as t(x)
    """
    (row,) = laptop.query(sql).table.to_pylist()
    assert row == {
        "whole": 3,
        "days": 2,
        "month": "2024-02",
        "chosen": "b",
        "second": 2,
        "inner_text": "b",
        "price": Decimal("12.30"),
        "later": row["later"],
        "nothing": None,
        "has_digits": True,
        "moment": datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
        "total": 6,
        "above": 2,
    }
    assert str(row["later"]).startswith(str(date(2024, 2, 29)))


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("1e0 / 0", math.inf),
        ("-1e0 / 0", -math.inf),
        ("1 / null", None),
        ("null / 0", None),
        ("try(1 / 0)", None),
        ("7 / nullif(0, 0)", None),
        ("case when 0 = 0 then 5 else 1 / 0 end", 5),
        ("-7 / 2", -3),
        ("mod(-7, 2)", -1),
        ("7.5e0 / 2", 3.75),
        ("extract(dow from date '2024-01-07')", 7),
        ("day_of_week(date '2024-01-07')", 7),
    ],
)
def test_division_and_days_of_the_week_are_those_of_athena(laptop: Laptop, sql: str, value: object) -> None:
    assert laptop.query(f"select {sql} as z").table.to_pylist() == [{"z": value}]


def test_zero_divided_by_zero_is_no_number(laptop: Laptop) -> None:
    (row,) = laptop.query("select 0e0 / 0 as divided, 5e0 % 0 as rest").table.to_pylist()
    assert math.isnan(row["divided"])
    assert math.isnan(row["rest"])


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 / 0 as z",
        "select 1.50 / 0 as z",
        "select mod(5, 0) as z",
        "select sum(net / (quantity - quantity)) as z from marts.revenue_by_day r, curated.orders o",
        "select x / y as z from (values (4, 2), (1, 0)) as t(x, y)",
        "select count(*) / sum(0) as z from curated.orders",
    ],
)
def test_a_division_by_zero_fails_as_in_athena(laptop: Laptop, sql: str) -> None:
    with pytest.raises(ExploreError, match="division by zero") as wrong:
        laptop.query(sql)
    assert "nullif" in (wrong.value.remedy or "")


def test_an_expression_with_a_division_is_grouped_and_sorted_by(laptop: Laptop) -> None:
    sql = """
        select order_id / 10 as ten, count(*) as n, sum(quantity) * 1e0 / count(*) as mean from curated.orders
        group by order_id / 10 order by order_id / 10
    """
    found = laptop.query(sql).table
    assert found["ten"].to_pylist() == sorted(found["ten"].to_pylist())
    assert sum(found["n"].to_pylist()) == laptop.query("select order_id from curated.orders").table.num_rows


@pytest.mark.parametrize("end", ["fetch first 2 rows with ties", "fetch first 50 percent rows only"])
def test_rows_with_ties_are_refused_wherever_they_are_asked_for(laptop: Laptop, end: str) -> None:
    asked = f"select order_id from curated.orders order by order_id {end}"
    for sql in (asked, f"select count(*) from ({asked}) t"):
        with pytest.raises(ExploreError, match=f"(?i){end}.*: on a laptop"):
            laptop.query(sql)
    found = laptop.query("select order_id from curated.orders order by order_id fetch first 2 rows only")
    assert found.table.num_rows == 2


def test_sums_of_integers_are_bigint(laptop: Laptop) -> None:
    found = laptop.query("select sum(quantity), sum(order_id), count(*) from curated.orders").table
    assert [type_name(field.type) for field in found.schema] == ["bigint"] * 3
    assert found.column_names == ["_col0", "_col1", "_col2"]


def test_a_limit_tells_that_there_are_more_rows(laptop: Laptop) -> None:
    few = laptop.query("select order_id from curated.orders order by order_id desc", 3)
    assert (few.table.num_rows, few.has_more) == (3, True)
    assert few.table["order_id"].to_pylist() == sorted(few.table["order_id"].to_pylist(), reverse=True)
    assert not laptop.query("select order_id from curated.orders limit 3", 3).has_more


def test_bytes_are_those_of_the_columns_that_were_read(laptop: Laptop) -> None:
    one = laptop.query("select sum(quantity) from curated.orders").bytes_scanned
    every = laptop.query("select * from curated.orders").bytes_scanned
    assert one is not None
    assert every is not None
    assert 0 < one < every


def test_an_earlier_snapshot_is_read_by_its_number(laptop: Laptop, lake: Path) -> None:
    metadata = json.loads(newest_metadata(lake, "live.orders").read_text())
    snapshots = sorted(metadata["snapshots"], key=lambda snapshot: snapshot["sequence-number"])
    first = str(snapshots[0]["snapshot-id"])
    found = laptop.query(f"select orders.order_id from live.orders for version as of {first}").table
    expected = read_by_pyiceberg(lake, "live.orders", first)
    assert sorted(found["order_id"].to_pylist()) == sorted(expected["order_id"].to_pylist())
    with pytest.raises(ExploreError, match="read as of the number of a snapshot"):
        laptop.query("select * from live.orders for timestamp as of timestamp '2024-01-01 00:00:00 UTC'")


def test_a_lake_that_was_moved_is_read_where_it_is(
    lake: Path, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    for folder in ("published", "curated/products"):
        shutil.copytree(lake / folder, tmp_path / "moved 'lake'" / folder)
    moved = Laptop(tmp_path / "moved 'lake'", contracts)
    assert moved.query("select count(*) from curated.products").table["_col0"].to_pylist()[0] > 0


def test_nothing_outside_the_lake_can_be_read(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(UnknownTableError):
        laptop.query(f"select * from '{tmp_path}/secret.csv'")
    with pytest.raises(UnknownTableError):
        laptop.query(f'select * from "{tmp_path}/secret.csv"')


@pytest.mark.parametrize(
    ("sql", "message", "remedy"),
    [
        ("select nope from curated.orders", '"nope" not found', '"order_id"'),
        ("select cast('a' as bigint)", "Could not convert string 'a'", "docs/query.md"),
        ("select flor(1)", "flor does not exist", "floor"),
        ("select * from curated.ordrs", "there is no table curated.ordrs", "curated.orders"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(
    laptop: Laptop, sql: str, message: str, remedy: str
) -> None:
    with pytest.raises(ExploreError) as wrong:
        laptop.query(sql)
    assert message in wrong.value.message
    assert remedy in wrong.value.remedy
    assert "\n" not in wrong.value.message


def test_before_the_first_run_it_says_what_to_run(contracts: dict[str, Contract], tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError) as nothing:
        Laptop(tmp_path, contracts).query("select * from curated.orders")
    assert "make demo" in nothing.value.remedy
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current.json").write_text("{")
    with pytest.raises(ExploreError, match=r"published/current\.json: cannot be read"):
        Laptop(tmp_path, contracts).tables()
    (tmp_path / "published" / "current.json").write_text('{"schema_version": 9}')
    with pytest.raises(ExploreError, match="schema_version is 9; allowed is 2"):
        Laptop(tmp_path, contracts).tables()


def test_the_version_changes_with_what_is_published(
    lake: Path, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    shutil.copytree(lake / "published", tmp_path / "published")
    before = Laptop(tmp_path, contracts).version
    pointer = json.loads((tmp_path / "published" / "current.json").read_text())
    pointer["tables"]["orders"]["snapshot_id"] = "17"
    (tmp_path / "published" / "current.json").write_text(json.dumps(pointer))
    assert Laptop(tmp_path, contracts).version != before

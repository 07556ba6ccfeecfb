"""Athena's and Glue's interfaces, emulated: what is sent, what comes back, and how old results may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import boto3
import httpx
import pyarrow as pa
import pytest
from explore.access.athena import Athena, _Known, _reuse_minutes
from explore.access.contracts import Contract
from explore.access.engine import TableName
from explore.access.laptop import Laptop
from explore.access.place import AthenaPlace
from explore.access.serving import serving_sql
from explore.access.statement import Statement
from explore.access.types import type_name
from explore.errors import ExploreError, NotPublishedError, UnknownTableError
from sqlglot import parse_one

PLACE = AthenaPlace("shop-dev", "shop_dev_", "eu-north-1", "s3://results/athena/")
TABLES = {
    "curated": ["orders", "products"],
    "marts": ["revenue_by_day"],
    "live": ["orders"],
}


@pytest.fixture
def athena(aws: boto3.Session, contracts: dict[str, Contract]) -> Athena:
    """An environment with tables in Glue, a workgroup, and a bucket for results."""
    glue = aws.client("glue")
    for schema, names in TABLES.items():
        glue.create_database(DatabaseInput={"Name": f"shop_dev_{schema}"})
        for name in names:
            parameters = {"table_type": "ICEBERG", "metadata_location": f"s3://data/{schema}/{name}/1.json"}
            table = {"Name": name, "Parameters": parameters}
            glue.create_table(DatabaseName=f"shop_dev_{schema}", TableInput=table)
    aws.client("s3").create_bucket(
        Bucket="results", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
    )
    aws.client("athena").create_work_group(Name="shop-dev", Configuration={})
    return Athena(PLACE, contracts, aws)


def prepare(aws: boto3.Session, columns: Mapping[str, str], rows: Sequence[Sequence[str | None]]) -> None:
    """Let the next query find these rows, as Athena writes them."""

    def cells(texts: Sequence[str | None]) -> dict[str, Any]:
        return {"Data": [{} if text is None else {"VarCharValue": text} for text in texts]}

    info = []
    for name, kind in columns.items():
        base, _, inner = kind.partition("(")
        precision, _, scale = inner.rstrip(")").partition(",")
        info.append(
            {
                **{"CatalogName": "hive", "SchemaName": "", "TableName": "", "Name": name, "Label": name},
                **{"Type": base, "Precision": int(precision or 0), "Scale": int(scale or 0)},
                **{"Nullable": "UNKNOWN", "CaseSensitive": False},
            }
        )
    results = {"rows": [cells(list(columns)), *map(cells, rows)], "column_info": info}
    url = f"{aws.client('athena').meta.endpoint_url}/moto-api/static/athena/query-results"
    answer = httpx.post(
        url, json={"account_id": "123456789012", "region": "eu-north-1", "results": [results]}
    )
    assert answer.status_code == 201


def sent(aws: boto3.Session) -> str:
    """The statement of the last query."""
    client = aws.client("athena")
    (execution,) = client.list_query_executions(WorkGroup="shop-dev")["QueryExecutionIds"]
    return str(client.get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Query"])


def test_values_come_in_the_types_that_athena_names(aws: boto3.Session, athena: Athena) -> None:
    columns = {
        "order_id": "bigint",
        "quantity": "integer",
        "unit_price": "decimal(12,2)",
        "ordered": "timestamp with time zone",
        "day": "date",
        "country": "varchar",
        "active": "boolean",
        "share": "double",
    }
    full = ["17", "2", "24.90", "2024-11-29 18:04:11.250 UTC", "2024-11-29", 'a "b", c', "true", "0.5"]
    prepare(
        aws, columns, [[text.replace('"', '""') for text in full], [None] * 8, [*[None] * 5, "", None, None]]
    )
    result = athena.query("select * from curated.orders")
    kinds = [*list(columns.values())[:3], "timestamp(6) with time zone", *list(columns.values())[4:]]
    assert [type_name(field.type) for field in result.table.schema] == kinds
    first, nothing, empty = result.table.to_pylist()
    assert first == {
        "order_id": 17,
        "quantity": 2,
        "unit_price": Decimal("24.90"),
        "ordered": datetime(2024, 11, 29, 18, 4, 11, 250_000, tzinfo=UTC),
        "day": datetime(2024, 11, 29, tzinfo=UTC).date(),
        "country": 'a "b", c',
        "active": True,
        "share": 0.5,
    }
    assert set(nothing.values()) == {None}
    assert empty["country"] == ""
    assert result.bytes_scanned == 0


def test_the_laptop_s_rows_come_back_from_athena_as_they_are(
    aws: boto3.Session, athena: Athena, laptop: Laptop
) -> None:
    sql = "select * from curated.orders order by order_id limit 50"
    expected = laptop.query(sql).table
    columns = {
        field.name: type_name(field.type).replace("(6)", "").replace(" with", " with")
        for field in expected.schema
    }
    prepare(aws, columns, list(as_athena_writes(expected)))
    found = athena.query(sql).table
    assert found.schema.equals(expected.schema)
    assert found.to_pylist() == expected.to_pylist()


def as_athena_writes(table: pa.Table) -> Iterator[list[str | None]]:
    """Values as Athena's CSV has them: moments with milliseconds and their zone."""
    for row in table.to_pylist():
        yield [
            f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03} UTC"
            if isinstance(value, datetime)
            else None
            if value is None
            else str(value)
            for value in row.values()
        ]


def test_databases_of_the_environment_are_asked_and_served_rows_by_their_query(
    aws: boto3.Session, athena: Athena, contracts: dict[str, Contract]
) -> None:
    prepare(aws, {"n": "bigint"}, [["3"]])
    athena.query("select count(*) as n from serving.orders where orders.country = 'BE'", 10)
    query = sent(aws)
    served = serving_sql(contracts["orders"], "shop_dev_curated.orders orders", "shop_dev_live.orders orders")
    inner = parse_one(served, read="athena").sql(dialect="athena")
    # `AS` stands before the alias of each table.
    assert inner.replace("orders orders", "orders AS orders") in query
    assert query.endswith("AS orders WHERE orders.country = 'BE' LIMIT 11")


def test_a_dataset_without_live_rows_serves_what_is_published(aws: boto3.Session, athena: Athena) -> None:
    prepare(aws, {"n": "bigint"}, [["3"]])
    athena.query("select count(*) as n from serving.products")
    assert "FROM (SELECT * FROM shop_dev_curated.products AS products) AS products" in sent(aws)


def test_a_limit_tells_that_there_are_more_rows(aws: boto3.Session, athena: Athena) -> None:
    prepare(aws, {"n": "bigint"}, [["1"], ["2"], ["3"]])
    result = athena.query("select order_id as n from curated.orders", 2)
    assert (result.table["n"].to_pylist(), result.has_more) == ([1, 2], True)


def test_what_writes_or_is_not_there_is_never_sent(aws: boto3.Session, athena: Athena) -> None:
    with pytest.raises(ExploreError, match="DROP is refused"):
        athena.query("drop table curated.orders")
    with pytest.raises(UnknownTableError) as unknown:
        athena.query("select * from curated.ordrs")
    assert "curated.orders" in unknown.value.remedy
    assert aws.client("athena").list_query_executions(WorkGroup="shop-dev")["QueryExecutionIds"] == []


def test_before_the_first_run_it_says_what_to_run(aws: boto3.Session, contracts: dict[str, Contract]) -> None:
    with pytest.raises(NotPublishedError) as nothing:
        Athena(PLACE, contracts, aws).query("select 1 from curated.orders")
    assert "shop-dev in eu-north-1" in nothing.value.message
    assert "run the pipeline there" in nothing.value.remedy


def test_an_unknown_workgroup_is_named(
    aws: boto3.Session, athena: Athena, contracts: dict[str, Contract]
) -> None:
    other = AthenaPlace("nobody-s", "shop_dev_", "eu-north-1")
    with pytest.raises(ExploreError, match="WorkGroup"):
        Athena(other, contracts, aws).query("select 1 from curated.orders")


def test_the_version_changes_with_each_commit(aws: boto3.Session, athena: Athena) -> None:
    before = athena.version
    changed = {"Name": "orders", "Parameters": {"metadata_location": "s3://data/curated/orders/2.json"}}
    aws.client("glue").update_table(DatabaseName="shop_dev_curated", TableInput=changed)
    assert athena.version != before


NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
COMMITS = {
    "orders": timedelta(minutes=30),
    "products": timedelta(days=2),
    "revenue_by_day": timedelta(days=30),
}


@pytest.mark.parametrize(
    ("sql", "minutes"),
    [
        ("select * from orders", 29),
        ("select * from products", 2 * 24 * 60 - 1),
        ("select * from products, orders", 29),
        ("select * from revenue_by_day", 7 * 24 * 60),
        ("select * from revenue_by_day where day > current_date", 0),
        ("select now(), * from revenue_by_day", 0),
        ("select rand(), * from revenue_by_day", 0),
    ],
)
def test_results_are_reused_that_are_younger_than_the_last_commit(sql: str, minutes: int) -> None:
    known = {TableName("curated", name): _Known("", NOW - age) for name, age in COMMITS.items()}
    statement = Statement.parse(sql).resolve(list(known))
    assert _reuse_minutes(statement, known, NOW) == minutes


def test_a_table_that_changes_now_is_asked_anew() -> None:
    known = {TableName("live", "orders"): _Known("", NOW - timedelta(seconds=5))}
    assert _reuse_minutes(Statement.parse("select * from live.orders"), known, NOW) == 0


def test_contracts_are_where_they_are_compiled(tmp_path: Path) -> None:
    from explore.access.contracts import load_contracts  # noqa: PLC0415

    with pytest.raises(ExploreError) as none:
        load_contracts(tmp_path)
    assert f"contract compile --out {tmp_path}" in none.value.remedy
    (tmp_path / "orders.json").write_text("{}")
    with pytest.raises(ExploreError, match=r"orders\.json: is not a compiled contract"):
        load_contracts(tmp_path)

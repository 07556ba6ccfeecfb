"""Statements: what is refused, which tables are found, and how other engines say the same."""

from __future__ import annotations

import pytest
from explore.access.engine import TableName
from explore.access.statement import Statement
from explore.errors import ExploreError, UnknownTableError

KNOWN = [
    TableName("curated", "orders"),
    TableName("curated", "products"),
    TableName("marts", "revenue_by_day"),
    TableName("serving", "orders"),
    TableName("live", "orders"),
]


@pytest.mark.parametrize(
    ("sql", "verb"),
    [
        ("delete from curated.orders", "DELETE"),
        ("update curated.orders set quantity = 1", "UPDATE"),
        ("insert into curated.orders select * from curated.orders", "INSERT"),
        ("merge into a using b on a.x = b.x when matched then delete", "MERGE"),
        ("create table copy as select * from curated.orders", "CREATE"),
        ("create or replace view v as select 1", "CREATE"),
        ("drop table curated.orders", "DROP"),
        ("truncate table curated.orders", "TRUNCATE"),
        ("alter table curated.orders add columns (x int)", "ALTER"),
        ("copy (select 1) to 'x.csv'", "COPY"),
        ("unload (select 1) to 's3://bucket/x' with (format = 'PARQUET')", "UNLOAD"),
        ("select * into copy from curated.orders", "INTO"),
        ("with gone as (delete from curated.orders) select * from gone", "DELETE"),
        ("vacuum curated.orders", "VACUUM"),
        ("optimize curated.orders rewrite data using bin_pack", "OPTIMIZE"),
        ("msck repair table orders", "MSCK"),
        ("call system.register_table('a')", "CALL"),
        ("set x = 1", "SET"),
        ("use curated", "USE"),
        ("pragma x", "PRAGMA"),
        ("grant select on x to y", "GRANT"),
    ],
)
def test_a_statement_that_writes_is_refused_by_its_verb(sql: str, verb: str) -> None:
    with pytest.raises(ExploreError, match=f"^{verb} is refused: only statements that begin with SELECT"):
        Statement.parse(sql)


@pytest.mark.parametrize(
    "sql", ["select * from read_csv('/etc/passwd')", "select * from table(system.runtime.nodes(1))"]
)
def test_tables_come_from_the_platform_alone(sql: str) -> None:
    with pytest.raises(ExploreError, match="is not a table of the platform"):
        Statement.parse(sql)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("", "there is no statement"),
        (" -- nothing\n", "there is no statement"),
        ("select 1; select 2", "there are 2 statements"),
        ("select 'a", "is not closed"),
        ("select *\nfrom curated.orders where", "line 2"),
        ("selec 1", "cannot be read at line 1"),
        ("orders", "ORDERS is refused"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(sql: str, message: str) -> None:
    with pytest.raises(ExploreError, match=message):
        Statement.parse(sql)


def test_a_semicolon_at_the_end_is_no_second_statement() -> None:
    assert Statement.parse("select 1;").sql() == "SELECT 1"


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("select * from orders", {"curated.orders"}),
        ("select * from SERVING.Orders", {"serving.orders"}),
        ("with orders as (select 1 as a) select * from orders", set()),
        ("select (select max(day) from revenue_by_day)", {"marts.revenue_by_day"}),
        ("select 1 from products p join live.orders o on true", {"curated.products", "live.orders"}),
        ("select * from unnest(array[1, 2]) as t(x)", set()),
    ],
)
def test_tables_are_found_wherever_they_are_named(sql: str, names: set[str]) -> None:
    assert set(map(str, Statement.parse(sql).resolve(KNOWN).names())) == names


@pytest.mark.parametrize(
    ("table", "remedy"),
    [
        ("curated.oders", "curated.orders"),
        ("curated.revenue_by_day", "marts.revenue_by_day"),
        ("raw.product", "curated.products"),
        ("aws.curated.orders", "curated.orders"),
        ("x", "use one of curated.orders, curated.products, marts.revenue_by_day"),
    ],
)
def test_an_unknown_table_comes_with_the_nearest_names(table: str, remedy: str) -> None:
    with pytest.raises(UnknownTableError) as unknown:
        Statement.parse(f"select * from {table}").resolve(KNOWN)
    assert unknown.value.message == f"there is no table {table}"
    assert remedy in unknown.value.remedy


def test_the_databases_of_an_environment_keep_the_names_of_tables() -> None:
    statement = Statement.parse(
        "select orders.a, curated.orders.b from curated.orders join products p on true"
    )
    assert statement.resolve(KNOWN).in_databases("shop_dev_").sql() == (
        "SELECT orders.a, orders.b FROM shop_dev_curated.orders AS orders "
        "JOIN shop_dev_curated.products AS p ON TRUE"
    )


def test_a_limit_is_added_to_the_whole_statement_and_keeps_its_order() -> None:
    limited = Statement.parse("select 1 as a union all select 2 order by a desc").limited(5)
    assert limited.sql() == "SELECT 1 AS a UNION ALL SELECT 2 ORDER BY a DESC LIMIT 5"
    assert Statement.parse("select 1 limit 3").limited(5).sql() == "SELECT 1 LIMIT 3"
    assert Statement.parse("select 1 limit 9").limited(5).sql() == "SELECT 1 LIMIT 5"
    assert Statement.parse("select 1 fetch first 9 rows only").limited(5).sql() == "SELECT 1 LIMIT 5"
    assert Statement.parse("select 1 limit all").limited(5).sql() == "SELECT 1 LIMIT 5"


@pytest.mark.parametrize(
    "limit", ["limit (3)", "limit 1 + 2", "limit 1e1", "limit 'a'", "fetch first row only"]
)
def test_a_limit_that_is_no_plain_number_stays(limit: str) -> None:
    statement = Statement.parse(f"select 1 {limit}")
    assert statement.limited(5).sql() == statement.sql()


def test_columns_without_a_name_are_called_as_in_athena() -> None:
    named = Statement.parse("select a, count(*), b as c, 1 + 1 from t").named()
    assert named.sql() == "SELECT a, COUNT(*) AS _col1, b AS c, 1 + 1 AS _col3 FROM t"

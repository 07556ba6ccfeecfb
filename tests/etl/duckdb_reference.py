"""The same work in DuckDB's SQL, written from the contracts and not from the jobs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

COUNTRIES = "('BE', 'NL', 'FR', 'DE', 'LU', 'GB', 'ES', 'IT')"
EMAIL = "[a-z0-9._+-]+@[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]{2,}"
CATEGORIES = "('electronics', 'home', 'fashion', 'beauty', 'sports', 'toys', 'books', 'groceries')"
STATUSES = "('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned')"
EARLIEST = "timestamp '2015-01-01 00:00:00'"

#: Texts of products, which may be missing, with their longest length.
TEXTS = {
    **{f"name_{language}": 160 for language in ("fr", "nl", "de")},
    **{f"description_{language}": 1000 for language in ("en", "fr", "nl", "de")},
}

#: Columns of the raw files with their types.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "customer_id": "bigint",
        "email": "varchar",
        "name": "varchar",
        "country": "varchar",
        "segment": "varchar",
        "signup_date": "date",
        "updated_at": "timestamp",
    },
    "products": {
        "product_id": "bigint",
        "name": "varchar",
        "category": "varchar",
        "unit_price": "decimal(12,2)",
        "active": "boolean",
        "updated_at": "timestamp",
        **dict.fromkeys(TEXTS, "varchar"),
    },
    "orders": {
        "order_id": "bigint",
        "customer_id": "bigint",
        "product_id": "bigint",
        "order_ts": "timestamp",
        "quantity": "integer",
        "unit_price": "decimal(12,2)",
        "discount": "decimal(4,2)",
        "status": "varchar",
        "country": "varchar",
        "channel": "varchar",
        "updated_at": "timestamp",
    },
}

#: Text that is plainly of a type.
PLAIN = {
    "bigint": r"[+-]?\d+",
    "integer": r"[+-]?\d+",
    "decimal(12,2)": r"[+-]?0*\d{1,10}(\.\d{1,2}0*)?",
    "decimal(4,2)": r"[+-]?0*\d{1,2}(\.\d{1,2}0*)?",
    "boolean": "true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "timestamp": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
}

OPTIONAL = {"channel", *TEXTS}

#: What breaks each further rule; `v` holds the typed values, {end} is the first moment after the run date.
BROKEN: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "customer_id.range": "v.customer_id < 1",
        "email.length": "length(v.email) > 254",
        "email.pattern": f"not regexp_full_match(v.email, '{EMAIL}')",
        "name.length": "length(v.name) > 120",
        "country.pattern": "not regexp_full_match(v.country, '[A-Z]{2}')",
        "country.allowed": f"v.country not in {COUNTRIES}",
        "segment.allowed": "v.segment not in ('consumer', 'small_business', 'enterprise')",
        "signup_date.range": "v.signup_date < date '2015-01-01'",
        "signup_date.future": "v.signup_date >= {end}",
        "updated_at.range": f"v.updated_at < {EARLIEST}",
        "updated_at.future": "v.updated_at >= {end}",
    },
    "products": {
        "product_id.range": "v.product_id < 1",
        "name.length": "length(v.name) > 120",
        "category.allowed": f"v.category not in {CATEGORIES}",
        "unit_price.range": "v.unit_price <= 0",
        **{f"{name}.length": f"length(v.{name}) > {longest}" for name, longest in TEXTS.items()},
        "updated_at.range": f"v.updated_at < {EARLIEST}",
        "updated_at.future": "v.updated_at >= {end}",
    },
    "orders": {
        "order_id.range": "v.order_id < 1",
        "customer_id.reference": "v.customer_id not in (select customer_id from customers)",
        "product_id.reference": "v.product_id not in (select product_id from products)",
        "order_ts.range": f"v.order_ts < {EARLIEST}",
        "order_ts.future": "v.order_ts >= {end}",
        "quantity.range": "v.quantity not between 1 and 100",
        "unit_price.range": "v.unit_price not between 0.01 and 100000",
        "discount.range": "v.discount not between 0 and 0.9",
        "status.allowed": f"v.status not in {STATUSES}",
        "country.allowed": f"v.country not in {COUNTRIES}",
        "channel.allowed": "v.channel not in ('web', 'store', 'app')",
        "updated_at.range": f"v.updated_at < {EARLIEST}",
        "updated_at.future": "v.updated_at >= {end}",
    },
}

MARTS = {
    "revenue_by_day": """
        select order_ts::date as day, country, count(*) as orders, sum(quantity)::bigint as units,
          round(sum(gross), 2)::decimal(18,2) as gross, round(sum(net), 2)::decimal(18,2) as net
        from sold group by all""",
    "product_performance": """
        select product_id, any_value(p.name) as product, any_value(p.category) as category,
          count(*) as orders, sum(quantity)::bigint as units, round(sum(net), 2)::decimal(18,2) as net,
          round(count(*) filter (status = 'returned') / count(*), 6) as return_share
        from sold join products p using (product_id) group by product_id""",
    "customer_value": """
        select customer_id, any_value(c.segment) as segment, any_value(c.country) as country,
          count(*) as orders, round(sum(net), 2)::decimal(18,2) as net, min(order_ts)::date as first_order,
          max(order_ts)::date as last_order,
          (date '{run_date}' - max(order_ts)::date)::integer as recency_days
        from sold join customers c using (customer_id) group by customer_id""",
}


def reference(raw: Path, run_date: str) -> duckdb.DuckDBPyConnection:
    """Judge, merge and count one first batch.

    The connection has the curated tables and the marts by their names, and `<dataset>_quarantine`: raw texts,
    `line` of what could not be cut into columns, `reasons` sorted.
    """
    connection = duckdb.connect()
    connection.execute("set threads = 2; set timezone = 'UTC'")
    for dataset in COLUMNS:
        _judge(connection, raw, dataset, run_date)
    connection.execute("""
        create table sold as select *, quantity * unit_price as gross,
          case when status = 'returned' then 0 else quantity * unit_price * (1 - discount) end as net
        from orders where status <> 'cancelled'""")
    for mart, query in MARTS.items():
        connection.execute(f"create table {mart} as {query.format(run_date=run_date)}")
    return connection


def _judge(connection: duckdb.DuckDBPyConnection, raw: Path, dataset: str, run_date: str) -> None:
    columns = COLUMNS[dataset]
    key = next(iter(columns))
    names = ", ".join(columns)
    texts = ", ".join(f"nullif({name}, '') as {name}" for name in columns)
    read = (
        f"read_csv('{raw}/{dataset}/run_date={run_date}/*.csv.gz', header = true, all_varchar = true, "
        "quote = '\"', escape = '\"', delim = ',', strict_mode = true, store_rejects = true, "
        f"rejects_limit = 0, rejects_table = '{dataset}_rejects', rejects_scan = '{dataset}_scans')"
    )
    connection.execute(f"create table {dataset}_raw as select {texts} from {read}")
    end = f"(date '{run_date}' + 1)"
    reasons = {}
    for name, kind in columns.items():
        if kind in PLAIN:
            reasons[f"{name}.type"] = f"r.{name} is not null and v.{name} is null"
        if name not in OPTIONAL:
            reasons[f"{name}.required"] = f"r.{name} is null"
    reasons |= {code: condition.replace("{end}", end) for code, condition in BROKEN[dataset].items()}
    listed = ", ".join(f"case when {condition} then '{code}' end" for code, condition in reasons.items())
    values = ", ".join(_value(name, kind) for name, kind in columns.items())
    connection.execute(f"""
        create table {dataset}_judged as
        with numbered as (select row_number() over () as n, * from {dataset}_raw),
             valued as (select n, {values} from numbered)
        select r.n, {", ".join(f"v.{name}" for name in columns)},
          list_filter([{listed}], lambda code: code is not null) as reasons
        from numbered r join valued v using (n)""")
    connection.execute(f"""
        create table {dataset}_conflicts as
        select {key}, updated_at from {dataset}_judged where len(reasons) = 0
        group by {key}, updated_at having count(distinct row({names})) > 1""")
    in_conflict = f"({key}, updated_at) in (select ({key}, updated_at) from {dataset}_conflicts)"
    connection.execute(f"""
        create table {dataset} as select distinct {names} from {dataset}_judged j
        where len(reasons) = 0 and not {in_conflict}
        qualify rank() over (partition by {key} order by updated_at desc) = 1""")
    raw_names = ", ".join(f"r.{name}" for name in columns)
    nothing = ", ".join("null" for _ in columns)
    connection.execute(f"""
        create table {dataset}_quarantine as
        with numbered as (select row_number() over () as n, * from {dataset}_raw)
        select {raw_names}, null as line, list_sort(j.reasons) as reasons
        from {dataset}_judged j join numbered r using (n) where len(j.reasons) > 0
        union all
        select {raw_names}, null, ['{key}.unique'] from {dataset}_judged j join numbered r using (n)
        where len(j.reasons) = 0
          and (j.{key}, j.updated_at) in (select ({key}, updated_at) from {dataset}_conflicts)
        union all
        select {nothing}, csv_line, ['row.malformed']
        from (select distinct file_id, line, csv_line from {dataset}_rejects)""")


def _value(name: str, kind: str) -> str:
    """A text's value, if the text is plainly one: DuckDB's own casts are lenient too."""
    if kind not in PLAIN:
        return name
    return (
        f"case when regexp_full_match({name}, '{PLAIN[kind]}') then try_cast({name} as {kind}) end as {name}"
    )

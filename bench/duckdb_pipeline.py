"""The pipeline's work in DuckDB: judge, quarantine, resolve duplicates, curate by month, three marts."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import duckdb
from duckdb_rules import Contract, cast, reasons, text, typed

#: As the jobs' waves: what is referred to comes first.
DATASETS = ("customers", "products", "orders")

SOLD = """
select *, cast(unit_price * 100 as bigint) * quantity as cents, 100 - cast(discount * 100 as int) as kept
from curated_orders where status <> 'cancelled'
"""
EARNED = "sum(case when status = 'returned' then 0 else cents * kept end)"
#: Rounded to cents once, half up, in whole numbers.
NET = f"cast(cast(({EARNED} + 50) // 100 as bigint) * 0.01 as decimal(18, 2)) as net"
RETURNED = "round(count(*) filter (status = 'returned') / count(*), 6) as return_share"
MARTS = {
    "revenue_by_day": f"""
        select cast(order_ts as date) as day, country, count(*) as orders, sum(quantity) as units,
        cast(cast(sum(cents) as bigint) * 0.01 as decimal(18, 2)) as gross, {NET} from sold group by all""",
    "product_performance": f"""
        select product_id, any_value(name) as product, any_value(category) as category, count(*) as orders,
        sum(quantity) as units, {NET}, {RETURNED}
        from sold join curated_products using (product_id) group by product_id""",
    "customer_value": f"""
        select customer_id, any_value(segment) as segment, any_value(c.country) as country,
        count(*) as orders, {NET}, cast(min(order_ts) as date) as first_order,
        cast(max(order_ts) as date) as last_order,
        date_diff('day', cast(max(order_ts) as date), date 'RUN_DATE') as recency_days
        from sold join curated_customers c using (customer_id) group by customer_id""",
}


def contracts_of(bundle: Path) -> dict[str, Contract]:
    """The compiled contracts of a release."""
    with zipfile.ZipFile(bundle / "etl.zip") as archive:
        return {name: json.loads(archive.read(f"etl/contracts/{name}.json")) for name in DATASETS}


def run(contracts: dict[str, Contract], source: str, run_date: str, output: Path) -> None:
    """Do all of it into `output`. `source` gives the raw rows, with places for dataset and columns."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    database = duckdb.connect()
    database.execute("set threads = 2; set preserve_insertion_order = false")
    for name in DATASETS:
        _judge(database, contracts[name], source, run_date)
        _resolve(database, contracts[name])
        _write(database, contracts[name], output)
    database.execute(f"create table sold as {SOLD}")
    for mart, sql in MARTS.items():
        query = sql.replace("RUN_DATE", run_date)
        database.execute(f"copy ({query}) to '{output}/{mart}.parquet' (compression zstd)")


def _judge(database: duckdb.DuckDBPyConnection, contract: Contract, source: str, run_date: str) -> None:
    columns = contract["columns"]
    names = ", ".join(f"'{column['physical_name']}': 'VARCHAR'" for column in columns)
    rows = source.format(dataset=contract["name"], columns=f"{{{names}}}")
    texts = ", ".join(f"{column['physical_name']} as {text(column)}" for column in columns)
    names_of_casts = {column["name"]: f"cast_{column['name']}" for column in columns}
    casts = ", ".join(f"{cast(column)} as {names_of_casts[column['name']]}" for column in columns)
    values = ", ".join(f"{typed(c, names_of_casts[c['name']])} as {c['name']}" for c in columns)
    own = ", ".join(f"typed.{column['name']}, typed.{text(column)}" for column in columns)
    missing, joins = "", ""
    for column in columns:
        for rule in column["rules"]:
            if rule["kind"] == "reference":
                name, to, key = column["name"], rule["params"]["dataset"], rule["params"]["column"]
                missing += f", k_{name}.{key} is null as missing_{name}"
                joins += f" left join curated_{to} k_{name} on k_{name}.{key} = typed.{name}"
    database.execute(
        f"create table judged as with texts as (select {texts} from {rows}), "
        f"typed as (select *, {values} from (select *, {casts} from texts)), "
        f"known as (select {own}{missing} from typed {joins}) "
        f"select *, {reasons(contract, run_date)} as reasons from known"
    )


def _resolve(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    key, version = contract["key"][0], contract["version_column"]
    content = ", ".join(column["name"] for column in contract["columns"])
    table = f"create table curated_{contract['name']} as select {content} from judged"
    database.execute(
        f"create table suspects as select {key} from judged where len(reasons) = 0 group by 1 "
        "having count(*) > 1;"
        f"create table ranked as select *, conflict or row_number() over (partition by {key} "
        f"order by conflict, {version} desc) > 1 as dropped from (select *, count(distinct ({content})) "
        f"over (partition by {key}, {version}) > 1 as conflict "
        f"from judged semi join suspects using ({key}) where len(reasons) = 0);"
        f"{table} anti join suspects using ({key}) where len(reasons) = 0 "
        f"union all select {content} from ranked where not dropped"
    )


def _write(database: duckdb.DuckDBPyConnection, contract: Contract, output: Path) -> None:
    name, key = contract["name"], contract["key"][0]
    texts = ", ".join(f"{text(column)} as {column['name']}" for column in contract["columns"])
    partition = contract["partition_by"]
    place, columns, options = f"{output}/{name}.parquet", "*", "format parquet, compression zstd"
    if partition:
        place, columns = f"{output}/{name}", f"*, strftime({partition['column']}, '%Y-%m') as month"
        options += ", partition_by (month)"
    database.execute(
        f"copy (select {texts}, reasons from judged where len(reasons) > 0 union all "
        f"select {texts}, ['{key}.unique'] from ranked where conflict) "
        f"to '{output}/quarantine_{name}.parquet' (compression zstd);"
        f"copy (select {columns} from curated_{name}) to '{place}' ({options});"
        "drop table judged; drop table suspects; drop table ranked"
    )

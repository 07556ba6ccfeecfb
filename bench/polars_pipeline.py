"""The pipeline's work in Polars: judge, quarantine, resolve duplicates, curate by month, three marts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
from duckdb_pipeline import DATASETS
from duckdb_rules import Contract, text
from polars_rules import broken, typed

ORDERS = pl.len().cast(pl.Int64).alias("orders")
UNITS = pl.col("quantity").cast(pl.Int64).sum().alias("units")


def run(contracts: dict[str, Contract], raw: Path, run_date: str, output: Path) -> None:
    """Do all of it into `output`, on the Parquet files of texts below `raw`."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    curated: dict[str, pl.DataFrame] = {}
    for name in DATASETS:
        contract = contracts[name]
        valid, refused = _judge(contract, raw / name / "*.parquet", run_date, curated)
        curated[name], contradicting = _resolve(contract, valid)
        pl.concat([refused, contradicting]).write_parquet(output / f"quarantine_{name}.parquet")
        _write(contract, curated[name], output)
    for mart, rows in _marts(curated, date.fromisoformat(run_date)).items():
        rows.collect().write_parquet(output / f"{mart}.parquet")


def _judge(
    contract: Contract, raw: Path, run_date: str, curated: dict[str, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The valid rows, and the texts of all others with their reasons."""
    columns = contract["columns"]
    rows = pl.scan_parquet(raw).rename({c["physical_name"]: text(c) for c in columns})
    rows = rows.with_columns(typed(column).alias(column["name"]) for column in columns)
    for column in columns:
        for rule in column["rules"]:
            if rule["kind"] == "reference":
                keys = curated[rule["params"]["dataset"]].lazy().select(rule["params"]["column"])
                known = keys.with_columns(pl.lit(False).alias(f"missing_{column['name']}"))
                rows = rows.join(
                    known, left_on=column["name"], right_on=rule["params"]["column"], how="left"
                ).with_columns(pl.col(f"missing_{column['name']}").fill_null(True))
    reasons = broken(contract, run_date)
    judged = rows.with_columns(pl.any_horizontal(list(reasons.values())).alias("bad")).collect()
    found = [pl.when(breaks).then(pl.lit(reason)) for reason, breaks in reasons.items()]
    refused = judged.filter("bad").select(
        *[pl.col(text(column)).alias(column["name"]) for column in columns],
        pl.concat_list(found).list.drop_nulls().alias("reasons"),
    )
    texts = [text(column) for column in columns]
    return judged.filter(~pl.col("bad")).select(*[column["name"] for column in columns], *texts), refused


def _resolve(contract: Contract, valid: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The curated rows, and the texts of those that contradict each other."""
    key, version = contract["key"][0], contract["version_column"]
    names = [column["name"] for column in contract["columns"]]
    suspects = valid.select(key).group_by(key).len().filter(pl.col("len") > 1).select(key)
    shared = valid.join(suspects, on=key, how="semi")
    conflict = pl.struct(names).n_unique().over(key, version) > 1
    shared = shared.with_columns(conflict.alias("conflict"))
    newest = (
        shared.filter(~pl.col("conflict"))
        .sort(version, descending=True)
        .unique(key, keep="first", maintain_order=True)
    )
    alone = valid.join(suspects, on=key, how="anti")
    contradicting = shared.filter("conflict").select(
        *[pl.col(text(column)).alias(column["name"]) for column in contract["columns"]],
        pl.lit([f"{key}.unique"]).alias("reasons"),
    )
    return pl.concat([alone.select(names), newest.select(names)]), contradicting


def _write(contract: Contract, rows: pl.DataFrame, output: Path) -> None:
    name, partition = contract["name"], contract["partition_by"]
    if not partition:
        rows.write_parquet(output / f"{name}.parquet")
        return
    month = pl.col(partition["column"]).dt.strftime("%Y-%m")
    for (label,), part in rows.with_columns(month.alias("month")).partition_by("month", as_dict=True).items():
        place = output / name / f"month={label}"
        place.mkdir(parents=True)
        part.write_parquet(place / "rows.parquet")


def _marts(curated: dict[str, pl.DataFrame], run_date: date) -> dict[str, pl.LazyFrame]:
    orders, products, customers = (curated[name].lazy() for name in ("orders", "products", "customers"))
    returned = pl.col("status") == "returned"
    cents = _hundredths("unit_price") * pl.col("quantity")
    kept = pl.when(returned).then(0).otherwise(cents * (100 - _hundredths("discount")))
    sold = orders.filter(pl.col("status") != "cancelled").with_columns(cents=cents, kept=kept)
    net = _euros((pl.col("kept").sum() + 50) // 100).alias("net")
    share = (returned.sum() / pl.len()).round(6, mode="half_away_from_zero").alias("return_share")
    first, last = (pl.col("order_ts").min().dt.date(), pl.col("order_ts").max().dt.date())
    by_day = sold.group_by(pl.col("order_ts").dt.date().alias("day"), "country")
    by_product = sold.group_by("product_id").agg(ORDERS, UNITS, net, share)
    by_customer = sold.group_by("customer_id").agg(
        ORDERS, net, first.alias("first_order"), last.alias("last_order")
    )
    named = products.select("product_id", pl.col("name").alias("product"), "category")
    since = (pl.lit(run_date) - pl.col("last_order")).dt.total_days().cast(pl.Int32)
    return {
        "revenue_by_day": by_day.agg(ORDERS, UNITS, _euros(pl.col("cents").sum()).alias("gross"), net),
        "product_performance": by_product.join(named, on="product_id").select(
            "product_id", "product", "category", "orders", "units", "net", "return_share"
        ),
        "customer_value": by_customer.join(
            customers.select("customer_id", "segment", "country"), on="customer_id"
        ).select(
            *("customer_id", "segment", "country", "orders", "net", "first_order", "last_order"),
            since.alias("recency_days"),
        ),
    }


def _hundredths(column: str) -> pl.Expr:
    return (pl.col(column).cast(pl.Float64) * 100).round().cast(pl.Int64)


def _euros(cents: pl.Expr) -> pl.Expr:
    return (cents.cast(pl.Float64) / 100).round(2).cast(pl.Decimal(18, 2))

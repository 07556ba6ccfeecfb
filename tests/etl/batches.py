"""Small batches by hand, and the pipeline run on them: what the tests of whole runs are made of."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from etl.batch import curate, ingest, marts
from etl.batch.run import Run
from etl.model import load_contract, load_contracts
from etl.storage.lake import Lake
from etl.storage.tables import KEPT
from etl.synthetic.datasets import DATASETS

Row = Mapping[str, str]

#: The datasets of the shop, of which there are batches; a release may have contracts for more.
SHOP = tuple(dataset.name for dataset in DATASETS)

DAY = date(2024, 12, 30)
NEXT_DAY = date(2024, 12, 31)


def order(number: int, **values: str) -> Row:
    """A sound order of customer 1 and product 1, written on DAY."""
    return {
        "order_id": str(number),
        "customer_id": "1",
        "product_id": "1",
        "order_ts": "2024-12-30 08:00:00",
        "quantity": "2",
        "unit_price": "10.00",
        "discount": "0.10",
        "status": "paid",
        "country": "BE",
        "channel": "web",
        "updated_at": "2024-12-30 09:00:00",
        **values,
    }


def customer(number: int, **values: str) -> Row:
    """A sound customer, written on DAY."""
    return {
        "customer_id": str(number),
        "email": f"someone.{number}@example.com",
        "name": 'Peeters, "Anna"',
        "country": "BE",
        "segment": "consumer",
        "signup_date": "2021-05-17",
        "updated_at": "2024-12-30 01:00:00",
        **values,
    }


def product(number: int, **values: str) -> Row:
    """A sound product, written on DAY."""
    return {
        "product_id": str(number),
        "name": f"Lamp {number}",
        "category": "home",
        "unit_price": "10.00",
        "active": "true",
        "updated_at": "2024-12-30 01:00:00",
        **values,
    }


def write_file(raw: Path, dataset: str, day: date, name: str, rows: Iterable[Row]) -> Path:
    """Write one raw file as the sources do: CSV with a header, gzip."""
    columns = [column.physical_name for column in load_contract(dataset).columns]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return write_bytes(raw, dataset, day, name, gzip.compress(text.getvalue().encode(), mtime=0))


def write_bytes(raw: Path, dataset: str, day: date, name: str, content: bytes) -> Path:
    """Write one raw file with any content."""
    path = raw / dataset / f"run_date={day}" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def write_batch(raw: Path, day: date, orders: Iterable[Row], **others: Iterable[Row]) -> None:
    """Write a batch of one file a dataset; customers 1 and 2 and products 1 and 2 unless told otherwise."""
    datasets = {
        "customers": [customer(1), customer(2)],
        "products": [product(1), product(2)],
        **others,
        "orders": orders,
    }
    for dataset, rows in datasets.items():
        write_file(raw, dataset, day, "part-0.csv.gz", rows)


def run_of(root: Path, day: date, run_id: str, kept: timedelta = KEPT) -> Run:
    """A run below one root, with its raw files in `raw`."""
    raw = str(root / "raw")
    return Run(run_id=run_id, run_date=day, release="test", input=raw, output=str(root), kept=kept)


def run_pipeline(spark: SparkSession, root: Path, day: date, run_id: str) -> dict[str, Any]:
    """Run all jobs and return the results. Whatever the audit says, every row has one disposition."""
    run = run_of(root, day, run_id)
    ingest.run(spark, run)
    curate.run(spark, run)
    marts.run(spark, run)
    return read_results(root, run_id)


def read_results(root: Path, run_id: str) -> dict[str, Any]:
    """The results of a run, in which all rows read must be accounted for."""
    results: dict[str, Any] = json.loads((root / "runs" / f"run={run_id}" / "results.json").read_text())
    assert [dataset["name"] for dataset in results["datasets"]] == list(load_contracts())
    for dataset in results["datasets"]:
        counts = dict(dataset["dispositions"])
        assert counts.pop("read") == sum(counts.values()), dataset
    return results


def dispositions(results: Mapping[str, Any], dataset: str = "orders") -> dict[str, int]:
    """Rows of a dataset by disposition, without those that have none."""
    (found,) = [each["dispositions"] for each in results["datasets"] if each["name"] == dataset]
    return {name: rows for name, rows in found.items() if rows and name != "read"}


def reasons(results: Mapping[str, Any], dataset: str = "orders") -> dict[str, int]:
    """Quarantined rows of a dataset by reason."""
    (found,) = [each["reasons"] for each in results["datasets"] if each["name"] == dataset]
    return {reason["code"]: reason["rows"] for reason in found}


def table(spark: SparkSession, root: Path, name: str = "orders") -> list[tuple[Any, ...]]:
    """Rows of a published table, sorted."""
    lake = Lake(spark, str(root))
    found = lake.read_table(lake.published().tables[name], load_contract(name).ddl)
    return sorted(tuple(row) for row in found.collect())


def snapshot_of(spark: SparkSession, root: Path, name: str = "orders") -> str:
    """The snapshot of a published table."""
    return Lake(spark, str(root)).published().tables[name].snapshot_id


def main_of(
    spark: SparkSession, root: Path, name: str = "orders", zone: str = "curated"
) -> list[tuple[Any, ...]]:
    """Rows of a table as engines see it that know no pointer, sorted."""
    tables = Lake(spark, str(root)).tables
    return sorted(tuple(row) for row in spark.table(tables.identifier(zone, name)).collect())


def stored_tables(spark: SparkSession, root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of every published curated table, sorted."""
    return {name: table(spark, root, name) for name in SHOP}

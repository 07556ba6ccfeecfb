"""Computes the marts and what the report shows of the data, several at once.

None of them fills the machine alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Callable

from pyspark.sql import DataFrame

from etl.batch.results import cell
from etl.batch.run import Run
from etl.batch.transforms.marts import customer_value, product_performance, revenue_by_day
from etl.batch.transforms.profiling import count_bins, distribution, profiles_of
from etl.batch.transforms.samples import SAMPLES
from etl.logs import Stages
from etl.model import Contract, load_mart
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from etl.storage.snapshot import Version

#: Jobs that are sent to Spark at once; more would only wait for each other's tasks.
CONCURRENT = 4


@dataclass(frozen=True)
class Curation:
    """The curated tables as the run would publish them."""

    lake: Lake
    contracts: Mapping[str, Contract]
    tables: Mapping[str, Version]
    #: What is published while the run is built.
    published: Mapping[str, Version]

    def rows(self, name: str) -> DataFrame:
        """Rows of a curated table."""
        return self.lake.read_table(self.tables[name], self.contracts[name].ddl)


@dataclass(frozen=True)
class Built:
    """The marts' tables, and the parts of `results.json` that show marts and distributions."""

    tables: dict[str, Version]
    marts: list[dict[str, Any]]
    distributions: list[dict[str, Any]]


def build(curation: Curation, run: Run, stages: Stages) -> Built:
    """Write every mart of a run and count every distribution."""
    definitions = marts_of(curation, run.run_date) if run.contracts is None else {}
    with ThreadPoolExecutor(CONCURRENT) as pool:
        marts = [pool.submit(_mart, curation, run, stages, name, rows) for name, rows in definitions.items()]
        shown = [
            pool.submit(_distributions, curation, stages, contract)
            for contract in curation.contracts.values()
        ]
        written = _results(marts)
    return Built(
        tables={table.name: table for table, _ in written},
        marts=[sample for _, sample in written],
        distributions=[each for dataset in _results(shown) for each in dataset],
    )


def marts_of(curation: Curation, run_date: date) -> dict[str, Callable[[], DataFrame]]:
    """Every mart by name."""
    orders, products, customers = (curation.rows(name) for name in ("orders", "products", "customers"))
    return {
        "revenue_by_day": lambda: revenue_by_day(orders),
        "product_performance": lambda: product_performance(orders, products),
        "customer_value": lambda: customer_value(orders, customers, run_date),
    }


def _mart(
    curation: Curation, run: Run, stages: Stages, name: str, rows: Callable[[], DataFrame]
) -> tuple[Version, dict[str, Any]]:
    lake = curation.lake
    with stages.stage(f"mart {name}") as stage:
        mart, contract = rows(), load_mart(name)
        contract.refuse_other(mart.dtypes)
        spec = TableSpec.of_mart(contract)
        lake.begin_table(spec, run.run_id, curation.published.get(name))
        table = lake.replace_table(mart, spec, run.run_id)
        sample = SAMPLES[name](lake.read_table(table, contract.ddl))
        contract.refuse_personal(sample.columns)
        cells = [[cell(value) for value in row] for row in sample.collect()]
        stage.rows_in = stage.rows_out = table.rows
    shown = {"name": name, "rows": table.rows, "columns": sample.columns, "sample": cells}
    return table, {**shown, "sources": {column.name: list(column.sources) for column in contract.columns}}


def _distributions(curation: Curation, stages: Stages, contract: Contract) -> list[dict[str, Any]]:
    profiles = profiles_of(contract)
    if not profiles:
        return []
    counts: dict[str, dict[str | None, int]] = {profile.column: {} for profile in profiles}
    with stages.stage(f"profile {contract.name}") as stage:
        for row in count_bins(curation.rows(contract.name), profiles).collect():
            counts[row["column"]][row["bin"]] = row["rows"]
        stage.rows_in = curation.tables[contract.name].rows
        stage.rows_out = sum(len(bins) for bins in counts.values())
    return [distribution(contract.name, profile, counts[profile.column]) for profile in profiles]


def _results(futures: list[Future[Any]]) -> list[Any]:
    return [future.result() for future in futures]

"""The three datasets side by side: their header, their rows, their lines, what is planted in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable

from pyspark.sql import DataFrame, SparkSession

from etl.synthetic import customers, orders, products
from etl.synthetic.faults import Fault
from etl.synthetic.order_faults import order_faults
from etl.synthetic.order_rows import order_rows
from etl.synthetic.plan import Plan
from etl.synthetic.planted import Planted, count_planted


@dataclass(frozen=True)
class Dataset:
    """How one dataset of a batch is made."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[SparkSession, Plan], DataFrame]
    lines: Callable[[DataFrame, Plan], DataFrame]
    faults: Callable[[Plan], Sequence[Fault]]
    newer_bad: str

    def planted(self, rows: DataFrame, plan: Plan) -> Planted:
        """What must become of the rows."""
        return count_planted(rows, self.faults(plan), self.columns[0], self.newer_bad)


DATASETS = (
    Dataset(
        "customers",
        customers.COLUMNS,
        customers.customer_rows,
        customers.customer_lines,
        lambda _: customers.FAULTS,
        "email.required",
    ),
    Dataset(
        "products",
        products.COLUMNS,
        products.product_rows,
        products.product_lines,
        lambda _: products.FAULTS,
        "unit_price.range",
    ),
    Dataset(
        "orders",
        orders.COLUMNS,
        order_rows,
        orders.order_lines,
        lambda plan: order_faults(plan.run_date),
        "quantity.range",
    ),
)

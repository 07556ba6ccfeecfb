"""What marts say they are made of is what Spark's analyzed plan makes them of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.batch.transforms.marts import customer_value, product_performance, revenue_by_day
from etl.model import load_contract, load_mart
from etl.streaming.transforms.marts import revenue_by_minute, session_funnel
from etl.streaming.transforms.search_terms import search_terms

BATCH_MARTS = ["revenue_by_day", "product_performance", "customer_value"]
STREAM_MARTS = ["revenue_by_minute", "session_funnel", "search_terms"]


@pytest.fixture(scope="module")
def curated(spark: SparkSession) -> dict[str, DataFrame]:
    """The curated tables, without a row."""
    names = ("orders", "products", "customers", "web_events")
    return {name: spark.createDataFrame([], load_contract(name).ddl) for name in names}


def _mart(name: str, curated: dict[str, DataFrame]) -> DataFrame:
    orders, products, customers, web_events = curated.values()
    if name == "revenue_by_minute":
        return revenue_by_minute(orders)
    if name == "session_funnel":
        return session_funnel(web_events)
    if name == "search_terms":
        return search_terms(web_events)
    if name == "revenue_by_day":
        return revenue_by_day(orders)
    if name == "product_performance":
        return product_performance(orders, products)
    return customer_value(orders, customers, date(2024, 12, 31))


def _items(sequence: Any) -> list[Any]:
    """The items of one of Scala's sequences."""
    return [sequence.apply(index) for index in range(sequence.size())]


def _nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for child in _items(plan.children()):
        yield from _nodes(child)


def _plan(frame: DataFrame) -> Any:
    return frame._jdf.queryExecution().analyzed()


def _attributes(plan: Any) -> dict[int, str]:
    return {attribute.exprId().id(): attribute.name() for attribute in _items(plan.output())}


def traced(mart: DataFrame, sources: dict[str, DataFrame]) -> dict[str, set[str]]:
    """The columns of `sources` that each column of `mart` is computed from."""
    leaves = {
        number: f"{name}.{column}"
        for name, frame in sources.items()
        for number, column in _attributes(_plan(frame)).items()
    }
    made: dict[int, set[int]] = {}
    for node in _nodes(_plan(mart)):
        for expression in _items(node.expressions()):
            if expression.getClass().getSimpleName() == "Alias":
                references = {one.exprId().id() for one in _items(expression.references().toSeq())}
                made[expression.exprId().id()] = references

    def origins(number: int) -> set[str]:
        if number in leaves:
            return {leaves[number]}
        return {origin for reference in made[number] for origin in origins(reference)}

    return {column: origins(number) for number, column in _attributes(_plan(mart)).items()}


@pytest.mark.parametrize("name", [*BATCH_MARTS, *STREAM_MARTS])
def test_a_mart_is_made_of_what_its_contract_says(name: str, curated: dict[str, DataFrame]) -> None:
    declared = {column.name: set(column.sources) for column in load_mart(name).columns}
    found = traced(_mart(name, curated), curated)
    assert found.keys() == declared.keys()
    # Where only rows are counted, no column is read: the contract names the dataset then.
    counted = {column: {"orders"} for column, origins in found.items() if not origins}
    assert {**found, **counted} == declared
    assert counted.keys() == declared.keys() & {"orders"}


def test_a_column_is_traced_through_every_step(curated: dict[str, DataFrame]) -> None:
    orders, products = curated["orders"], curated["products"]
    renamed = products.select(F.col("product_id"), F.upper("name").alias("title"))
    joined = orders.where("quantity > 1").join(renamed, "product_id")
    summed = joined.groupBy("title").agg(F.sum(F.col("unit_price") * F.col("discount")).alias("given"))
    assert traced(summed, curated) == {
        "title": {"products.name"},
        "given": {"orders.unit_price", "orders.discount"},
    }

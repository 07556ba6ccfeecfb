"""The generated catalogue, searched as people type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from opensearchpy import OpenSearch
from pyspark.sql import SparkSession

from etl.sinks.documents import documents
from etl.sinks.search_index import SearchIndex
from etl.synthetic.plan import History, Plan
from etl.synthetic.products import COLUMNS, product_lines, product_rows
from search_server import SearchServer
from search_targets import target_of

PRODUCTS = target_of("products")
INDEX = "products_v1-catalogue"
PLAN = Plan(History(1_000, 42, date(2024, 12, 30)), 0, 1_000)


@pytest.fixture(scope="module")
def client(search_server: SearchServer, spark: SparkSession) -> Iterator[OpenSearch]:
    """A client of a server that has the products of a generated batch, those that are sound."""
    lines = product_lines(product_rows(spark, PLAN).where("fault = 0 and kind = 0"), PLAN)
    texts = ", ".join(f"{name} string" for name in COLUMNS)
    parsed = spark.read.csv(lines.rdd.map(lambda row: row["line"]), texts)
    rows = parsed.selectExpr(*[f"cast({each.name} as {each.type})" for each in PRODUCTS.fields])
    with search_server.client as client:
        index = SearchIndex(client, PRODUCTS, INDEX)
        index.make()
        assert index.fill(documents(rows, PRODUCTS)).written > 300
        yield client
        client.indices.delete(INDEX)


def hits(client: OpenSearch, text: str, language: str) -> list[dict[str, Any]]:
    """What a search in a language finds, best first."""
    columns = ["name" if language == "en" else f"name_{language}", f"description_{language}"]
    query = {"multi_match": {"query": text, "fields": [f"{columns[0]}^3", columns[1]], "fuzziness": "AUTO"}}
    found = client.search(index=INDEX, body={"query": query, "size": 50})["hits"]["hits"]
    return [hit["_source"] for hit in found]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("cafetière", "fr", "French press"),
        ("cafetieres", "fr", "French press"),
        ("veste imperméable", "fr", "rain jacket"),
        ("waterdichte jas", "nl", "rain jacket"),
        ("waterdichte jassen", "nl", "rain jacket"),
        ("Regenjacke", "de", "rain jacket"),
        ("regenjaken", "de", "rain jacket"),
        ("Buecherregal", "de", "bookcase"),
        ("raincoat", "en", "rain jacket"),
        ("reading lamps", "en", "reading lamp"),
        ("huile d'olive", "fr", "olive oil"),
    ],
)
def test_best_hits_are_what_people_mean(client: OpenSearch, text: str, language: str, kind: str) -> None:
    best = hits(client, text, language)[:3]
    assert best
    assert [kind in hit["name"] for hit in best] == [True] * len(best)


def test_results_are_graded(client: OpenSearch) -> None:
    found = ["rain jacket" in hit["name"] for hit in hits(client, "waterdichte jas", "nl")]
    jackets = [hit["name"] for hit in hits(client, "waterdichte jas", "nl") if "jacket" in hit["name"]]
    assert found == sorted(found, reverse=True)
    assert len(jackets) > sum(found)

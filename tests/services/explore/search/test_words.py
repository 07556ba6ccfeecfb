"""How words find products in an index of the compiled template: joined, apart, as parts, by category."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from explore.search.client import OpenSearch
from explore.search.definition import Definition, load_definition
from explore.search.products import Asked, search_products
from processes import PATIENCE

INDEX = "products_v1-words"

#: English, French, Dutch and German name, and the department.
PRODUCTS = [
    ("hair dryer", "sèche-cheveux", "haardroger", "Haartrockner", "beauty"),
    ("bookcase", "bibliothèque", "boekenkast", "Bücherregal", "home"),
    ("frying pan", "poêle", "braadpan", "Bratpfanne", "home"),
    ("rain jacket", "veste de pluie", "regenjas", "Regenjacke", "fashion"),
    ("jacket", "veste", "jas", "Jacke", "fashion"),
    ("board game", "jeu de société", "gezelschapsspel", "Brettspiel", "toys"),
    ("bright puzzle", "puzzle clair", "heldere puzzel", "Helles Puzzle", "toys"),
    ("helmet", "casque", "helm", "Helm", "sports"),
]


@pytest.fixture(scope="module")
def definition(opensearch: str, compiled: Path) -> Iterator[Definition]:
    """What an index with these products is searched by: that of the contract."""
    found = load_definition(compiled, "products")
    assert found is not None
    template = json.loads((compiled / "products.search.json").read_text())["template"]["template"]
    httpx.put(f"{opensearch}/{INDEX}", json=template, timeout=PATIENCE).raise_for_status()
    columns = ("name", "name_fr", "name_nl", "name_de", "category")
    for number, values in enumerate(PRODUCTS):
        document = {"product_id": number, **dict(zip(columns, values, strict=True))}
        path = f"{opensearch}/{INDEX}/_doc/{number}?refresh=true"
        httpx.put(path, json=document, timeout=PATIENCE).raise_for_status()
    yield replace(found, alias=INDEX)
    httpx.delete(f"{opensearch}/{INDEX}", timeout=PATIENCE)


def found(opensearch: str, definition: Definition, text: str, language: str | None) -> list[str]:
    """English names of the products that a search finds, best first."""
    with OpenSearch(opensearch) as client:
        return [
            hit.document["name"] for hit in search_products(client, definition, Asked(text, language)).hits
        ]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("hairdryer", "en", "hair dryer"),
        ("book case", "en", "bookcase"),
        ("regen jas", "nl", "rain jacket"),
        ("Regen Jacke", "de", "rain jacket"),
        ("sèche cheveux", "fr", "hair dryer"),
        ("Pfanne", "de", "frying pan"),
        ("Gesellschaftsspiel", "de", "board game"),
    ],
)
def test_words_are_found_joined_apart_and_as_ends_of_compounds(
    opensearch: str, definition: Definition, text: str, language: str, first: str
) -> None:
    assert found(opensearch, definition, text, language)[0] == first


def test_the_word_itself_comes_before_compounds_and_similar_words(
    opensearch: str, definition: Definition
) -> None:
    assert found(opensearch, definition, "Jacke", "de") == ["jacket", "rain jacket"]
    assert found(opensearch, definition, "jas", "nl") == ["jacket", "rain jacket"]
    assert found(opensearch, definition, "Helm", "de")[0] == "helmet"


def test_compounds_that_no_product_has_find_those_with_the_same_end(
    opensearch: str, definition: Definition
) -> None:
    assert set(found(opensearch, definition, "Kapuzenjacke", "de")) == {"jacket", "rain jacket"}


@pytest.mark.parametrize(("text", "language"), [("speelgoed", "nl"), ("jouets", "fr"), ("Spielzeug", None)])
def test_values_of_a_category_are_found_by_what_a_language_calls_them(
    opensearch: str, definition: Definition, text: str, language: str | None
) -> None:
    assert set(found(opensearch, definition, text, language)) == {"board game", "bright puzzle"}

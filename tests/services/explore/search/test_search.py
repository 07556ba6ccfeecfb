"""Search against a real OpenSearch: spelling, languages, facets, highlights, and what visitors look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explore.search.client import OpenSearch, SearchAwayError
from explore.search.definition import Definition, load_definition
from explore.search.insights import Related, frequent_texts, related_texts, without_results
from explore.search.products import Asked, Found, search_products


@pytest.fixture(scope="module")
def client(opensearch: str) -> Iterator[OpenSearch]:
    """The client under test."""
    with OpenSearch(opensearch) as opened:
        yield opened


@pytest.fixture
def products(searchable: Path) -> Definition:
    """What products are searched by."""
    found = load_definition(searchable, "products")
    assert found is not None
    return found


@pytest.fixture
def events(searchable: Path) -> Definition:
    """What web events are searched by."""
    found = load_definition(searchable, "web_events")
    assert found is not None
    return found


def names(found: Found) -> list[str]:
    """The names of the products of a page."""
    return [hit.document["name"] for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("hiking shoes", None, "Hiking shoes"),
        ("chaussures randonnée", "fr", "Hiking shoes"),
        ("wandelschoenen", "nl", "Hiking shoes"),
        ("Wanderschuhe", "de", "Hiking shoes"),
        ("speakers", None, "Wireless speaker"),
        ("luidsprker", None, "Wireless speaker"),
        ("chausure de randonnee", None, "Hiking shoes"),
        ("hik", None, "Hiking shoes"),
    ],
)
def test_words_are_found_in_four_languages_misspelt_and_begun(
    client: OpenSearch, products: Definition, text: str, language: str | None, first: str
) -> None:
    assert names(search_products(client, products, Asked(text, language)))[0] == first


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("raeding lmap", "reading lamp"),
        ("luidsprker", "luidspreker"),
        ("reading lamp", None),
        ("lampe", None),
        ("unicorn", None),
        # Two of four letters are others.
        ("lxyp", None),
        # Both words are known, in two products.
        ("rakcet lmap", None),
    ],
)
def test_another_spelling_is_proposed_for_words_that_no_product_has(
    client: OpenSearch, products: Definition, text: str, meant: str | None
) -> None:
    assert search_products(client, products, Asked(text)).meant == meant


def test_facets_count_what_another_choice_would_find(client: OpenSearch, products: Definition) -> None:
    found = search_products(client, products, Asked("", chosen={"category": ["home"], "active": ["true"]}))
    assert (found.total, names(found)) == (1, ["Compact reading lamp"])
    assert found.facets["active"] == {"true": 1, "false": 1}
    assert sum(found.facets["category"].values()) == 6
    assert found.facets["category"]["sports"] == 2


def test_highlights_are_marked_and_texts_are_escaped(client: OpenSearch, products: Definition) -> None:
    hit = search_products(client, products, Asked("good lamp")).hits[0]
    assert hit.highlights["description_en"] == "A &lt;b&gt;<mark>good</mark>&lt;/b&gt; <mark>lamp</mark>"


def test_pages_follow_each_other(client: OpenSearch, products: Definition) -> None:
    first = search_products(client, products, Asked("", size=4))
    second = search_products(client, products, Asked("", first=4, size=4))
    assert (first.total, len(first.hits), len(second.hits)) == (7, 4, 3)
    assert not set(names(first)) & set(names(second))


def test_frequent_texts_say_what_they_find(
    client: OpenSearch, events: Definition, products: Definition
) -> None:
    found = frequent_texts(client, events, products, None)
    assert (found[0].text, found[0].searches, found[0].finds) == ("speaker", 30, 1)
    assert [lost.text for lost in without_results(found)] == ["unicorn"]
    assert {one.text for one in frequent_texts(client, events, None, "fr")} == {"lampe de lecture", "puzzle"}
    assert frequent_texts(client, events, None, "fr")[0].finds is None


def test_related_texts_are_of_the_same_visits(client: OpenSearch, events: Definition) -> None:
    found = related_texts(client, events, "speaker")
    assert sorted(found, key=lambda one: one.text) == [Related("luidspreker", 15), Related("unicorn", 15)]
    assert related_texts(client, events, "nobody") == []


def test_an_index_that_is_not_there_is_away(client: OpenSearch) -> None:
    with pytest.raises(SearchAwayError, match="has no index nothing yet"):
        client.search("nothing", {})
    with pytest.raises(SearchAwayError, match="has no index nothing yet"):
        client.search_many("nothing", [{"size": 0}])

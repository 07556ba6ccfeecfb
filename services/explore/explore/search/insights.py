"""What visitors searched for: the most frequent texts, those that find nothing, and what goes with a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explore.search.client import Json, Search
from explore.search.definition import Definition
from explore.search.products import Asked, request_of

#: Fields of events that insights need.
NEEDED = ("event_type", "session_id", "search_text", "language")

#: Texts that are looked at, the most frequent first.
_TEXTS = 100

#: Visits that are looked at for what goes with a word.
_VISITS = 500

#: Visits in which two texts must be together, so that one mistyped word is no relation.
_TOGETHER = 2


@dataclass(frozen=True)
class SearchedText:
    """A text as it was typed, how often, and how many documents it finds; None where products are away."""

    text: str
    searches: int
    finds: int | None


@dataclass(frozen=True)
class Related:
    """A text that the same visitors searched for, and in how many visits."""

    text: str
    visits: int


def frequent_texts(
    search: Search, events: Definition, products: Definition | None, language: str | None
) -> list[SearchedText]:
    """Return the most frequent texts, most searches first. Raises SearchAwayError or ExploreError."""
    terms = {"terms": {"field": "search_text.keyword", "size": _TEXTS}}
    answer = search.search(events.alias, {"size": 0, "query": _searches(language), "aggs": {"texts": terms}})
    counted = [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["texts"]["buckets"]]
    if products is None:
        return [SearchedText(text, count, None) for text, count in counted]
    found = search.search_many(products.alias, [_count(products, text) for text, _ in counted])
    return [
        SearchedText(text, count, answer["hits"]["total"]["value"])
        for (text, count), answer in zip(counted, found, strict=True)
    ]


def related_texts(search: Search, events: Definition, word: str) -> list[Related]:
    """Return what visitors who searched for a word searched for more than others did. Raises as above."""
    matching = {
        "bool": {
            "filter": [_searches(None)],
            "must": [{"match": {"search_text": {"query": word, "operator": "and"}}}],
        }
    }
    visits = {"terms": {"field": "session_id", "size": _VISITS}}
    answer = search.search(events.alias, {"size": 0, "query": matching, "aggs": {"visits": visits}})
    sessions = [bucket["key"] for bucket in answer["aggregations"]["visits"]["buckets"]]
    if not sessions:
        return []
    together = {
        "bool": {
            "filter": [_searches(None), {"terms": {"session_id": sessions}}],
            "must_not": matching["bool"]["must"],
        }
    }
    texts = {"significant_terms": {"field": "search_text.keyword", "min_doc_count": _TOGETHER, "size": 20}}
    answer = search.search(events.alias, {"size": 0, "query": together, "aggs": {"texts": texts}})
    return [
        Related(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["texts"]["buckets"]
    ]


def without_results(texts: Sequence[SearchedText]) -> list[SearchedText]:
    """Return the texts that find no document."""
    return [text for text in texts if text.finds == 0]


def _searches(language: str | None) -> Json:
    filters = [{"term": {"event_type": "search"}}, {"exists": {"field": "search_text"}}]
    if language is not None:
        filters.append({"term": {"language": language}})
    return {"bool": {"filter": filters}}


def _count(products: Definition, text: str) -> Json:
    """Return a request that only counts what a visitor's text finds, in any language."""
    return {"size": 0, "track_total_hits": True, "query": request_of(products, Asked(text))["query"]}

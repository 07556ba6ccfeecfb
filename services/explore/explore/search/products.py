"""Search of a catalogue: words in several languages, spelling, facets, highlights, and what was meant."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explore.search.client import Json, Search
from explore.search.definition import Definition, Field

#: Marks around words that were found, which no text has; they become `<mark>` after the text is escaped.
_OPEN, _CLOSE = "\ue000", "\ue001"

#: Counts documents that need no other spelling; names of columns begin with a letter.
_EXACT = "_exact"

#: Values of a facet, most documents first.
_FACET_VALUES = 20

#: A name counts more than a description: the first text of a language is its name.
_NAME_BOOST = 3

#: Two words that are one, or one that is two, count more than each for itself. Tuned by bench/relevance.py.
_JOINED_BOOST = 5

#: Two words both count, of three words two, of five three. Source: OpenSearch, "Minimum should match".
_MOST, _MOST_BOOST = "2<70%", 4

#: Letters of the shortest word that another spelling is proposed for, and of one that may have two wrong
#: letters. Source of the latter: OpenSearch, "Fuzziness", AUTO.
_SHORTEST_WORD, _LONG_WORD = 3, 6

#: Words of a category count less than those of a name: a department has many products.
_CATEGORY_BOOST = 2

#: What a word counts that is only similar, or only ends like the one that was typed: little, so that such
#: products come after those that have the word itself.
_FUZZY_BOOST, _ENDING_BOOST = 0.3, 0.1


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, the language of the page, chosen values by facet, and the page."""

    text: str
    language: str | None = None
    chosen: Mapping[str, Sequence[str]] | None = None
    first: int = 0
    size: int = 10


@dataclass(frozen=True)
class Hit:
    """A document that was found. `highlights` are safe HTML by field, with `<mark>` around what matched."""

    document: Json
    score: float
    highlights: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """An answer: hits of this page, how many there are, counts by facet and value, and what was meant."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]
    meant: str | None


def search_products(search: Search, definition: Definition, asked: Asked) -> Found:
    """Return the documents that match. Raises SearchAwayError or ExploreError."""
    answer = search.search(definition.alias, request_of(definition, asked))
    hits, counted = answer["hits"], answer.get("aggregations", {})
    is_exact = counted.pop(_EXACT, {"doc_count": 0})["doc_count"] > 0
    # A word that is right in one language is likely a mistake in another one.
    meant = None if is_exact else _meant(answer.get("suggest", {}), asked.text)
    return Found(
        total=hits["total"]["value"],
        hits=[
            Hit(
                document=hit["_source"],
                score=hit["_score"] or 0.0,
                highlights={
                    name: _marked(parts[0]) for name, parts in _by_field(hit.get("highlight", {})).items()
                },
            )
            for hit in hits["hits"]
        ],
        facets={
            name: {_value(bucket): bucket["doc_count"] for bucket in facet["values"]["buckets"]}
            for name, facet in counted.items()
        },
        meant=meant if meant and _is_found(search, definition, asked.language, meant) else None,
    )


def request_of(definition: Definition, asked: Asked) -> Json:
    """Return the request in OpenSearch's query language."""
    texts = definition.texts(asked.language)
    chosen = {name: list(values) for name, values in (asked.chosen or {}).items() if values}
    request: dict[str, Any] = {
        "from": asked.first,
        "size": asked.size,
        "track_total_hits": True,
        "query": _words(texts, definition.categories(asked.language), asked.text)
        if asked.text.strip()
        else {"match_all": {}},
        # Facets count what their own choice leaves out, so that another value can be chosen.
        "post_filter": _filters(chosen),
        "aggs": {
            facet.name: {
                "filter": _filters({name: values for name, values in chosen.items() if name != facet.name}),
                "aggs": {"values": {"terms": {"field": facet.name, "size": _FACET_VALUES}}},
            }
            for facet in definition.facets
        },
        "highlight": {
            "pre_tags": [_OPEN],
            "post_tags": [_CLOSE],
            "number_of_fragments": 0,
            "require_field_match": False,
            "fields": {name: {} for text in texts for name in _variants(text)},
        },
    }
    if asked.text.strip():
        request["aggs"][_EXACT] = {"filter": _exact(texts, asked.text)}
        spelling = {text.name: _spelling(text, asked.text) for text in texts}
        request["suggest"] = {"text": asked.text, **spelling}
    return request


def _words(texts: Sequence[Field], categories: Sequence[str], words: str) -> Json:
    """Match stems, words joined or apart, categories, what somebody has begun to type, and mistakes."""
    boost = {text.name: _NAME_BOOST if text.name.startswith("name") else 1 for text in texts}

    def match(part: str, **options: Any) -> Json:
        fields = [f"{name}{part}^{weight}" for name, weight in boost.items()]
        return {"multi_match": {"query": words, "fields": fields, **options}}

    begun = [f"{name}.prefix" for name in boost]
    # Fields that an index does not have match nothing: only some languages have ends of words.
    matches = [
        match("", type="most_fields"),
        match(".words", boost=2),
        match(".joined", boost=_JOINED_BOOST),
        # Most of several words, in whichever texts they are: a rain jacket is waterproof, and a jacket.
        match("", type="cross_fields", minimum_should_match=_MOST, boost=_MOST_BOOST),
        {"multi_match": {"query": words, "fields": begun, "operator": "and"}},
        match(".ending", boost=_ENDING_BOOST),
        # The first letter is right in nearly all misspelt words; without it every word of the index is tried.
        match("", fuzziness="AUTO", prefix_length=1, boost=_FUZZY_BOOST),
    ]
    if categories:
        named = {"query": words, "fields": list(categories), "boost": _CATEGORY_BOOST}
        matches.append({"multi_match": named})
    return {"bool": {"should": matches, "minimum_should_match": 1}}


def _exact(texts: Sequence[Field], words: str) -> Json:
    """Match texts that have all the words as they are written."""
    fields = [f"{text.name}.words" for text in texts]
    return {"multi_match": {"query": words, "fields": fields, "type": "best_fields", "operator": "and"}}


def _filters(chosen: Mapping[str, Sequence[str]]) -> Json:
    return {"bool": {"filter": [{"terms": {name: list(values)}} for name, values in chosen.items()]}}


def _variants(text: Field) -> list[str]:
    return [text.name, *(f"{text.name}.{part}" for part in ("words", "prefix", "joined", "ending"))]


def _spelling(text: Field, words: str) -> Json:
    """Propose words that are spelt alike: one wrong letter, and two where a word is long (`_LONG_WORD`)."""
    name = f"{text.name}.words"
    generator = {
        "field": name,
        "suggest_mode": "missing",
        "prefix_length": 1,
        "min_word_length": _SHORTEST_WORD,
        "max_edits": 2 if any(len(word) >= _LONG_WORD for word in words.split()) else 1,
    }
    return {"phrase": {"field": name, "size": 1, "max_errors": 2, "direct_generator": [generator]}}


def _is_found(search: Search, definition: Definition, language: str | None, words: str) -> bool:
    """Return whether a document has all the words as they are written, in whichever of its texts."""
    fields = [f"{text.name}.words" for text in definition.texts(language)]
    every = {"multi_match": {"query": words, "fields": fields, "type": "cross_fields", "operator": "and"}}
    found = search.search(definition.alias, {"size": 0, "track_total_hits": 1, "query": every})
    return int(found["hits"]["total"]["value"]) > 0


def _meant(suggest: Json, asked: str) -> str | None:
    """Return the likeliest of the texts that the languages propose; None where it is what was asked."""
    options = [
        option for entries in suggest.values() for entry in entries for option in entry.get("options", [])
    ]
    likeliest = max(options, key=lambda option: option["score"], default=None)
    return None if likeliest is None or likeliest["text"] == asked.lower() else str(likeliest["text"])


def _by_field(highlight: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return highlights by the field itself, that of its stems first."""
    found: dict[str, Sequence[str]] = {}
    for name in sorted(highlight, key=len):
        found.setdefault(name.partition(".")[0], highlight[name])
    return found


def _marked(text: str) -> str:
    return html.escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def _value(bucket: Json) -> str:
    return str(bucket.get("key_as_string", bucket["key"]))

"""A small catalogue in four languages and some visits, indexed in a real OpenSearch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
from processes import PATIENCE

#: OpenSearch's own analyzers; the platform's template has others, and sub-fields of the same names.
_ANALYZERS = {"en": "english", "fr": "french", "nl": "dutch", "de": "german", "any": "folded"}

_ANALYSIS = {
    "filter": {"beginnings": {"type": "edge_ngram", "min_gram": 2, "max_gram": 15}},
    "analyzer": {
        "words": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase"]},
        "folded": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
        "prefix": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "asciifolding", "beginnings"],
        },
    },
}

_TYPES = {"string": "keyword", "bigint": "long", "boolean": "boolean", "double": "double"}

PRODUCT_FIELDS = {
    "product_id": ("bigint", None),
    "name": ("string", "en"),
    "name_fr": ("string", "fr"),
    "name_nl": ("string", "nl"),
    "name_de": ("string", "de"),
    "description_en": ("string", "en"),
    "category": ("string", None),
    "unit_price": ("double", None),
    "active": ("boolean", None),
}

EVENT_FIELDS = {
    "event_id": ("string", None),
    "event_type": ("string", None),
    "session_id": ("string", None),
    "search_text": ("string", "any"),
    "language": ("string", None),
}

PRODUCTS = [
    ("Compact reading lamp", "Lampe de lecture compacte", "Compacte leeslamp", "Kompakte Leselampe", "home"),
    ("Classic racket", "Raquette classique", "Klassiek racket", "Klassischer Schläger", "sports"),
    (
        "Wireless speaker",
        "Enceinte sans fil",
        "Draadloze luidspreker",
        "Drahtloser Lautsprecher",
        "electronics",
    ),
    ("Hiking shoes", "Chaussures de randonnée", "Wandelschoenen", "Wanderschuhe", "sports"),
    ("Wooden puzzle", "Puzzle en bois", "Houten puzzel", "Holzpuzzle", "toys"),
    ("Rain jacket", "Veste de pluie", "Regenjas", "Regenjacke", "fashion"),
    ("Large reading lamp", "Grande lampe", "Grote leeslamp", "Große Leselampe", "home"),
]

#: Descriptions of some products, which share words and name places.
DESCRIPTIONS = {
    "Rain jacket": "A waterproof jacket with a hood, sewn in Antwerp for long walks in the rain.",
    "Hiking shoes": "Waterproof shoes with a firm sole for long walks on the stony paths of the Ardennes.",
}

#: What visitors search for in one visit, and the language of the page.
VISITS = [
    (("speaker", "luidspreker"), "nl"),
    (("hiking shoes", "rain jacket"), "en"),
    (("unicorn", "speaker"), "en"),
    (("lampe de lecture", "puzzle"), "fr"),
]


def write_definition(
    folder: Path, dataset: str, key: str, fields: Mapping[str, tuple[str, str | None]]
) -> None:
    """Write what a dataset is searched by, as the compiler does."""
    document = {
        "schema_version": 1,
        "name": dataset,
        "kind": "entities",
        "alias": dataset,
        "id": [key],
        "version": None,
        "fields": [{"name": name, "type": kind, "language": code} for name, (kind, code) in fields.items()],
        "template": {},
    }
    (folder / f"{dataset}.search.json").write_text(json.dumps(document))


def fill(url: str) -> None:
    """Index the catalogue, and 60 visits."""
    _index(url, "products", "product_id", PRODUCT_FIELDS, _products())
    _index(url, "web_events", "event_id", EVENT_FIELDS, _events())


def _products() -> Iterable[dict[str, Any]]:
    for number, (name, french, dutch, german, category) in enumerate(PRODUCTS, 1):
        yield {
            **{"product_id": number, "name": name, "name_fr": french, "name_nl": dutch, "name_de": german},
            **{"category": category, "unit_price": 9.9 + number, "active": number != len(PRODUCTS)},
            "description_en": "A <b>good</b> lamp" if "lamp" in name else DESCRIPTIONS.get(name, "Solid"),
        }


def _events() -> Iterable[dict[str, Any]]:
    for visit in range(60):
        texts, language = VISITS[visit % len(VISITS)]
        own = {"session_id": f"s-{visit}", "language": language}
        yield {**own, "event_id": f"{visit}-page", "event_type": "page_view"}
        for place, text in enumerate(texts):
            yield {**own, "event_id": f"{visit}-{place}", "event_type": "search", "search_text": text}


def _index(
    url: str,
    name: str,
    key: str,
    fields: Mapping[str, tuple[str, str | None]],
    documents: Iterable[Mapping[str, Any]],
) -> None:
    properties = {field: _property(kind, code) for field, (kind, code) in fields.items()}
    body = {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "analysis": _ANALYSIS},
        "mappings": {"dynamic": "strict", "properties": properties},
    }
    httpx.delete(f"{url}/{name}", timeout=PATIENCE)
    assert httpx.put(f"{url}/{name}", json=body, timeout=PATIENCE).is_success
    lines = [line for document in documents for line in ({"index": {"_id": document[key]}}, document)]
    content = "".join(json.dumps(line) + "\n" for line in lines)
    headers = {"content-type": "application/x-ndjson"}
    answer = httpx.post(
        f"{url}/{name}/_bulk?refresh=true", content=content, headers=headers, timeout=PATIENCE
    )
    assert answer.json()["errors"] is False


def _property(kind: str, code: str | None) -> dict[str, Any]:
    if code is None:
        return {"type": _TYPES[kind]}
    return {
        "type": "text",
        "analyzer": _ANALYZERS[code],
        "fields": {
            "keyword": {"type": "keyword", "ignore_above": 256},
            "prefix": {"type": "text", "analyzer": "prefix", "search_analyzer": "folded"},
            "words": {"type": "text", "analyzer": "words"},
        },
    }

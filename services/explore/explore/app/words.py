"""Words of products on the page that searches them: lemmas, mentions and related products."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import streamlit as st

from explore.app.shared import settings
from explore.language.words import ProductWords, key_of, read_summary, read_words
from explore.search.client import Json, Search
from explore.search.definition import Definition

#: Names that are shown above the products.
_MENTIONS = 10


def show_mentions(fields: Definition) -> None:
    """Show the names that most products mention, each as a search for it. Raises ExploreError."""
    folder = settings().words
    found = None if folder is None else read_summary(folder, fields.dataset)
    if found is None or not found.mentions:
        return
    most = list(found.mentions)[:_MENTIONS]
    st.html(f"<p>Mentioned in descriptions: {' · '.join(_search_for(name) for name in most)}</p>")


def words_of(fields: Definition, documents: Sequence[Json]) -> dict[str, ProductWords]:
    """Return the words of documents by key; none where none have been made. Raises ExploreError."""
    folder = settings().words
    return {} if folder is None else read_words(folder, fields, documents)


def related_names(search: Search, fields: Definition, words: Mapping[str, ProductWords]) -> dict[str, str]:
    """Return the names of related products that are still in the index, by key. Raises ExploreError."""
    keys = sorted({key for each in words.values() for key in each.related})
    names = [text.name for text in fields.texts() if text.name.startswith("name")][:1]
    if not keys or not names:
        return {}
    (name,) = names
    request = {"size": len(keys), "query": {"ids": {"values": keys}}, "_source": [*fields.id, name]}
    hits = search.search(fields.alias, request)["hits"]["hits"]
    return {key_of(fields, hit["_source"]): str(hit["_source"].get(name, "")) for hit in hits}


def details(words: ProductWords, names: Mapping[str, str]) -> str:
    """Return the words of a product as HTML that is folded away."""
    related = [names[key] for key in words.related if names.get(key)]
    parts = {
        "Words": html.escape(", ".join(words.lemmas)),
        "Mentions": ", ".join(_search_for(name) for name in words.mentions),
        "Related": ", ".join(_search_for(name) for name in related),
    }
    lines = "".join(f"<p>{title}: {text}</p>" for title, text in parts.items() if text)
    return f"<details><summary>Words and related products</summary>{lines}</details>"


def _search_for(text: str) -> str:
    return f'<a href="?q={quote(text, safe="")}">{html.escape(text)}</a>'

"""Product search: misspelt words, four languages, facets, highlights, and what was meant."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from explore.app.shared import definition, part, search
from explore.app.words import details, related_names, show_mentions, words_of
from explore.language.words import ProductWords, key_of
from explore.search.client import Search
from explore.search.definition import Definition
from explore.search.products import Asked, Found, Hit, search_products
from explore.wording import number

_LANGUAGES = {"en": "English", "fr": "French", "nl": "Dutch", "de": "German"}

_PAGE = 10

_STYLE = "<style>.stHtml h2 { font-size: 1.15rem; padding: 0 } .stHtml mark { padding: 0 0.1em }</style>"


def show() -> None:
    """Show the page."""
    st.title("Product search")
    with part():
        fields, client = definition("products"), search()
        text = st.text_input("Words", value=st.query_params.get("q", ""), key="words")
        # The address of the page can be passed on.
        st.query_params.from_dict({"q": text} if text else {})
        language = st.selectbox(
            "Language",
            [None, *fields.languages],
            format_func=lambda code: "all languages" if code is None else _LANGUAGES.get(code, code),
        )
        chosen = _chosen(fields)
        asked = Asked(text, language, chosen, first=_first((text, language, str(chosen))), size=_PAGE)
        found = search_products(client, fields, asked)
        _show_meant(found)
        _show_facets(fields, found, chosen)
        with part():
            show_mentions(fields)
        st.markdown(f"**{number(found.total)}** {'product' if found.total == 1 else 'products'}")
        words = _words(client, fields, found)
        for hit in found.hits:
            _show_hit(fields, hit, words.get(key_of(fields, hit.document), ""))
        _show_more(found, asked)


def _first(question: object) -> int:
    """Return the first product of the page; another question begins at the first one."""
    if st.session_state.get("question") != question:
        st.session_state["question"] = question
        st.session_state["first"] = 0
    return int(st.session_state["first"])


def _show_meant(found: Found) -> None:
    if found.meant is None:
        return

    def ask(text: str) -> None:
        st.session_state["words"] = text

    st.button(f"Did you mean “{found.meant}”?", on_click=ask, args=(found.meant,))


def _chosen(fields: Definition) -> dict[str, list[str]]:
    """Return the values that are chosen; the widgets are drawn later, with the counts of the answer."""
    return {facet.name: st.session_state.get(f"facet {facet.name}", []) for facet in fields.facets}


def _show_facets(fields: Definition, found: Found, chosen: Mapping[str, Sequence[str]]) -> None:
    columns = st.columns(max(len(fields.facets), 1))
    for column, facet in zip(columns, fields.facets, strict=False):
        counts = found.facets.get(facet.name, {})
        # A chosen value stays, though nothing has it any more.
        options = [*counts, *(value for value in chosen[facet.name] if value not in counts)]
        column.multiselect(
            facet.name.replace("_", " ").capitalize(),
            options,
            format_func=partial(_counted, counts),
            key=f"facet {facet.name}",
        )


def _counted(counts: Mapping[str, int], value: str) -> str:
    return f"{value} ({number(counts.get(value, 0))})"


def _show_hit(fields: Definition, hit: Hit, words: str) -> None:
    texts = [text for text in fields.texts() if hit.document.get(text.name)]
    titles = [text for text in texts if text.name.startswith("name")] or texts
    title = next((text for text in titles if text.name in hit.highlights), titles[0] if titles else None)
    with st.container(border=True):
        if title is not None:
            st.html(f"{_STYLE}<h2>{_marked(hit, title.name)}</h2>")
        rest = [text.name for text in texts if text is not title and text.name in hit.highlights]
        for name in rest:
            st.html(f"<p>{_marked(hit, name)}</p>")
        facts = [
            f"{field.name.replace('_', ' ')}: {_fact(hit.document[field.name])}"
            for field in fields.fields
            if field.language is None and hit.document.get(field.name) is not None
        ]
        st.text(" · ".join(facts))
        if words:
            st.html(words)


def _fact(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _marked(hit: Hit, name: str) -> str:
    return hit.highlights.get(name) or html.escape(str(hit.document[name]))


def _words(client: Search, fields: Definition, found: Found) -> dict[str, str]:
    """Return the words of products as HTML, by key; when they are broken, products are shown without."""
    words: dict[str, ProductWords] = {}
    names: dict[str, str] = {}
    with part():
        words = words_of(fields, [hit.document for hit in found.hits])
        names = related_names(client, fields, words)
    return {key: details(each, names) for key, each in words.items()}


def _show_more(found: Found, asked: Asked) -> None:
    def turn(pages: int) -> None:
        st.session_state["first"] = max(0, asked.first + pages * _PAGE)

    left, right = st.columns(2)
    if asked.first > 0:
        left.button("Page before", on_click=turn, args=(-1,))
    if asked.first + _PAGE < found.total:
        right.button("Next page", on_click=turn, args=(1,))


show()

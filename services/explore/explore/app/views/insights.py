"""Search insights: what visitors search for, what they do not find, and what goes with a word."""

from __future__ import annotations

import streamlit as st

from explore.app.shared import definition, part, search
from explore.app.table import show_table
from explore.search.client import SearchAwayError
from explore.search.definition import Definition
from explore.search.insights import NEEDED, SearchedText, frequent_texts, related_texts, without_results
from explore.wording import number

_LANGUAGES = {None: "all languages", "en": "English", "fr": "French", "nl": "Dutch", "de": "German"}

_SHOWN = 20


def show() -> None:
    """Show the page."""
    st.title("Search insights")
    with part():
        events, client = definition("web_events"), search()
        if not events.has(*NEEDED):
            raise SearchAwayError(
                f"The index of web_events lacks one of {', '.join(NEEDED)}.", "compile the contracts again"
            )
        language = st.selectbox("Language of the page", list(_LANGUAGES), format_func=_LANGUAGES.__getitem__)
        texts = frequent_texts(client, events, _products(), language)
        _show_frequent(texts)
        _show_without_results(texts)
        st.header("What goes with a word")
        word = st.text_input("A word that visitors search for")
        if word.strip():
            _show_related(events, word)


def _products() -> Definition | None:
    try:
        return definition("products")
    except SearchAwayError:
        return None


def _show_frequent(texts: list[SearchedText]) -> None:
    st.header("Searched for most")
    if not texts:
        st.info("No visitor has searched yet.\n\n**What to do:** run `make stream`", icon=":material/info:")
        return
    _show_texts(texts[:_SHOWN], "Texts as they were typed, the most frequent first")


def _show_without_results(texts: list[SearchedText]) -> None:
    st.header("Searched for and not found")
    lost = without_results(texts)
    if not lost:
        st.markdown("Every text that is searched for often finds a product.")
        return
    _show_texts(lost[:_SHOWN], "Texts for which there is no product")


def _show_texts(texts: list[SearchedText], caption: str) -> None:
    finds = ["not known" if text.finds is None else number(text.finds) for text in texts]
    show_table(
        {
            "Text": [text.text for text in texts],
            "Searches": [number(text.searches) for text in texts],
            "Products found": finds,
        },
        caption,
    )


def _show_related(events: Definition, word: str) -> None:
    related = related_texts(search(), events, word)
    if not related:
        st.markdown("No visitor who searched for it searched for something else as well.")
        return
    show_table(
        {"Text": [one.text for one in related], "Searches": [number(one.visits) for one in related]},
        f"What visitors who searched for “{word}” searched for as well",
    )


show()

"""Search insights: what visitors search for, what follows, what they do not find, what goes with a word."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explore.access.engine import LIVE
from explore.app.shared import definition, is_there, part, rows, search
from explore.app.table import show_table
from explore.search.client import SearchAwayError
from explore.search.clusters import MOST_TERMS, Cluster, SearchedTerm, cluster_terms
from explore.search.definition import Definition
from explore.search.insights import NEEDED, SearchedText, frequent_texts, related_texts, without_results
from explore.wording import number, share

_LANGUAGES = {None: "all languages", "en": "English", "fr": "French", "nl": "Dutch", "de": "German"}

_SHOWN = 20

#: Clusters that are shown, and terms of each.
_CLUSTERS, _OF_CLUSTER = 10, 8

#: Counts add up over days and languages; a share does so in searches.
_TERMS = f"""
select term, sum(searches) as searches, sum(searches_with_view) as viewed,
       sum(searches_with_basket) as bought, sum(searches * share_without_action) as without_action
from live.search_terms group by term order by searches desc, term limit {MOST_TERMS}
"""


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
    with part():
        _show_terms()


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


def _show_terms() -> None:
    st.header("What follows a search")
    if not is_there(LIVE, "search_terms"):
        return
    data = rows(_TERMS)
    if data.empty:
        st.info("No term has been searched for by five visitors of a day yet.", icon=":material/info:")
        return
    shares = [(data[name] / data["searches"]).tolist() for name in ("viewed", "bought", "without_action")]
    viewed, bought, without = ([share(value) for value in values[:_SHOWN]] for values in shares)
    show_table(
        {
            "Term": data["term"].tolist()[:_SHOWN],
            "Searches": [number(value) for value in data["searches"][:_SHOWN]],
            "Saw a product": viewed,
            "Filled a basket or paid": bought,
            "Neither": without,
        },
        "What visitors do within half an hour of a search and before the next one",
    )
    st.header("Searches that are spelt alike")
    _show_clusters(_clusters(data))


@st.cache_data(max_entries=1, show_spinner="Comparing the terms …")
def _clusters(data: pd.DataFrame) -> list[Cluster]:
    return cluster_terms(
        [
            SearchedTerm(row.term, int(row.searches), float(row.without_action))
            for row in data.itertuples(index=False)
        ]
    )


def _show_clusters(clusters: list[Cluster]) -> None:
    together = [cluster for cluster in clusters if len(cluster.terms) > 1][:_CLUSTERS]
    if not together:
        st.markdown("No two terms are spelt alike.")
        return
    show_table(
        {
            "Label": [cluster.label for cluster in together],
            "Terms": [_listed(cluster.terms) for cluster in together],
            "Searches": [number(cluster.searches) for cluster in together],
            "Without product or basket": [share(cluster.share_without_action) for cluster in together],
        },
        "Terms with the same parts of words, of all languages, labelled by the most frequent one",
    )


def _listed(terms: tuple[str, ...]) -> str:
    more = len(terms) - _OF_CLUSTER
    return ", ".join(terms[:_OF_CLUSTER]) + (f" and {number(more)} more" if more > 0 else "")


show()

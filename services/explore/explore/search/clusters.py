"""Searches that are spelt alike: misspellings, forms of a word, and words that languages share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer, strip_accents_unicode

#: Terms that are compared, the most frequent first: every pair of them has a distance in memory.
MOST_TERMS = 500

#: Letters of the parts of words that are compared: two swapped letters change most of the longer parts.
_PART_LETTERS = (2, 3)

#: Mean cosine distance at which two clusters stay apart: 0 for the same parts, 1 for no part in common. At
#: 0.7 `luidspreker` is apart from `Lautsprecher`; the known groups of the tests are found from 0.75 to 0.85.
_APART = 0.75


@dataclass(frozen=True)
class SearchedTerm:
    """A term, the searches for it, and those that neither a product nor a basket followed."""

    term: str
    searches: int
    without_action: float


@dataclass(frozen=True)
class Cluster:
    """Terms that are spelt alike, the most frequent first; that one is the label."""

    terms: tuple[str, ...]
    searches: int
    without_action: float

    @property
    def label(self) -> str:
        """Return the term that stands for all."""
        return self.terms[0]

    @property
    def share_without_action(self) -> float:
        """Return the share of the searches that nothing followed, 0 to 1."""
        return self.without_action / self.searches


def cluster_terms(terms: Sequence[SearchedTerm]) -> list[Cluster]:
    """Return the clusters of the most frequent terms, most searches first; alone is a term like no other.

    The same terms give the same clusters, in whatever order they come.
    """
    # Marks without a letter, which are nothing once accents are off, have no parts to compare.
    written = [each for each in terms if strip_accents_unicode(each.term).strip()]
    chosen = sorted(written, key=lambda each: (-each.searches, each.term))[:MOST_TERMS]
    members: dict[int, list[SearchedTerm]] = {}
    for number, term in zip(_numbers([each.term for each in chosen]), chosen, strict=True):
        members.setdefault(number, []).append(term)
    clusters = [
        Cluster(
            terms=tuple(each.term for each in found),
            searches=sum(each.searches for each in found),
            without_action=sum(each.without_action for each in found),
        )
        for found in members.values()
    ]
    return sorted(clusters, key=lambda cluster: (-cluster.searches, cluster.label))


def _numbers(texts: Sequence[str]) -> Sequence[int]:
    """Return the number of each text's cluster."""
    if len(texts) <= 1:
        return [0] * len(texts)
    parts = TfidfVectorizer(
        analyzer="char_wb", ngram_range=_PART_LETTERS, strip_accents="unicode", sublinear_tf=True
    )
    clusters = AgglomerativeClustering(
        n_clusters=None, distance_threshold=_APART, metric="cosine", linkage="average"
    )
    numbers: list[int] = clusters.fit_predict(parts.fit_transform(texts).toarray()).tolist()
    return numbers

"""Terms that are spelt alike come together, whatever their order, their language or the errors in them."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from explore.search.clusters import MOST_TERMS, SearchedTerm, cluster_terms

#: What belongs together, the most frequent term first.
GROUPS = [
    ("reading lamp", "raeding lamp", "reading lmap", "readinng lamp"),
    ("lautsprecher", "luidspreker", "lautsprehcer"),
    ("hiking shoes", "hikng shoes", "hiking shoe"),
    ("chaussures de randonnée", "chaussures randonnee", "chausures de randonnée"),
    ("puzzle", "puzzel", "puzzles", "puzle"),
    ("crème", "creme", "crèmes"),
    ("unicorn",),
]

TERMS = [
    SearchedTerm(term, searches=100 * (len(GROUPS) - group) - place, without_action=place)
    for group, terms in enumerate(GROUPS)
    for place, term in enumerate(terms)
]


@pytest.mark.parametrize("seed", range(3))
def test_known_groups_are_found(seed: int) -> None:
    shuffled = Random(seed).sample(TERMS, len(TERMS))
    assert [cluster.terms for cluster in cluster_terms(shuffled)] == GROUPS


def test_a_cluster_has_the_sums_of_its_terms() -> None:
    (lamps,) = cluster_terms([SearchedTerm("lamp", 10, 1.0), SearchedTerm("lamps", 30, 9.0)])
    assert lamps.label == "lamps"
    assert (lamps.searches, lamps.share_without_action) == (40, 0.25)


def test_one_term_and_none() -> None:
    assert cluster_terms([]) == []
    assert [cluster.terms for cluster in cluster_terms([SearchedTerm("lamp", 5, 0.0)])] == [("lamp",)]


def test_terms_without_a_letter_break_nothing() -> None:
    odd = ["?", "\u0301", "l", "12", "灯"]
    clusters = cluster_terms([SearchedTerm(term, 5, 0.0) for term in odd])
    assert sorted(term for cluster in clusters for term in cluster.terms) == sorted(["?", "l", "12", "灯"])


def test_the_most_frequent_terms_are_compared() -> None:
    terms = [SearchedTerm(f"{number:x} {number}", 1000 + number, 0.0) for number in range(MOST_TERMS + 50)]
    clusters = cluster_terms(terms)
    compared = [term for cluster in clusters for term in cluster.terms]
    assert sorted(compared) == sorted(each.term for each in terms[50:])
    assert all(one.searches >= other.searches for one, other in pairwise(clusters))

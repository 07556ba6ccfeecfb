"""Related products: those that share rare words, and are not the same thing in another colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

#: Related groups of each group.
MOST_RELATED = 3

#: Least cosine similarity of related groups, 0 to 1; less is one frequent word.
_LEAST_ALIKE = 0.15

#: Share of all lemmas of two groups that both have, 0 to 1, from which they are variants of one product.
_VARIANT = 0.6

#: Most groups that are compared: time grows with their square.
MOST_GROUPS = 50_000

#: Nearest groups among which those are chosen that differ from each other.
_CANDIDATES = 30

#: Groups that are compared with all others at once; a matrix of 100 times 50,000 numbers is 40 MB.
_ROWS = 100


def related_groups(groups: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return for each group of lemmas the places of those that are most like it, the nearest first.

    Beyond `MOST_GROUPS` no group has any.
    """
    if not any(groups) or len(groups) > MOST_GROUPS:
        return [[] for _ in groups]
    weights = TfidfVectorizer(analyzer=list, dtype=np.float64).fit_transform(groups)
    has = (weights > 0).astype(np.float64)
    counts, sets = np.asarray(has.sum(axis=1)).ravel(), [frozenset(group) for group in groups]
    found: list[list[int]] = []
    for first in range(0, len(groups), _ROWS):
        rows = slice(first, first + _ROWS)
        alike = (weights[rows] @ weights.T).toarray()
        both = (has[rows] @ has.T).toarray()
        either = counts[rows, np.newaxis] + counts - both
        alike[(alike < _LEAST_ALIKE) | (both >= _VARIANT * either)] = 0.0
        found.extend(_different(row, sets) for row in alike)
    return found


def _different(alike: NDArray[np.float64], sets: Sequence[frozenset[str]]) -> list[int]:
    """Return the places of the nearest groups, of which none is a variant of another."""
    # Rounded, so that the order of equal groups is theirs and not that of the last bit.
    nearest = np.argsort(-alike.round(9), kind="stable")[:_CANDIDATES]
    chosen: list[int] = []
    for place in map(int, nearest[alike[nearest] > 0]):
        if not any(_are_variants(sets[place], sets[other]) for other in chosen):
            chosen.append(place)
    return chosen[:MOST_RELATED]


def _are_variants(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _VARIANT * len(one | other)

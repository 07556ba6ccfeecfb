"""Queries of shoppers with hand-graded products (bench/judgements), and nDCG, the score of a ranking."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomllib

JUDGEMENTS = Path(__file__).resolve().parent / "judgements"

#: Hits that count: those of a first page.
DEPTH = 10

BEST = 3


@dataclass(frozen=True)
class Product:
    """The two parts of a product name that are graded: the English noun, and the adjective before it."""

    kind: str
    adjective: str

    @staticmethod
    def named(name: str) -> Product:
        """Read the English name of a generated product, such as `Compact reading lamp 17`."""
        adjective, *kind, _ = name.split(" ")
        return Product(" ".join(kind), adjective)


@dataclass(frozen=True)
class Query:
    """A text as it is typed, and the kinds of product it asks for: without grades it should find nothing."""

    language: str
    #: What makes it hard: `typo`, `synonym` …
    form: str
    text: str
    #: By kind, from 1 to 3; other kinds have 0.
    grades: Mapping[str, int]
    #: Adjective that raises a grade by one.
    raised_by: str | None
    #: Whether it is only measured, and nothing is tuned on it.
    held_out: bool

    def grade(self, product: Product) -> int:
        """Return how well a product answers, from 0 to 3."""
        grade = self.grades.get(product.kind, 0)
        return grade + (grade > 0 and product.adjective == self.raised_by)


def typed_texts() -> list[tuple[str, str]]:
    """Return the language and the text of every query."""
    return [
        (path.stem, entry["text"])
        for path in sorted(JUDGEMENTS.glob("*.toml"))
        for entry in tomllib.loads(path.read_text())["queries"]
    ]


def read_queries(catalogue: Sequence[Product]) -> list[Query]:
    """Read all queries. Raises SystemExit for one that asks for what the catalogue does not have."""
    queries = [
        Query(
            language=path.stem,
            form=entry["form"],
            text=entry["text"],
            grades=entry["grades"],
            raised_by=entry.get("raised_by"),
            held_out=entry.get("held_out", False),
        )
        for path in sorted(JUDGEMENTS.glob("*.toml"))
        for entry in tomllib.loads(path.read_text())["queries"]
    ]
    kinds, adjectives = {product.kind for product in catalogue}, {product.adjective for product in catalogue}
    for query in queries:
        where = f"bench/judgements/{query.language}.toml, `{query.text}`"
        if unknown := sorted(set(query.grades) - kinds):
            sys.exit(f"{where}: {unknown[0]} is not a kind of product; use one of {', '.join(sorted(kinds))}")
        if query.raised_by not in {None, *adjectives}:
            sys.exit(f"{where}: raised_by {query.raised_by} is not one of {', '.join(sorted(adjectives))}")
        highest = max(query.grades.values(), default=0) + (query.raised_by is not None)
        if highest > BEST or min(query.grades.values(), default=1) < 1:
            sys.exit(f"{where}: a grade is not from 1 to {BEST}, the adjective's one counted")
    return queries


def ndcg(grades: Sequence[int], all_grades: Sequence[int]) -> float:
    """Return nDCG@10 of hits with these grades, best hit first, from 0 to 1.

    `all_grades` are those of all products, one of them above 0 at least; the best ten are the ideal ranking.
    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002,
    with the grades as gains and the discount log2(rank + 1), as in trec_eval's `ndcg_cut`.
    """
    return _dcg(grades) / _dcg(sorted(all_grades, reverse=True))


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))

"""Types inferred on the labelled corpus, against its labels."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyspark.sql import SparkSession

from corpus.readers import inferred
from corpus.scoring import RIGHT, WRONG, Score, score
from corpus.tables import Label, labels, tables

#: Kinds of columns that are of little use to measure one reader against another.
PLAIN = {"float", "text"}

#: Columns of each other kind, at least.
LEAST = 15


@pytest.fixture(scope="module")
def scores(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    """The verdict on every labelled column."""
    folder = tmp_path_factory.mktemp("corpus")
    with ThreadPoolExecutor(2) as pool:
        judged = pool.map(lambda table: score(table, inferred(spark, table, folder)), tables())
        return [each for of_table in judged for each in of_table]


def test_the_corpus_has_enough_of_every_kind() -> None:
    found = labels()
    kinds = Counter(label.kind for label in found)
    assert kinds.total() >= 150
    assert {kind for kind, count in kinds.items() if count < LEAST} <= PLAIN
    assert kinds["float"] <= kinds.total() / 5
    assert sum(bool(label.derivation) for label in found) < kinds.total() / 2
    assert len({(label.dataset, label.column) for label in found}) == kinds.total()


def test_types_are_right_and_none_is_silently_wrong(scores: list[Score]) -> None:
    assert len(scores) == len(labels())
    assert [name(each.label) for each in scores if each.verdict == WRONG] == []
    modest = [name(each.label) for each in scores if each.verdict != RIGHT]
    assert len(modest) <= len(scores) * 0.03, modest


def name(label: Label) -> str:
    """A column of the corpus in a message."""
    return f"{label.dataset}.{label.column}"

"""Batches in any order, repeated, split or joined give the same tables: random histories of them."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from any_data import dataset, key, rows_of, run_any, text, typed, write_contracts

PLACES = dataset("places", key(), text("name"), typed("at", "timestamp", "required"), version_column="at")

#: Every version of every place, each a row that may come in any batch, any number of times.
VERSIONS = [
    (place, f"name {place} {hour}", f"2024-01-01 {hour:02}:00:00")
    for place, hour in itertools.product(range(1, 5), (8, 9))
]

BATCHES = st.lists(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=6), min_size=1, max_size=3)


def expected(batches: list[list[tuple[int, str, str]]]) -> list[tuple[int, str]]:
    """The newest version of every place that came."""
    newest: dict[int, tuple[int, str, str]] = {}
    for row in itertools.chain.from_iterable(batches):
        newest[row[0]] = max(newest.get(row[0], row), row, key=lambda each: each[2])
    return sorted((place, name) for place, name, _ in newest.values())


def found(spark: SparkSession, root: Path, batches: list[list[tuple[Any, ...]]]) -> list[tuple[int, str]]:
    """The table after these batches, one run each."""
    contracts = write_contracts(root / "contracts.json", [PLACES])
    for number, batch in enumerate(batches):
        data = root / f"batch-{number}"
        data.mkdir()
        lines = [",".join(map(str, row)) for row in batch]
        (data / "places.csv").write_text("\n".join(["id,name,at", *lines, ""]))
        assert run_any(spark, root, data, contracts, f"r{number}")["outcome"] == "published"
    return [(row[0], row[1]) for row in rows_of(spark, root, PLACES)]


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=BATCHES)
def test_any_history_gives_the_newest_of_every_row(
    spark: SparkSession, batches: list[list[tuple[int, str, str]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert found(spark, Path(folder), batches) == expected(batches)

"""Which batches can be made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from etl.synthetic import generate
from etl.synthetic.plan import History, history_plan, later_plan

DAY = date(2024, 12, 31)


def test_the_full_size() -> None:
    history = history_plan(5_000_000, 42, DAY).history
    assert (history.customers, history.products, history.first_day) == (200_000, 20_000, date(2023, 1, 1))


@pytest.mark.parametrize(
    ("rows", "day", "message"),
    [
        (999, DAY, "--rows 999: a history has at least 1000 orders; pass as many or more"),
        (1_000, date(2021, 2, 28), "--run-date 2021-02-28: .* pass 2021-03-01 or a later day"),
    ],
)
def test_a_history_that_cannot_be(rows: int, day: date, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        history_plan(rows, 1, day)


@pytest.mark.parametrize(
    ("rows", "day", "message"),
    [
        (51, date(2025, 1, 1), "--rows 51: .* of 1000 orders has 1 to 50; pass --rows 50 or less"),
        (50, DAY, "--run-date 2024-12-31: .* pass a day from 2025-01-01 to 2025-01-30"),
        (50, date(2025, 1, 31), "--run-date 2025-01-31: .* one of the 30 days after it"),
    ],
)
def test_a_later_batch_that_cannot_be(rows: int, day: date, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        later_plan(History(1_000, 1, DAY), rows, day)


def test_a_batch_follows_only_a_history_that_is_there(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"--follows 2024-12-31: .*planted.json names no history"):
        generate.run(spark, str(tmp_path), 50, 1, date(2025, 1, 1), DAY)


def test_a_batch_has_the_seed_of_its_history(spark: SparkSession, tmp_path: Path) -> None:
    generate.run(spark, str(tmp_path), 1_000, 1, DAY)
    with pytest.raises(ValueError, match=r"--seed 2: .* says seed 1, .* pass --seed 1"):
        generate.run(spark, str(tmp_path), 50, 2, date(2025, 1, 1), DAY)

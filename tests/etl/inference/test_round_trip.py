"""Whatever the texts of a column are, a value that is read is the one that the text says."""

from __future__ import annotations

import csv
import re
from calendar import month_name
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from corpus.derivations import write_time
from etl.inference.columns import describe_columns
from etl.inference.proposal import TOLERATED
from etl.inference.sources import look_at_sources
from etl.model import Column
from etl.rules.casts import NUMBER_FORMATS
from etl.storage.files import Files

ROWS, COLUMNS = 60, 24

integers = st.integers(-(10**20), 10**20).map(str)
small = st.integers(0, 30).map(str)
decimals = st.builds(
    lambda n, k: f"{Decimal(n).scaleb(-k):f}", st.integers(-(10**22), 10**22), st.integers(1, 9)
)
cents = st.builds(lambda n, k: f"{n}.{k:02d}", st.integers(0, 5000), st.integers(0, 99))
doubles = st.floats(allow_nan=False).map(repr)
codes = st.integers(0, 99_999).map(lambda n: f"{n:05d}")
phones = st.integers(10**9, 10**12).map(lambda n: f"+{n}")
exponents = st.builds(lambda a, b: f"{a}E{b}", st.integers(0, 99), st.integers(-400, 400))
versions = st.builds(lambda a, b: f"{a}.{b}", st.integers(0, 4), st.integers(0, 20))
grouped = st.integers(0, 10**7).map(lambda n: f"{n:,}")
commas = cents.map(lambda text: text.replace(".", ","))
european = cents.map(lambda text: f"{Decimal(text):,}".translate({44: ".", 46: ","}))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
iso = days.map(lambda day: day.isoformat())
slashed = days.map(lambda day: f"{day.month:02d}/{day.day:02d}/{day.year:04d}")
reversed_ = days.map(lambda day: f"{day.day:02d}/{day.month:02d}/{day.year:04d}")
words = st.sampled_from(
    ["", "NA", "n/a", "unknown", "inf", "-", "true", "True", "12 kg", "%", ".5", "7.", "-0"]
)

unpadded = days.map(lambda day: f"{day.day}/{day.month}/{day.year:04d}")
named = days.map(lambda day: f"{month_name[day.month]} {day.day}, {day.year:04d}")
short = days.map(lambda day: f"{day.day:02d}-{month_name[day.month][:3]}-{day.year:04d}")
compact = days.map(lambda day: f"{day.year:04d}{day.month:02d}{day.day:02d}")

NUMBERS = [
    integers,
    small,
    decimals,
    cents,
    doubles,
    codes,
    phones,
    exponents,
    versions,
    grouped,
    commas,
    european,
]
kinds = st.sampled_from([*NUMBERS, iso, slashed, reversed_, unpadded, named, short, compact, words])
columns = st.builds(
    lambda first, strays: [*strays, *first[len(strays) :]],
    kinds.flatmap(lambda kind: st.lists(kind, min_size=ROWS, max_size=ROWS)),
    st.lists(kinds.flatmap(lambda kind: kind), max_size=1),
)
tables = st.lists(columns, min_size=COLUMNS, max_size=COLUMNS)


def says(text: str) -> Decimal | None:
    """The number that a text says; None where it says none."""
    try:
        number = Decimal(text.replace(",", "").strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def with_point(form: str, text: str) -> str:
    """A number of a format as it is written with a point alone."""
    group, point = NUMBER_FORMATS[form]
    return text.replace(group, "").replace(point, ".")


def is_given_back(column: Column, text: str, value: Any) -> bool:
    """Whether a value is what the text says."""
    if column.type == "string":
        return bool(value == text)
    if column.type == "date":
        assert column.format is not None
        return write_time(datetime.combine(value, time()), column.format) == text
    if column.format is not None:
        text = with_point(column.format, text)
    if column.type == "bigint":
        return str(value) == text
    if column.type == "boolean":
        return str(value).lower() == text
    # Leading zeros are of a code; a plus sign, an exponent and zeros at the end change no number.
    is_code = re.match(r"[+-]?0[0-9]", text) is not None
    return not is_code and Decimal(repr(value) if column.type == "double" else value) == says(text)


def check(column: Column, texts: Sequence[str], values: Sequence[Any]) -> None:
    """Every text is missing, given back, or no number and one of few that go to quarantine."""
    refused = 0
    for text, value in zip(texts, values):
        if value is not None:
            assert is_given_back(column, text, value), (column.type, text, value)
        elif text and text not in column.missing_values:
            refused += 1
            assert column.type in ("date", "boolean") or says(text) is None, (column.type, text)
    assert refused <= TOLERATED * len(texts), (column.type, texts)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the one file of each example."""
    return tmp_path_factory.mktemp("round_trip")


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(table=tables)
def test_a_published_value_is_the_value_of_the_source(
    spark: SparkSession, place: Path, table: list[list[str]]
) -> None:
    path = place / "table.csv"
    names = ["row_number", *(f"column_{n}" for n in range(len(table)))]
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([names, *([n, *row] for n, row in enumerate(zip(*table)))])
    files = Files(spark, str(path))
    seen = describe_columns(spark, files, look_at_sources(spark, files, "table", [files.itself()]))
    rows = sorted(seen.values.collect(), key=lambda row: int(row["row_number"]))
    seen.values.unpersist()
    assert len(rows) == ROWS
    for number, texts in enumerate(table):
        name = f"column_{number}"
        check(seen.column(name).column, texts, [row[name] for row in rows])

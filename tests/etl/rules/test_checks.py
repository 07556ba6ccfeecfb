"""Every kind of rule, each true on exactly the texts that break it."""

from __future__ import annotations

from datetime import date

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from columns import accepted, column, rule
from etl.rules.casts import cast
from etl.rules.checks import breaks

RUN_DATE = date(2024, 12, 31)


def broken(
    spark: SparkSession, spark_type: str, texts: list[str | None], kind: str, **params: object
) -> list[str | None]:
    """The texts that break the rule."""
    of_type, promise, text = column("value", spark_type), rule("value", kind, **params), F.col("text")
    rows = spark.createDataFrame([(each,) for each in texts], "text string")
    value = F.when(accepted(of_type, text), cast(of_type, text))
    rows = rows.where(breaks(promise, of_type, text, value, RUN_DATE))
    return [row["text"] for row in rows.collect()]


def test_type_looks_at_present_texts_only(spark: SparkSession) -> None:
    assert broken(spark, "int", ["1", "x", "", None], "type") == ["x"]


def test_required_wants_text(spark: SparkSession) -> None:
    assert broken(spark, "int", ["1", "x", "", None], "required") == ["", None]


@pytest.mark.parametrize(
    ("spark_type", "params", "texts", "expected"),
    [
        ("int", {"minimum": "1", "maximum": "100"}, ["0", "1", "100", "101", "x", None], ["0", "101"]),
        ("decimal(12,2)", {"exclusive_minimum": "0"}, ["0.00", "0.01", "-1"], ["0.00", "-1"]),
        ("decimal(12,2)", {"exclusive_maximum": "0.9"}, ["0.89", "0.90", "0.9"], ["0.90", "0.9"]),
        ("date", {"minimum": "2015-01-01"}, ["2014-12-31", "2015-01-01"], ["2014-12-31"]),
        (
            "timestamp",
            {"maximum": "2024-01-01 00:00:00"},
            ["2024-01-01 00:00:00", "2024-01-01 00:00:01"],
            ["2024-01-01 00:00:01"],
        ),
        (
            "bigint",
            {"maximum": "9007199254740993"},
            ["9007199254740993", "9007199254740994"],
            ["9007199254740994"],
        ),
    ],
)
def test_range(
    spark: SparkSession, spark_type: str, params: dict[str, str], texts: list[str | None], expected: list[str]
) -> None:
    assert broken(spark, spark_type, texts, "range", **params) == expected


def test_an_unreadable_text_breaks_no_rule_on_values(spark: SparkSession) -> None:
    # Spark would make 200 of the first two, and 7.01 of the third.
    assert broken(spark, "int", [" 200", "200.5"], "range", maximum="100") == []
    assert broken(spark, "decimal(4,2)", ["7.005"], "range", maximum="7") == []


def test_length_counts_characters(spark: SparkSession) -> None:
    texts = ["a", "ab", "éé", "abcd", "", None]
    assert broken(spark, "string", texts, "length", minimum=2, maximum=3) == ["a", "abcd"]


def test_pattern_is_searched_unless_it_is_anchored(spark: SparkSession) -> None:
    assert broken(spark, "string", ["xay", "xyz", None], "pattern", pattern="a") == ["xyz"]
    texts = ["BE", "BEL", "be", "BE\u0085", "BE\u2028"]
    assert broken(spark, "string", texts, "pattern", pattern="^[A-Z]{2}$") == texts[1:]


def test_allowed_is_exact(spark: SparkSession) -> None:
    texts = ["web", "Web", "web ", "app", "", None]
    assert broken(spark, "string", texts, "allowed", values=["web", "app"]) == ["Web", "web "]


def test_future_begins_after_the_run_date(spark: SparkSession) -> None:
    assert broken(spark, "date", ["2024-12-31", "2025-01-01"], "future") == ["2025-01-01"]
    moments = ["2024-12-31 23:59:59", "2025-01-01 00:00:00", None]
    assert broken(spark, "timestamp", moments, "future") == ["2025-01-01 00:00:00"]


def test_late_is_what_arrives_longer_after_the_value_than_allowed(spark: SparkSession) -> None:
    of_type, promise, value = column("value", "timestamp"), rule("value", "late", seconds=60), F.col("value")
    rows = spark.sql(
        "select number, to_timestamp(value) value, to_timestamp(arrived) arrived from values"
        " (1, '2024-12-31 10:00:00', '2024-12-31 10:01:00'),"
        " (2, '2024-12-31 10:00:00', '2024-12-31 10:01:00.001'),"
        " (3, '2024-12-31 10:00:00', null),"
        " (4, null, '2024-12-31 10:01:00'),"
        " (5, '2024-12-31 10:02:00', '2024-12-31 10:01:00')"
        " as moments(number, value, arrived)"
    )
    late = rows.where(breaks(promise, of_type, F.lit("x"), value, RUN_DATE, F.col("arrived")))
    assert [row["number"] for row in late.collect()] == [2]
    assert rows.where(breaks(promise, of_type, F.lit("x"), value, RUN_DATE)).count() == 0


def test_a_rule_that_is_not_known_is_never_skipped(spark: SparkSession) -> None:
    with pytest.raises(
        ValueError, match=r"contract rule value\.median: kind 'median' is unknown to these jobs"
    ):
        broken(spark, "int", ["1"], "median")

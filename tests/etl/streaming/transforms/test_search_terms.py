"""The mart of search terms on visits few enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession

from etl.model import load_contract, load_mart
from etl.streaming.transforms.search_terms import FEWEST_VISITORS, normalized, search_terms

NOON = datetime(2024, 5, 1, 12)

#: Events of a visit: minutes from its begin, the kind, and what else they have.
Step = tuple[float, str, dict[str, Any]]


def search(text: str | None, minute: float = 0, **others: Any) -> Step:
    """A search."""
    return minute, "search", {"search_text": text, **others}


def view(minute: float, product: int | None = 1) -> Step:
    """The view of a page, which is that of a product or of none."""
    return minute, "page_view", {"product_id": product}


def visits(
    spark: SparkSession, steps: Iterable[Iterable[Step]], begin: datetime = NOON, prefix: str = "s"
) -> DataFrame:
    """Events of one visit for each list of steps, by the contract of web events."""
    names = [column.name for column in load_contract("web_events").columns]
    rows = []
    for visit, of_visit in enumerate(steps):
        for place, (minute, kind, others) in enumerate(of_visit):
            event = {
                "event_id": f"{prefix}-{visit}-{place}",
                "event_time": begin + timedelta(minutes=minute),
                "event_type": kind,
                "session_id": f"{prefix}-{visit}",
                "url": "https://shop.example/",
                "user_agent": "Mozilla/5.0",
                "language": "en",
                **others,
            }
            rows.append(tuple(event.get(name) for name in names))
    return spark.createDataFrame(rows, load_contract("web_events").ddl)


def found(events: DataFrame) -> dict[str, tuple[Any, ...]]:
    """The figures of each term: searches, sessions, with view, with basket, share without action."""
    return {row["term"]: tuple(row)[3:] for row in search_terms(events).collect()}


def test_search_terms(spark: SparkSession) -> None:
    events = visits(
        spark,
        [
            [search("Lamp"), view(1)],
            [search("lamp"), view(1), (2, "add_to_basket", {"product_id": 1})],
            [search("lamp"), (3, "checkout", {"product_id": 1})],
            [search("lamp"), search("lamp", 4), view(5)],
            [search("lamp", language="en")],
            [search("lamp", language="fr")],
        ],
    )
    expected = spark.createDataFrame(
        [(date(2024, 5, 1), "en", "lamp", 6, 5, 3, 2, 0.333333)], load_mart("search_terms").ddl
    )
    computed = search_terms(events)
    load_mart("search_terms").refuse_other(computed.dtypes)
    assert_df_equality(computed, expected, ignore_nullable=True)
    shuffled = search_terms(events.orderBy("event_type", "event_id"))
    assert_df_equality(shuffled, expected, ignore_nullable=True)


def test_an_action_counts_for_the_last_search_before_it_within_half_an_hour(spark: SparkSession) -> None:
    events = visits(
        spark,
        [[view(-1), search("unicorn"), search("horse", 1), view(31), view(40)]] * 3
        + [[search("unicorn"), search("horse", 1), view(31.01)]]
        + [[search("unicorn"), view(0.5, product=None), search("horse", 1), view(2, product=None)]],
    )
    assert found(events) == {"unicorn": (5, 5, 0, 0, 1.0), "horse": (5, 5, 3, 0, 0.4)}


def test_an_action_of_the_search_s_own_moment_counts(spark: SparkSession) -> None:
    assert found(visits(spark, [[view(0), search("lamp")]] * FEWEST_VISITORS)) == {"lamp": (5, 5, 5, 0, 0.0)}


def test_terms_of_few_visitors_are_left_out(spark: SparkSession) -> None:
    few, enough = FEWEST_VISITORS - 1, FEWEST_VISITORS
    events = visits(spark, [[search("jane doe 1980")] * 9] * few + [[search("lamp")]] * enough)
    assert set(found(events)) == {"lamp"}


def test_a_person_with_several_visits_is_one_visitor(spark: SparkSession) -> None:
    alone = visits(spark, [[search("my name", customer_id=7)]] * 9)
    others = visits(spark, [[search("my name", customer_id=number)] for number in (1, 2, 3)], prefix="o")
    assert found(alone.union(others)) == {}
    another = visits(spark, [[search("my name")]], prefix="a")
    assert found(alone.union(others).union(another)) == {"my name": (13, 13, 0, 0, 1.0)}


def test_a_visit_that_logs_in_between_two_searches_is_one_visitor(spark: SparkSession) -> None:
    steps = [[search("my name"), search("my name", 1, customer_id=number)] for number in range(4)]
    assert found(visits(spark, steps)) == {}


def test_days_and_languages_are_counted_apart(spark: SparkSession) -> None:
    lamps = [[search("lamp")]] * FEWEST_VISITORS
    before, after = datetime(2024, 5, 1, 23, 59, 59), datetime(2024, 5, 2)
    events = visits(spark, lamps, before, "b").union(visits(spark, lamps[1:], after, "a"))
    assert [row["day"] for row in search_terms(events).collect()] == [date(2024, 5, 1)]
    french = visits(spark, [[search("lamp", language="fr")]] * FEWEST_VISITORS, before, "f")
    rows = search_terms(events.union(french)).select("language", "sessions").collect()
    assert sorted(map(tuple, rows)) == [("en", 5), ("fr", 5)]


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("Reading  LAMP", "reading lamp"),
        ("\tlamp\n", "lamp"),
        ("lamp\u00a0\u2003blue\u0000", "lamp blue"),
        ("CAFETIÈRE d'été", "cafetière d'été"),
        ("Groß", "groß"),
    ],
)
def test_texts_are_normalized(spark: SparkSession, typed: str, term: str) -> None:
    texts = spark.createDataFrame([(typed,)], "text string")
    assert texts.select(normalized(texts["text"])).first()[0] == term  # type: ignore[index]


def test_searches_without_a_text_are_no_term(spark: SparkSession) -> None:
    assert found(visits(spark, [[search(None)]] * 5 + [[search(" \t")]] * 5)) == {}

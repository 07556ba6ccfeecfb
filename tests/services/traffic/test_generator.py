"""The traffic is believable, repeats by its seed, and holds what the account says."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from traffic import planting
from traffic.generator import Generator, Settings
from traffic.message import ENDPOINT, KAFKA, KEYS, ORDERS, SOUND, WEB_EVENTS, Message
from traffic.visits import Shop

RECORDS = 40_000
CUSTOMERS, PRODUCTS = 200, 50
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def records(seed: int = 7, number: int = RECORDS) -> list[Message]:
    """Returns records that were made at 1,000 a second from noon on."""
    made = iter(range(10**9))
    settings = Settings(seed, Shop(CUSTOMERS, PRODUCTS), direct_share=0.3, pace=1000)
    generator = Generator(settings, clock=lambda: NOON + timedelta(milliseconds=next(made)))
    return list(islice(generator.messages(), number))


@pytest.fixture(scope="module")
def sent() -> list[Message]:
    return records()


def fields(messages: list[Message], dataset: str, kind: str = SOUND) -> list[dict[str, Any]]:
    return [json.loads(each.value) for each in messages if (each.dataset, each.kind) == (dataset, kind)]


def test_same_seed_gives_same_records_and_another_seed_others(sent: list[Message]) -> None:
    assert records(number=5_000) == sent[:5_000]
    assert not {each.key for each in records(seed=8)} & {each.key for each in sent}


def test_funnel_loses_people_at_each_step(sent: list[Message]) -> None:
    types = Counter(event["event_type"] for event in fields(sent, WEB_EVENTS))
    assert types["page_view"] > types["search"] > types["add_to_basket"] > types["checkout"] > 500


def test_languages_devices_and_referrers_vary(sent: list[Message]) -> None:
    events = fields(sent, WEB_EVENTS)
    assert {event["language"] for event in events} == {"fr", "nl", "de", "en"}
    assert len({event["user_agent"] for event in events}) == 7
    assert len({event["search_text"] for event in events if event["event_type"] == "search"}) > 500


def test_references_are_within_the_ranges_that_options_give(sent: list[Message]) -> None:
    for dataset in (WEB_EVENTS, ORDERS):
        for row in fields(sent, dataset):
            assert 1 <= (row.get("customer_id") or 1) <= CUSTOMERS
            assert 1 <= (row.get("product_id") or 1) <= PRODUCTS


def test_checkouts_name_orders_that_were_sent_before(sent: list[Message]) -> None:
    placed: set[int] = set()
    for message in sent:
        if message.kind != SOUND:
            continue
        row = json.loads(message.value)
        if message.dataset == ORDERS:
            placed.add(row["order_id"])
        elif row["event_type"] == "checkout":
            assert row["order_id"] in placed


def test_orders_proceed_with_growing_versions(sent: list[Message]) -> None:
    latest: dict[int, dict[str, Any]] = {}
    for row in fields(sent, ORDERS):
        earlier = latest.get(row["order_id"])
        assert (earlier is None) == (row["status"] == "placed")
        assert earlier is None or row["updated_at"] > earlier["updated_at"]
        latest[row["order_id"]] = row
    assert {row["status"] for row in latest.values()} > {"placed", "paid", "delivered", "cancelled"}


@pytest.mark.parametrize("dataset", [WEB_EVENTS, ORDERS])
def test_every_planted_kind_comes_about_as_often_as_its_share(sent: list[Message], dataset: str) -> None:
    kinds = Counter(each.kind for each in sent if each.dataset == dataset)
    of = sum(kinds.values())
    for fault in planting.FAULTS[dataset]:
        expected = of * fault.share / 10_000
        assert 0.3 * expected < kinds[fault.kind] < 2 * expected + 5, fault.kind
    assert kinds["repeat"] > kinds["conflict"] > 0


def test_faults_are_what_they_are_called(sent: list[Message]) -> None:
    assert all("session_id" not in row for row in fields(sent, WEB_EVENTS, "missing_field"))
    assert all(row["event_time"] > "2026-03-02" for row in fields(sent, WEB_EVENTS, "future"))
    assert all(row["event_time"] < "2026-02-27" for row in fields(sent, WEB_EVENTS, "too_late"))
    assert all(
        "2026-02-27T13" < row["event_time"] < "2026-03-01T12" for row in fields(sent, WEB_EVENTS, "late")
    )
    for message in sent:
        message.value.decode()
        if message.kind == "not_json":
            with pytest.raises(ValueError, match=r"."):
                json.loads(message.value)


def test_repeats_are_the_same_bytes_and_conflicts_are_not(sent: list[Message]) -> None:
    first = {(each.dataset, each.value): each for each in reversed(sent) if each.kind == SOUND}
    for message in sent:
        if message.kind == "repeat":
            assert (message.dataset, message.value) in first
        elif message.kind == "conflict":
            assert (message.dataset, message.value) not in first
            assert str(json.loads(message.value)[KEYS[message.dataset]]) == message.key


def test_a_share_goes_straight_to_kafka(sent: list[Message]) -> None:
    routes = Counter(each.route for each in sent)
    assert 0.28 < routes[KAFKA] / RECORDS < 0.32
    assert routes[ENDPOINT] + routes[KAFKA] == RECORDS

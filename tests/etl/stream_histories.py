"""Random histories of records: repeats, disorder, contradictions, orphans and what is no record at all."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from stream_records import Topics, after, streamed_order, web_event

#: Seconds of the two days that histories spread over.
SPAN = 2 * 24 * 3600

#: Ids of the orders that one history may use.
_ORDERS = 4

#: A record to be sent: when, and how.
Action = tuple[float, Callable[[Topics, float], Any]]


def write_histories(chosen: random.Random, count: int) -> Topics:
    """Send the records of so many histories, each with keys of its own, in the order of their moments."""
    actions = [action for number in range(count) for action in _history(chosen, number)]
    topics = Topics()
    for moment, send in sorted(actions, key=lambda pair: pair[0]):
        send(topics, moment)
    return topics


def _history(chosen: random.Random, number: int) -> list[Action]:
    """One history: a few orders with their versions, and events that name them."""
    orders = [1000 + number * _ORDERS + each for each in range(chosen.randint(1, _ORDERS))]
    actions: list[Action] = []
    for order in orders:
        actions += _versions(chosen, order)
    for each in range(chosen.randint(1, 5)):
        actions += _event(chosen, f"{number}x{each}", orders)
    return actions


def _versions(chosen: random.Random, order: int) -> list[Action]:
    """Versions of an order, out of order, repeated and contradicted."""
    actions: list[Action] = []
    for _ in range(chosen.randint(1, 5)):
        moment = chosen.uniform(0, SPAN)
        version = chosen.randint(0, 3)
        values: dict[str, Any] = {
            "quantity": str(chosen.choice((1, 1, 1, 2))),
            "customer_id": chosen.choice("1112"),
        }
        fault = chosen.random()
        if fault < 0.1:
            values["customer_id"] = "99"
        elif fault < 0.2:
            values["status"] = chosen.choice(("lost", None, ""))
        elif fault < 0.25:
            values["unknown"] = "field"
        document = streamed_order(order, after(version), **values)
        times = chosen.choice((1, 1, 1, 2, 3))
        actions += [
            (moment + repeat * chosen.uniform(0, 9), _sender("orders", str(order), document))
            for repeat in range(times)
        ]
    return actions


def _event(chosen: random.Random, name: str, orders: list[int]) -> list[Action]:
    """An event that may name an order which is late, never comes or is refused; or no record at all."""
    moment = chosen.uniform(0, SPAN)
    if chosen.random() < 0.1:
        poison = chosen.choice(
            (None, b"", b"  ", b"{", b"[1]", b"\xff\xfe", b'{"event_id": 1, "event_id": 2}')
        )
        return [(moment, lambda topics, at: topics.send("web_events", name, poison, after(at)))]
    values: dict[str, Any] = {"order_id": chosen.choice((None, *orders, 999))}
    if chosen.random() < 0.1:
        values["language"] = "xx"
    happened = moment - chosen.choice((0, 5, 3600, 3 * 24 * 3600))
    document = web_event(name.replace("x", "z"), after(0) + timedelta(seconds=happened), **values)
    sent = [(moment, _sender("web_events", name, document))]
    if chosen.random() < 0.3:
        other = dict(document, url=chosen.choice((document["url"], "https://shop.example/other")))
        sent.append((moment + chosen.uniform(0, SPAN - moment), _sender("web_events", name, other)))
    return sent


def _sender(topic: str, key: str, document: dict[str, Any]) -> Callable[[Topics, float], Any]:
    return lambda topics, at: topics.send(topic, key, document, after(at))

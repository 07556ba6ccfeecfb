"""Orders and how they proceed: every change is a new version of the whole order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from traffic.vocabulary import COUNTRIES

#: Streamed orders are numbered from here on, apart from those of batches; each seed has so many numbers.
FIRST_ORDER = 20_000_000_000
ORDERS_PER_SEED = 100_000_000

#: Share of the orders, %, by how they proceed after they were placed.
COURSES = {
    ("paid", "shipped", "delivered"): 78,
    ("cancelled",): 8,
    ("paid", "cancelled"): 5,
    ("paid", "shipped", "delivered", "returned"): 9,
}

#: Share of the orders from the shop's app; the others are from its site.
APP_SHARE = 0.3
#: Share of the orders with this discount, %.
DISCOUNTS = {"0.00": 70, "0.05": 12, "0.10": 10, "0.25": 8}


def order_number(seed: int, count: int) -> int:
    """Returns the number of the order that is placed as the `count`-th one."""
    return FIRST_ORDER + seed % 1_000_000 * ORDERS_PER_SEED + count


def placed_order(  # noqa: PLR0913 - the columns of an order
    random: Random, *, number: int, customer: int, product: int, quantity: int, language: str, now: datetime
) -> dict[str, Any]:
    """Returns the first version of an order."""
    countries, shares = COUNTRIES[language]
    return {
        "order_id": number,
        "customer_id": customer,
        "product_id": product,
        "order_ts": seconds(now),
        "quantity": quantity,
        "unit_price": f"{max(1.0, min(random.lognormvariate(3.4, 0.7), 5000.0)):.2f}",
        "discount": random.choices(list(DISCOUNTS), list(DISCOUNTS.values()))[0],
        "status": "placed",
        "country": random.choices(countries, shares)[0],
        "channel": "app" if random.random() < APP_SHARE else "web",
        "updated_at": seconds(now),
    }


def course(random: Random) -> Iterator[str]:
    """Yields the states that follow the first one."""
    return iter(random.choices(list(COURSES), list(COURSES.values()))[0])


def next_version(order: dict[str, Any], status: str, now: datetime) -> dict[str, Any]:
    """Returns the order in a new state; its version is always a later one, be it within the same second."""
    earlier = datetime.fromisoformat(f"{order['updated_at']}+00:00")
    return {**order, "status": status, "updated_at": seconds(max(now, earlier + timedelta(seconds=1)))}


def seconds(moment: datetime) -> str:
    """Writes a moment as the contract of orders has it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")

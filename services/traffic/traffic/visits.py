"""One visit of the site: pages, searches, baskets and checkouts; each step of the funnel loses people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from traffic import vocabulary
from traffic.searches import search_text

SITE = "https://shop.example.com"

#: Chance of each step of the funnel, given the one before it.
SEARCHES, VIEWS_PRODUCT, ADDS_TO_BASKET, CHECKS_OUT, GOES_ON = 0.45, 0.7, 0.28, 0.42, 0.62
#: Share of the visitors who are logged in from the start.
LOGGED_IN = 0.35
#: No visit has more rounds than this.
MOST_ROUNDS = 12

#: Fields of an event that differ from one event of a visit to the next.
Step = dict[str, Any]
#: Places an order of a customer for a product and a quantity, in a language; returns its number.
Checkout = Callable[[int, int, int, str], int]


@dataclass(frozen=True)
class Shop:
    """Whom and what the site knows: customers and products are numbered from 1."""

    customers: int
    products: int

    def customer(self, random: Random) -> int:
        """Returns somebody."""
        return random.randint(1, self.customers)

    def product(self, random: Random) -> int:
        """Returns a product; a few are far more popular than the others."""
        return 1 + int(self.products * random.random() ** 2.5)


class Visit:
    """A visitor, who has a browser and a language, may be logged in, and acts step by step."""

    def __init__(self, random: Random, shop: Shop, checkout: Checkout) -> None:
        self._random, self._shop, self._checkout = random, shop, checkout
        devices = (vocabulary.DESKTOPS, vocabulary.PHONES, vocabulary.BOTS)
        device = random.choices(devices, vocabulary.DEVICE_SHARES)[0]
        self.is_bot = device is vocabulary.BOTS
        self.language = random.choices(vocabulary.LANGUAGES, vocabulary.LANGUAGE_SHARES)[0]
        self._customer = shop.customer(random) if not self.is_bot and random.random() < LOGGED_IN else None
        self._session = f"s-{random.getrandbits(48):012x}"
        self._user_agent = random.choice(device)
        self._page = random.choices(vocabulary.REFERRERS, vocabulary.REFERRER_SHARES)[0]

    def steps(self) -> Iterator[Step]:
        """Yields the events of the visit without their ids and times."""
        yield self._event("page_view", "/")
        yield from self._crawl() if self.is_bot else self._shopping()

    def _crawl(self) -> Iterator[Step]:
        for _ in range(self._random.randint(3, 30)):
            product = self._shop.product(self._random)
            yield self._event("page_view", f"/products/{product}", product_id=product)

    def _shopping(self) -> Iterator[Step]:
        basket: dict[int, int] = {}
        random = self._random
        for _ in range(MOST_ROUNDS):
            if random.random() < SEARCHES:
                yield self._event("search", "/search", search_text=search_text(random, self.language))
            if random.random() < VIEWS_PRODUCT:
                product = self._shop.product(random)
                yield self._event("page_view", f"/products/{product}", product_id=product)
                if random.random() < ADDS_TO_BASKET:
                    basket[product] = quantity = random.choices((1, 2, 3, 5), (70, 18, 8, 4))[0]
                    yield self._event("add_to_basket", "/basket", product_id=product, quantity=quantity)
            if random.random() > GOES_ON:
                break
        if basket and random.random() < CHECKS_OUT:
            yield from self._buy(basket)

    def _buy(self, basket: dict[int, int]) -> Iterator[Step]:
        """An order has one product, so a basket of several becomes several orders."""
        if self._customer is None:
            self._customer = self._shop.customer(self._random)
            yield self._event("page_view", "/login")
        for product, quantity in basket.items():
            order = self._checkout(self._customer, product, quantity, self.language)
            yield self._event("checkout", "/checkout", product_id=product, order_id=order)

    def _event(self, event_type: str, path: str, **fields: Any) -> Step:
        url = f"{SITE}/{self.language}{path}"
        referrer, self._page = self._page, url
        return {
            "event_type": event_type,
            "session_id": self._session,
            "customer_id": self._customer,
            "url": url,
            "referrer": referrer,
            "user_agent": self._user_agent,
            "language": self.language,
            **fields,
        }

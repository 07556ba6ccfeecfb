"""The traffic as one endless sequence of records. The same seed gives the same one, but for the clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from traffic import orders, planting
from traffic.message import ENDPOINT, KAFKA, KEYS, ORDERS, SOUND, WEB_EVENTS, Message, encoded
from traffic.times import Clock, milliseconds, now
from traffic.visits import Shop, Step, Visit

#: Visits that go on at the same time.
CONCURRENT_VISITS = 60
#: Seconds until an event follows the order that it names, until an order proceeds, until a record is resent.
CHECKOUT_DELAY, ORDER_DELAY, RESEND_DELAY = 0.3, (0.5, 20.0), (0.1, 5.0)


@dataclass(frozen=True)
class Settings:
    """What decides the traffic, beside the clock."""

    seed: int
    shop: Shop
    #: Share of the records that go straight to Kafka, past the endpoint.
    direct_share: float
    #: Records per second, by which delays are counted in records.
    pace: float


class Generator:
    """Interleaves visits, orders that proceed, and what is planted."""

    def __init__(self, settings: Settings, clock: Clock = now) -> None:
        self._settings, self._clock = settings, clock
        self._random = Random(settings.seed)
        #: What is due later: the number of records sent by then, a tie-breaker, and what makes it.
        self._later: list[tuple[int, int, Callable[[], Iterator[Message]]]] = []
        self._ties, self._orders = count(), count(1)
        self._sent = 0
        self._visits: list[Iterator[Step]] = []

    def messages(self) -> Iterator[Message]:
        """Yields records without an end."""
        while True:
            due = self._later and self._later[0][0] <= self._sent
            for message in heapq.heappop(self._later)[2]() if due else self._next_step():
                self._sent += 1
                yield message

    def _next_step(self) -> Iterator[Message]:
        while len(self._visits) < CONCURRENT_VISITS:
            self._visits.append(Visit(self._random, self._settings.shop, self._place).steps())
        number = self._random.randrange(len(self._visits))
        step = next(self._visits[number], None)
        if step is None:
            self._visits[number] = Visit(self._random, self._settings.shop, self._place).steps()
            return
        if "order_id" in step:
            self._schedule(CHECKOUT_DELAY, lambda: self._web_event(step))
            return
        yield from self._web_event(step)

    def _web_event(self, step: Step) -> Iterator[Message]:
        event_id = UUID(int=self._random.getrandbits(128), version=4)
        event = {"event_id": str(event_id), "event_time": milliseconds(self._clock()), **step}
        yield from self._with_plants(WEB_EVENTS, event)

    def _place(self, customer: int, product: int, quantity: int, language: str) -> int:
        """Places an order: its first version is sent without faults, since events refer to it."""
        number = orders.order_number(self._settings.seed, next(self._orders))
        order = orders.placed_order(
            self._random,
            number=number,
            customer=customer,
            product=product,
            quantity=quantity,
            language=language,
            now=self._clock(),
        )
        self._schedule(0, lambda: iter([self._message(ORDERS, order, SOUND)]))
        self._proceed(order, orders.course(self._random))
        return number

    def _proceed(self, order: dict[str, Any], course: Iterator[str]) -> None:
        status = next(course, None)
        if status is None:
            return

        def change() -> Iterator[Message]:
            version = orders.next_version(order, status, self._clock())
            self._proceed(version, course)
            yield from self._with_plants(ORDERS, version)

        self._schedule(self._random.uniform(*ORDER_DELAY), change)

    def _with_plants(self, dataset: str, fields: dict[str, Any]) -> Iterator[Message]:
        """Draws what is planted: one draw decides between all kinds, so that their shares are exact."""
        draw = self._random.random() * 10_000
        for fault in planting.FAULTS[dataset]:
            draw -= fault.share
            if draw < 0:
                value = fault.change(fields, self._random, self._clock)
                yield self._message(dataset, fields, fault.kind, value)
                return
        sound = self._message(dataset, fields, SOUND)
        if draw < planting.REPEATS:
            self._resend(Message(dataset, sound.key, sound.value, planting.REPEAT, sound.route))
        elif draw < planting.REPEATS + planting.CONFLICTS:
            other = {**fields, **planting.OTHER_CONTENT[dataset]}
            yield sound
            # The same route: what is first by offset is then most likely what was sent first.
            yield Message(dataset, sound.key, encoded(other), planting.CONFLICT, sound.route)
            return
        elif dataset == WEB_EVENTS and draw < planting.REPEATS + planting.CONFLICTS + planting.DISORDERED:
            self._resend(Message(dataset, sound.key, sound.value, planting.DISORDER, sound.route))
            return
        yield sound

    def _message(
        self, dataset: str, fields: dict[str, Any], kind: str, value: bytes | None = None
    ) -> Message:
        route = KAFKA if self._random.random() < self._settings.direct_share else ENDPOINT
        return Message(dataset, str(fields[KEYS[dataset]]), value or encoded(fields), kind, route)

    def _resend(self, message: Message) -> None:
        self._schedule(self._random.uniform(*RESEND_DELAY), lambda: iter([message]))

    def _schedule(self, delay: float, make: Callable[[], Iterator[Message]]) -> None:
        due = self._sent + int(delay * self._settings.pace)
        heapq.heappush(self._later, (due, next(self._ties), make))

"""Sends traffic at a rate that does not depend on the answers, and keeps the account."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from collections.abc import Iterator
from time import monotonic
from typing import Any

import aiohttp

from traffic.account import Account, percentile, write_account
from traffic.endpoint_route import MOST_WAITING, EndpointRoute, Limits
from traffic.generator import Generator, Settings
from traffic.kafka_route import KafkaRoute
from traffic.logs import log
from traffic.message import KAFKA, Message
from traffic.times import milliseconds, now
from traffic.visits import Shop

#: Seconds between looks at the clock, and records sent between them when there is no rate.
TICK, UNPACED = 0.01, 500
#: Pace by which delays are counted when there is no rate.
ASSUMED_PACE = 5_000.0
#: Seconds between lines of the log, and until the brokers have to have answered at the end.
REPORT, LAST_ANSWERS = 1.0, 35.0


class Run:
    """One run of the generator."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._account = Account()
        self._stopped = asyncio.Event()
        self._latencies: list[float] = []

    async def to_its_end(self) -> int:
        """Sends everything, or until SIGTERM or SIGINT; returns 0 when every record was answered."""
        began = milliseconds(now())
        loop = asyncio.get_running_loop()
        connector = aiohttp.TCPConnector(limit=self._options.connections)
        async with aiohttp.ClientSession(connector=connector) as session:
            endpoint = EndpointRoute(session, self._options.endpoint, self._account, self._limits())
            kafka = KafkaRoute(self._options.bootstrap, self._account)
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, self._stop, endpoint)
            reporter = asyncio.create_task(self._report(endpoint))
            await self._send_all(endpoint, kafka)
            await endpoint.finish()
            await asyncio.to_thread(kafka.flush, LAST_ANSWERS)
            reporter.cancel()
            self._line(endpoint)
        return self._conclude(began)

    def _limits(self) -> Limits:
        options = self._options
        # Without a rate, the endpoint's answers are all that slows the generator down.
        waiting = MOST_WAITING if options.rate else 2 * options.connections
        return Limits(options.batch, options.connections, options.timeout, options.patience, waiting)

    def _stop(self, endpoint: EndpointRoute) -> None:
        """Stops generating at the first signal, and all attempts at the second one."""
        if self._stopped.is_set():
            endpoint.cancel()
        self._stopped.set()

    def _messages(self) -> Iterator[Message]:
        options = self._options
        shop = Shop(options.customers, options.products)
        settings = Settings(options.seed, shop, options.direct, options.rate or ASSUMED_PACE)
        return Generator(settings).messages()

    async def _send_all(self, endpoint: EndpointRoute, kafka: KafkaRoute) -> None:
        messages, most, rate = self._messages(), self._options.events or float("inf"), self._options.rate
        start, sent = monotonic(), 0
        while sent < most and not self._stopped.is_set():
            due = min(most, int((monotonic() - start) * rate) if rate else sent + UNPACED)
            while sent < due and not self._stopped.is_set():
                message = next(messages)
                if message.route == KAFKA:
                    kafka.send(message)
                else:
                    await endpoint.send(message)
                sent += 1
            await endpoint.close_old()
            kafka.poll()
            await asyncio.sleep(TICK if rate else 0)

    async def _report(self, endpoint: EndpointRoute) -> None:
        while True:
            await asyncio.sleep(REPORT)
            self._line(endpoint)

    def _line(self, endpoint: EndpointRoute) -> None:
        latencies, endpoint.latencies = endpoint.latencies, []
        self._latencies += latencies
        line = {**self._account.now(), "pending": self._account.pending, **self._percentiles(latencies)}
        log("traffic", **line)
        self._account.seconds.append({"time": milliseconds(now()), **line})

    def _percentiles(self, latencies: list[float]) -> dict[str, Any]:
        shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
        found = {name: percentile(latencies, share) for name, share in shares.items()}
        return {name: None if value is None else round(value, 4) for name, value in found.items()}

    def _conclude(self, began: str) -> int:
        options, account = self._options, self._account
        facts = {
            "seed": options.seed,
            "rate": options.rate,
            "started_at": began,
            "finished_at": milliseconds(now()),
            "interrupted": self._stopped.is_set(),
            "pending": account.pending,
            "latency": self._percentiles(self._latencies),
        }
        if options.account is not None:
            write_account(options.account, account, facts)
        log("finished", **{**account.now(), **facts})
        return 1 if account.pending or account.now()["unknown"] else 0

"""Through the endpoint: batches as NDJSON, tried again with the same bodies until they are answered."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from time import monotonic

import aiohttp

from traffic.account import ACKNOWLEDGED, REFUSED, SENT, UNKNOWN, Account
from traffic.answers import UNAVAILABLE, outcomes_of
from traffic.message import Message

#: A batch that does not fill is sent after so many seconds.
LINGER = 0.1
#: Seconds between attempts: the first wait, doubled until the longest.
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0
#: Batches that wait for a connection while the rate is open; then the generator waits, too.
MOST_WAITING = 2_000


@dataclass(frozen=True)
class Limits:
    """How requests are made: records each, how many at once, seconds of an attempt and of all attempts."""

    batch: int
    connections: int
    timeout: float
    patience: float
    #: Batches that may wait for a connection.
    waiting: int


@dataclass
class Batch:
    """Records of one dataset that go in one request, and since when the first of them has waited."""

    messages: list[Message]
    since: float
    #: Whether an attempt was made whose result nobody knows.
    is_unknown: bool = False


class EndpointRoute:
    """Fills batches and sends them over a number of connections."""

    def __init__(self, session: aiohttp.ClientSession, url: str, account: Account, limits: Limits) -> None:
        self._session, self._url, self._account, self._limits = session, url.rstrip("/"), account, limits
        self._open: dict[str, list[Message]] = defaultdict(list)
        self._since: dict[str, float] = {}
        self._queue: asyncio.Queue[Batch] = asyncio.Queue(limits.waiting)
        self._workers = [asyncio.create_task(self._work()) for _ in range(limits.connections)]
        #: Seconds from a batch's first record until its answer, since they were last taken.
        self.latencies: list[float] = []

    async def send(self, message: Message) -> None:
        """Adds a record to its batch; waits while too many batches wait for a connection."""
        self._account.count(message, SENT)
        batch = self._open[message.dataset]
        self._since.setdefault(message.dataset, monotonic())
        batch.append(message)
        if len(batch) >= self._limits.batch:
            await self._close(message.dataset)

    async def close_old(self, age: float = LINGER) -> None:
        """Sends batches that have waited long enough, though they are not full."""
        for dataset, since in list(self._since.items()):
            if monotonic() - since >= age:
                await self._close(dataset)

    async def finish(self) -> None:
        """Sends what is left, waits until all is answered, and ends the workers."""
        await self.close_old(0)
        await self._queue.join()
        self.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def cancel(self) -> None:
        """Ends all attempts; what is not answered stays so."""
        for worker in self._workers:
            worker.cancel()

    async def _close(self, dataset: str) -> None:
        batch = Batch(self._open.pop(dataset), self._since.pop(dataset))
        await self._queue.put(batch)

    async def _work(self) -> None:
        while True:
            batch = await self._queue.get()
            try:
                await self._deliver(batch)
            finally:
                self._queue.task_done()

    async def _deliver(self, batch: Batch) -> None:
        """Tries until every record is answered or patience is over; unanswered ones are unknown, or refused
        when no attempt can have written them."""
        wait, end = FIRST_WAIT, monotonic() + self._limits.patience
        while batch.messages:
            asked = await self._attempt(batch)
            if not batch.messages or monotonic() >= end:
                break
            await asyncio.sleep(min(max(wait, asked), max(0.0, end - monotonic())))
            wait = min(wait * 2, LONGEST_WAIT)
        for message in batch.messages:
            self._account.count(message, UNKNOWN if batch.is_unknown else REFUSED)
        self.latencies.append(monotonic() - batch.since)

    async def _attempt(self, batch: Batch) -> float:
        """Posts the batch, counts what was answered and leaves the rest in it.

        Returns the seconds that the endpoint asks to wait.
        """
        body = b"\n".join(message.value for message in batch.messages)
        url = f"{self._url}/ingest/{batch.messages[0].dataset}"
        timeout = aiohttp.ClientTimeout(total=self._limits.timeout)
        headers = {"content-type": "application/x-ndjson"}
        try:
            async with self._session.post(url, data=body, headers=headers, timeout=timeout) as answer:
                outcomes = outcomes_of(answer.status, await answer.read(), len(batch.messages))
                asked = answer.headers.get("retry-after", "0")
        except aiohttp.ClientConnectorError:
            return 0.0
        except (aiohttp.ClientError, TimeoutError, OSError):
            batch.is_unknown = True
            return 0.0
        left = []
        for message, outcome in zip(batch.messages, outcomes, strict=True):
            if outcome in {ACKNOWLEDGED, REFUSED}:
                self._account.count(message, outcome)
            else:
                batch.is_unknown |= outcome != UNAVAILABLE
                left.append(message)
        batch.messages = left
        return float(asked) if asked.isdecimal() else 0.0

"""Produces records to Kafka and reports the outcome of each."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from confluent_kafka import KafkaError, KafkaException, Message, Producer

log = logging.getLogger(__name__)

#: What librdkafka logs by itself: each attempt to connect, many times a second while the brokers are away.
LIBRARY_LOG = "librdkafka"

#: Seconds between two looks whether the brokers answer, and how long one may take.
_LOOK_EVERY, _LOOK_TIMEOUT = 2.0, 2.0

#: Seconds that waiting for the brokers' answer takes longer than the producer's own limit.
_SLACK = 2.0


class NotWrittenError(Exception):
    """Events that have surely not been written."""


class UnknownError(Exception):
    """Events of which it is unknown whether they have been written."""


@dataclass(frozen=True)
class Position:
    """Position of a record, and the time at which the broker appended it (milliseconds since 1970)."""

    topic: str
    partition: int
    offset: int
    timestamp: int


Answer: TypeAlias = Position | NotWrittenError | KafkaError
Outcome: TypeAlias = Position | NotWrittenError | UnknownError


class _Delivery:
    """Collects the answers to the records of one request; resolves its future with the last."""

    def __init__(self, count: int) -> None:
        self.results: list[Answer | None] = [None] * count
        self._left = count
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self._loop.create_future()

    def answer(self, index: int, error: KafkaError | None, message: Message) -> None:
        """Take one answer; runs in the thread that polls."""
        if error is None:
            topic, partition, offset = message.topic(), message.partition(), message.offset()
            # All three are there once a record was acknowledged.
            self.results[index] = Position(topic or "", partition or 0, offset or 0, message.timestamp()[1])
        else:
            self.results[index] = error
        self._count(1)

    def refuse_from(self, index: int, error: NotWrittenError) -> None:
        """Take that a record and those after it were not handed over."""
        for rest in range(index, len(self.results)):
            self.results[rest] = error
        self._count(len(self.results) - index)

    def _count(self, answers: int) -> None:
        with self._lock:
            self._left -= answers
            is_last = self._left == 0
        if is_last and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._finish)

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)


class EventProducer:
    """An idempotent producer; a separate thread receives the answers."""

    def __init__(self, bootstrap: str, acknowledge_timeout: float) -> None:
        self._timeout = acknowledge_timeout
        self._config = {
            "bootstrap.servers": bootstrap,
            "client.id": "ingest",
            "acks": "all",
            "enable.idempotence": True,
            "partitioner": "murmur2_random",
            "message.timeout.ms": int(acknowledge_timeout * 1000),
            "linger.ms": 2,
            "reconnect.backoff.max.ms": 1_000,
            "queue.buffering.max.messages": 1_000_000,
            "queue.buffering.max.kbytes": 131_072,
            "allow.auto.create.topics": False,
            "error_cb": self._on_error,
            "logger": logging.getLogger(LIBRARY_LOG),
        }
        self._producer = Producer(self._config)
        self._stopping = threading.Event()
        self._answered_at, self._state = float("-inf"), ""
        self.topics: frozenset[str] = frozenset()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._poll, self._look)]
        for thread in self._threads:
            thread.start()

    @property
    def is_connected(self) -> bool:
        """Whether the brokers have answered lately."""
        return time.monotonic() - self._answered_at < _LOOK_EVERY + _LOOK_TIMEOUT + 1

    async def send(self, topic: str, records: Sequence[tuple[str | None, bytes]]) -> list[Outcome]:
        """Write records, each a key and a value, and return what became of each.

        Waits for the brokers; takes at most a little longer than the acknowledge timeout.
        """
        delivery = _Delivery(len(records))
        produce = self._producer.produce
        for index, (key, value) in enumerate(records):
            try:
                produce(topic, value, key, on_delivery=_answer_to(delivery, index))
            except (BufferError, KafkaException) as error:
                # Refused by the producer itself, before anything is sent.
                delivery.refuse_from(index, NotWrittenError(str(error)))
                break
        await asyncio.wait([delivery.done], timeout=self._timeout + _SLACK)
        return [_outcome(result) for result in delivery.results]

    def close(self) -> None:
        """Wait for what was handed over, and stop."""
        self._producer.flush(self._timeout)
        self._stopping.set()
        for thread in self._threads:
            thread.join(_LOOK_TIMEOUT + 1)

    def _poll(self) -> None:
        while not self._stopping.is_set():
            self._producer.poll(0.1)

    def _look(self) -> None:
        while not self._stopping.is_set():
            try:
                self.topics = frozenset(self._producer.list_topics(timeout=_LOOK_TIMEOUT).topics)
                self._answered_at = time.monotonic()
                self._say("the brokers answer")
            except KafkaException as error:
                self._say(f"the brokers do not answer: {error.args[0].str()}")
            self._stopping.wait(_LOOK_EVERY)

    def _say(self, state: str) -> None:
        """Log a state when it changes."""
        if state != self._state:
            log.warning(state)
            self._state = state

    def _on_error(self, error: KafkaError) -> None:
        log.debug("Kafka: %s", error)
        if error.fatal():
            log.error("the producer begins again: %s", error)
            # An idempotent producer that has lost its sequence refuses all that follows.
            self._producer = Producer(self._config)


def _answer_to(delivery: _Delivery, index: int) -> Any:
    return lambda error, message: delivery.answer(index, error, message)


def _outcome(result: Answer | None) -> Outcome:
    if isinstance(result, KafkaError):
        # Even a broker's refusal may follow an attempt that was written and whose answer was lost.
        return UnknownError(result.str())
    return UnknownError("the brokers have not answered in time") if result is None else result

"""A Kafka broker for benchmarks of streams, and web events in a topic of it."""

from __future__ import annotations

import json
import random
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from lake_session import ROOT

PORT = 29192
BOOTSTRAP = f"127.0.0.1:{PORT}"

#: The topic of the contract, and its partitions.
TOPIC, PARTITIONS = "web_events", 3

#: One event in so many has a language that its contract does not allow.
FAULTY = 100

_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

#: Seconds that a broker has to start, on a busy machine.
_START = 120


@contextmanager
def broker(folder: Path) -> Iterator[None]:
    """Run a broker with the topic of web events."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("ab") as log:
        command = [ROOT / "services" / "broker" / "run", folder, str(PORT)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        admin = AdminClient({"bootstrap.servers": BOOTSTRAP, "log_level": 0})
        _wait_for(admin, process)
        make_topic(TOPIC, PARTITIONS)
        yield
    finally:
        process.terminate()
        process.wait(60)


def make_topic(name: str, partitions: int) -> None:
    """Make a topic in which the broker's clock says when records arrive."""
    # A client that is collected as garbage takes its answers with it.
    admin = AdminClient({"bootstrap.servers": BOOTSTRAP, "log_level": 0})
    config = {"message.timestamp.type": "LogAppendTime"}
    admin.create_topics([NewTopic(name, partitions, 1, config=config)])[name].result(timeout=30)


def producer() -> Producer:
    """Return a producer that writes as the endpoint does."""
    return Producer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "acks": "all",
            "enable.idempotence": True,
            "partitioner": "murmur2_random",
            "linger.ms": 20,
        }
    )


@dataclass
class Events:
    """Web events of this moment, of customers and products at random; without these, they name none."""

    customers: Sequence[int] = ()
    products: Sequence[int] = ()
    _random: random.Random = field(default_factory=lambda: random.Random(42))
    _made: int = 0

    def send(self, target: Producer, events: int) -> None:
        """Hand events over; wait while the producer's buffer is full."""
        for _ in range(events):
            key = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            value = self._value(key).encode()
            while True:
                try:
                    target.produce(TOPIC, value, key.encode())
                    break
                except BufferError:
                    target.poll(0.1)
            target.poll(0)

    def _value(self, key: str) -> str:
        now = datetime.now(timezone.utc)
        self._made += 1
        event = {
            "event_id": key,
            "event_time": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z",
            "event_type": "page_view",
            "session_id": f"s-{self._made // 10}",
            **({"customer_id": self._random.choice(self.customers)} if self.customers else {}),
            **({"product_id": self._random.choice(self.products)} if self.products else {}),
            "url": "https://shop.example.com/nl/products/17?from=home",
            "referrer": "https://www.example.com/",
            "user_agent": _AGENT,
            "language": "xx" if self._made % FAULTY == 0 else "nl",
        }
        return json.dumps(event, separators=(",", ":"))


def flush(target: Producer) -> None:
    """Wait for the broker. Raises RuntimeError when it does not take everything."""
    if left := target.flush(120):
        raise RuntimeError(f"{BOOTSTRAP}: {left} events were not acknowledged within 120 seconds")


def _wait_for(admin: AdminClient, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while True:
        try:
            admin.list_topics(timeout=2)
            return
        except KafkaException:
            if time.monotonic() > end or process.poll() is not None:
                raise

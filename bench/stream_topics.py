"""A Kafka broker for benchmarks of streams, and web events in a topic of it."""

from __future__ import annotations

import random
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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

#: Customers and products that the base of `stream_lake.py` has.
CUSTOMERS, PRODUCTS = 1_000, 400

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
        config = {"message.timestamp.type": "LogAppendTime"}
        admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1, config=config)])[TOPIC].result(timeout=30)
        yield
    finally:
        process.terminate()
        process.wait(60)


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


def send_events(events: int, seed: int = 42) -> None:
    """Send web events of this moment. Raises RuntimeError when the broker does not take all of them."""
    source, target = random.Random(seed), producer()
    for number in range(events):
        send_event(target, source, number)
    if left := target.flush(120):
        raise RuntimeError(f"{BOOTSTRAP}: {left} of {events} events were not acknowledged within 120 seconds")


def send_event(target: Producer, source: random.Random, number: int) -> None:
    """Hand one web event over; wait while the producer's buffer is full."""
    key = str(uuid.UUID(int=source.getrandbits(128), version=4))
    value = _event(key, source, "xx" if number % FAULTY == 0 else "nl")
    while True:
        try:
            target.produce(TOPIC, value.encode(), key.encode())
            break
        except BufferError:
            target.poll(0.1)
    target.poll(0)


def _event(key: str, source: random.Random, language: str) -> str:
    now = datetime.now(timezone.utc)
    moment = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"
    customer, product = source.randint(1, CUSTOMERS), source.randint(1, PRODUCTS)
    return (
        f'{{"event_id":"{key}","event_time":"{moment}","event_type":"page_view","session_id":"s-{customer}",'
        f'"customer_id":{customer},"product_id":{product},"url":"https://shop.example.com/nl/products/{product}",'
        f'"referrer":"https://www.example.com/","user_agent":"{_AGENT}","language":"{language}"}}'
    )


def _wait_for(admin: AdminClient, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while True:
        try:
            admin.list_topics(timeout=2)
            return
        except KafkaException:
            if time.monotonic() > end or process.poll() is not None:
                raise

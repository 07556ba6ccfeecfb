"""The producer says of each record what is sure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from confluent_kafka import KafkaError
from ingest.producer import EventProducer, NotWrittenError, Outcome, Position, UnknownError
from processes import Broker, free_port, wait_until

pytestmark = pytest.mark.xdist_group("broker")


@pytest.fixture
def producer(broker: Broker) -> Iterator[EventProducer]:
    producer = EventProducer(broker.bootstrap, 5)
    wait_until(lambda: producer.is_connected, "the producer is not connected")
    yield producer
    producer.close()


def send(producer: EventProducer, topic: str, *values: bytes) -> list[Outcome]:
    """Send values with different keys."""
    records = [(f"producer-{number}", value) for number, value in enumerate(values)]
    return asyncio.run(producer.send(topic, records))


def test_positions_are_those_of_the_records(producer: EventProducer, broker: Broker) -> None:
    outcomes = send(producer, "orders", *[b"%d" % number for number in range(500)])
    found = {(m.partition(), m.offset()): m.value() for m in broker.messages("orders")}
    for number, outcome in enumerate(outcomes):
        assert isinstance(outcome, Position)
        assert found[outcome.partition, outcome.offset] == b"%d" % number


def test_partitions_are_those_of_java(producer: EventProducer) -> None:
    # By Java's default partitioner: murmur2 of the key, of three partitions.
    (first, second, third) = send(producer, "orders", b"", b"", b"")
    keys = (b"producer-0", b"producer-1", b"producer-2")
    found = [outcome.partition for outcome in (first, second, third) if isinstance(outcome, Position)]
    assert found == [(murmur2(key) & 0x7FFFFFFF) % 3 for key in keys]


def murmur2(key: bytes) -> int:
    """Kafka's hash of keys (org.apache.kafka.common.utils.Utils)."""
    mixed, mask = 0x5BD1E995, 0xFFFFFFFF
    hashed = 0x9747B28C ^ len(key)
    for at in range(0, len(key) - 3, 4):
        part = int.from_bytes(key[at : at + 4], "little") * mixed & mask
        hashed = hashed * mixed & mask ^ (part ^ part >> 24) * mixed & mask
    rest = key[len(key) & ~3 :]
    if rest:
        hashed = (hashed ^ int.from_bytes(rest, "little")) * mixed & mask
    hashed = (hashed ^ hashed >> 13) * mixed & mask
    return hashed ^ hashed >> 15


def test_what_is_refused_before_it_is_sent_is_surely_not_written(producer: EventProducer) -> None:
    first, *rest = send(producer, "orders", b"small", b"x" * 2_000_000, b"small")
    assert isinstance(first, Position)
    assert [type(outcome) for outcome in rest] == [NotWrittenError, NotWrittenError]


def test_what_the_brokers_refuse_is_unknown(producer: EventProducer) -> None:
    (outcome,) = send(producer, "no-such-topic", b"1")
    assert isinstance(outcome, UnknownError)


def test_goes_on_after_a_fatal_error(producer: EventProducer) -> None:
    assert isinstance(send(producer, "orders", b"1")[0], Position)
    producer._on_error(KafkaError(KafkaError._FATAL, "out of order", fatal=True))
    assert isinstance(send(producer, "orders", b"2")[0], Position)


def test_brokers_that_do_not_answer_are_unknown_in_time() -> None:
    producer = EventProducer(f"127.0.0.1:{free_port()}", 1)
    assert not producer.is_connected
    (outcome,) = send(producer, "orders", b"1")
    assert isinstance(outcome, UnknownError)
    producer.close()

"""Straight into Kafka: what the endpoint would refuse gets there only this way."""

from __future__ import annotations

from confluent_kafka import KafkaError, Producer
from confluent_kafka import Message as Record

from traffic.account import ACKNOWLEDGED, REFUSED, SENT, UNKNOWN, Account
from traffic.message import Message

#: Milliseconds until an unanswered record counts as unknown.
DELIVERY_TIMEOUT = 30_000
#: Errors after which a record surely was not written.
SURELY_NOT_WRITTEN = {KafkaError.MSG_SIZE_TOO_LARGE, KafkaError._UNKNOWN_TOPIC, KafkaError._UNKNOWN_PARTITION}


class KafkaRoute:
    """An idempotent producer; every record is counted when the brokers have answered."""

    def __init__(self, bootstrap: str, account: Account, delivery_timeout: int = DELIVERY_TIMEOUT) -> None:
        self._account = account
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "acks": "all",
                "enable.idempotence": True,
                # As Java's default, so that every version of a key is in one partition, whoever writes it.
                "partitioner": "murmur2_random",
                "linger.ms": 20,
                "delivery.timeout.ms": delivery_timeout,
                # Says nothing on stderr by itself: what a record became is in the account.
                "log_level": 0,
            }
        )

    def send(self, message: Message) -> None:
        """Hands a record over; waits while the producer's buffer is full."""

        def delivered(error: KafkaError | None, _: Record) -> None:
            self._account.count(message, outcome_of(error))

        self._account.count(message, SENT)
        while True:
            try:
                self._producer.produce(
                    message.dataset, message.value, message.key.encode(), on_delivery=delivered
                )
                break
            except BufferError:
                self._producer.poll(0.1)
        self._producer.poll(0)

    def poll(self) -> None:
        """Takes the answers that have come."""
        self._producer.poll(0)

    def flush(self, seconds: float) -> int:
        """Waits until all is answered; returns how many records are not."""
        return int(self._producer.flush(seconds))


def outcome_of(error: KafkaError | None) -> str:
    """Tells what became of a record by the producer's answer."""
    if error is None:
        return ACKNOWLEDGED
    return REFUSED if error.code() in SURELY_NOT_WRITTEN else UNKNOWN

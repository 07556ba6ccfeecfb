"""What Kafka's brokers say of topics, by the client that Spark's source has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

#: Milliseconds that a question to the brokers may take.
_PATIENCE = 20_000


class BrokersError(RuntimeError):
    """The brokers did not answer, or do not have a topic."""


class Brokers:
    """Asks the brokers for the offsets of topics."""

    def __init__(self, spark: SparkSession, bootstrap: str, options: Mapping[str, str] | None = None) -> None:
        """Make a client; `options` are settings of Kafka's consumer, such as those of its security."""
        jvm: Any = spark._jvm
        settings = jvm.java.util.Properties()
        deserializer = "org.apache.kafka.common.serialization.ByteArrayDeserializer"
        for key, value in {
            "bootstrap.servers": bootstrap,
            "key.deserializer": deserializer,
            "value.deserializer": deserializer,
            "default.api.timeout.ms": str(_PATIENCE),
            "enable.auto.commit": "false",
            **(options or {}),
        }.items():
            settings.put(key, value)
        self._jvm = jvm
        self._bootstrap = bootstrap
        self._consumer = jvm.org.apache.kafka.clients.consumer.KafkaConsumer(settings)

    def partitions(self, topic: str) -> list[int]:
        """Return the partitions of a topic. Raises BrokersError when there is no such topic."""
        found = self._asked(lambda: self._consumer.partitionsFor(topic), topic)
        if not found:
            raise BrokersError(
                f"{self._bootstrap} has no topic {topic!r}: make the topics of the contracts first "
                "(`./platform stream` does, and so does `python -m ingest.topics`)"
            )
        return sorted(int(partition.partition()) for partition in found)

    def ends(self, topic: str) -> dict[int, int]:
        """Return the offset behind the last record of each partition."""
        return self._offsets(topic, self._consumer.endOffsets)

    def beginnings(self, topic: str) -> dict[int, int]:
        """Return the offset of the first record that is kept, of each partition."""
        return self._offsets(topic, self._consumer.beginningOffsets)

    def since(self, topic: str, moment: datetime) -> dict[int, int | None]:
        """Return the first offset of each partition that arrived at a moment or later, if there is one."""
        millis = int(moment.timestamp() * 1000)
        wanted = self._jvm.java.util.HashMap()
        for partition in self.partitions(topic):
            wanted.put(self._topic_partition(topic, partition), self._jvm.java.lang.Long.valueOf(millis))
        found = self._asked(lambda: self._consumer.offsetsForTimes(wanted), topic)
        return {
            int(partition.partition()): None if at is None else int(at.offset())
            for partition, at in dict(found).items()
        }

    def close(self) -> None:
        """End the client."""
        self._consumer.close()

    def _offsets(self, topic: str, ask: Any) -> dict[int, int]:
        wanted = self._jvm.java.util.ArrayList()
        for partition in self.partitions(topic):
            wanted.add(self._topic_partition(topic, partition))
        found = self._asked(lambda: ask(wanted), topic)
        return {int(partition.partition()): int(offset) for partition, offset in dict(found).items()}

    def _topic_partition(self, topic: str, partition: int) -> Any:
        return self._jvm.org.apache.kafka.common.TopicPartition(topic, partition)

    def _asked(self, ask: Any, topic: str) -> Any:
        try:
            return ask()
        except Py4JJavaError as error:
            raise BrokersError(
                f"the brokers at {self._bootstrap} do not answer for topic {topic!r}: "
                f"{error.java_exception.getMessage()}"
            ) from error

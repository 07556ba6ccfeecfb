"""Creates the topics of the contracts and checks existing ones: `python -m ingest.topics`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import ConfigResource
from confluent_kafka.admin._resource import ResourceType
from confluent_kafka.cimpl import NewTopic

from ingest.datasets import Topic, load_datasets
from ingest.settings import SettingsError, read_settings
from ingest.validation.compiled import ContractError

#: Seconds that one request to the brokers may take.
_TIMEOUT = 15.0


def ensure_topics(admin: AdminClient, topics: Sequence[Topic]) -> list[str]:
    """Create missing topics. Returns a sentence for each difference between the others and their contracts.

    Raises KafkaException when the brokers do not answer.
    """
    present = admin.list_topics(timeout=_TIMEOUT).topics
    missing = [topic for topic in topics if topic.name not in present]
    if missing:
        wanted = [NewTopic(t.name, t.partitions, config=dict(t.config)) for t in missing]
        for future in admin.create_topics(wanted, operation_timeout=_TIMEOUT).values():
            _made(future)
    problems = []
    for topic in topics:
        if topic not in missing:
            problems += _partition_problems(topic, len(present[topic.name].partitions))
            problems += _config_problems(admin, topic)
    return problems


def _made(future: object) -> None:
    try:
        future.result(_TIMEOUT)  # type: ignore[attr-defined]
    except KafkaException as error:
        # Another start was quicker.
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise


def _partition_problems(topic: Topic, found: int) -> list[str]:
    if found == topic.partitions:
        return []
    return [
        f"topic {topic.name}: has {found} partitions, its contract {topic.partitions}; keys would "
        "change their partition, so change the contract, or make a new topic"
    ]


def _config_problems(admin: AdminClient, topic: Topic) -> list[str]:
    resource = ConfigResource(ResourceType.TOPIC, topic.name)
    (future,) = admin.describe_configs([resource]).values()
    found = {name: entry.value for name, entry in future.result(_TIMEOUT).items()}
    return [
        f"topic {topic.name}: {name} is {found.get(name)}, its contract has {value}; "
        f"set it with `kafka-configs --alter --topic {topic.name} --add-config {name}={value}`"
        for name, value in topic.config.items()
        if found.get(name) != value
    ]


def main() -> int:
    """Make or check the topics. Returns 1 when one differs, 2 when that cannot be found out."""
    try:
        settings = read_settings(os.environ)
        topics = [dataset.topic for dataset in load_datasets(settings.contracts).values()]
        problems = ensure_topics(
            AdminClient({"bootstrap.servers": settings.bootstrap, "log_level": 0}), topics
        )
    except (SettingsError, ContractError) as error:
        print(error, file=sys.stderr)
        return 2
    except KafkaException as error:
        print(f"the brokers at {settings.bootstrap} do not answer: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

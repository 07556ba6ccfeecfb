"""A real Kafka broker of one's own, on loopback, and what tests send to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from confluent_kafka import KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from ports import free_ports

ROOT = Path(__file__).resolve().parents[2]

#: Seconds that a broker has to start, on a busy machine.
_PATIENCE = 120


class Broker:
    """A broker in a process group of its own, with its data in a folder that outlives it."""

    def __init__(self, folder: Path) -> None:
        """Start it on a free port."""
        self.folder = folder
        self.port = free_ports()
        self.bootstrap = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            command = [ROOT / "services" / "broker" / "run", self.folder, str(self.port)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._admin().list_topics(timeout=2)
                return
            except KafkaException:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise

    def kill(self) -> None:
        """End it by SIGKILL."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def make_topic(self, name: str, partitions: int = 2, **config: str) -> None:
        """Make a topic. Producers say when records arrive, so that a test can have several days."""
        # Records that say that they are old would be deleted half a minute after the start.
        settings = {"message.timestamp.type": "CreateTime", "retention.ms": "-1", **config}
        # A client that is collected as garbage takes its answers with it.
        admin = self._admin()
        admin.create_topics([NewTopic(name, partitions, 1, config=settings)])[name].result(timeout=30)

    def delete_topic(self, name: str) -> None:
        """Delete a topic, and wait until it is gone."""
        admin = self._admin()
        admin.delete_topics([name])[name].result(timeout=30)
        while name in admin.list_topics(timeout=10).topics:
            time.sleep(0.1)

    def drop_until(self, topic: str, offsets: Mapping[int, int]) -> None:
        """Drop the records of each partition before an offset, as retention does."""
        kept = [TopicPartition(topic, partition, offset) for partition, offset in offsets.items()]
        admin = self._admin()
        for dropped in admin.delete_records(kept).values():
            dropped.result(timeout=30)

    def send(self, records: Iterable[dict[str, Any]]) -> None:
        """Send records of `Topics` to their partitions, in order, with their moments."""
        producer = Producer(
            {"bootstrap.servers": self.bootstrap, "acks": "all", "enable.idempotence": True, "linger.ms": 5}
        )
        for record in records:
            millis = int(record["timestamp"].replace(tzinfo=None).timestamp() * 1000)
            producer.produce(
                record["topic"],
                key=record["key"],
                value=record["value"],
                partition=record["partition"],
                timestamp=millis,
            )
        assert producer.flush(60) == 0

    def _admin(self) -> AdminClient:
        return AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})


def ledger(root: Path, dataset: str) -> list[dict[str, Any]]:
    """The applied entries of a dataset's ledger, in their order."""
    folder = root / "stream_ledger" / dataset
    names = sorted(path for path in folder.glob("0*.json") if not path.name.endswith(".decided.json"))
    return [json.loads(path.read_text()) for path in names]

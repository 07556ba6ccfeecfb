"""Real processes of the tests: a Kafka broker and endpoints."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import httpx
from confluent_kafka import Consumer, KafkaException, Message, TopicPartition
from confluent_kafka.admin import AdminClient

ROOT = Path(__file__).resolve().parents[3]

#: Seconds that a process has to start or to stop.
PATIENCE = 40


def free_port() -> int:
    """A port that nothing listens on, and the next one, which a broker's controller takes."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


def wait_until(is_done: object, what: str, patience: float = PATIENCE) -> None:
    """Wait for a condition. Raises TimeoutError with its name."""
    end = time.monotonic() + patience
    while not is_done():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


class Broker:
    """A broker on a free port, with its data in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bootstrap = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            command = [ROOT / "services/broker/run", self.folder, str(self.port)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        admin = AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})

        def answers() -> bool:
            with contextlib.suppress(KafkaException):
                admin.list_topics(timeout=1)
                return True
            return False

        wait_until(answers, f"the broker does not answer; its log is {self.folder / 'log'}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it and wait until it is gone."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def messages(self, topic: str) -> list[Message]:
        """Every record of a topic, by partition and offset."""
        settings = {"bootstrap.servers": self.bootstrap, "group.id": "tests", "enable.auto.commit": False}
        consumer = Consumer(settings)
        found: list[Message] = []
        for partition in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
            consumer.assign([TopicPartition(topic, partition, low)])
            while low < high:
                message = consumer.poll(10)
                assert message is not None, f"{topic}/{partition}: nothing at {low} of {high}"
                assert message.error() is None
                found.append(message)
                low = message.offset() + 1
        consumer.close()
        return found


class EndpointProcess:
    """An endpoint as it is started by hand."""

    def __init__(self, contracts: Path, bootstrap: str, folder: Path, **settings: object) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = folder / f"endpoint-{self.port}.log"
        named = {"contracts": contracts, "bootstrap": bootstrap, "port": self.port, **settings}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("INGEST_")},
            "PYTHONPATH": str(ROOT / "services/ingest"),
            **{f"INGEST_{name.upper()}": str(value) for name, value in named.items()},
        }

    def __enter__(self) -> EndpointProcess:
        with self.log_file.open("ab") as log:
            command = [sys.executable, "-m", "ingest"]
            self.process = subprocess.Popen(command, env=self.environment, stderr=log)
        wait_until(self._answers, f"the endpoint does not answer: {self.log_file.read_text()}")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def wait_until_ready(self) -> EndpointProcess:
        """Wait until it takes events."""
        wait_until(lambda: httpx.get(f"{self.url}/ready").status_code == 200, "the endpoint is not ready")
        return self

    def make_topics(self) -> subprocess.CompletedProcess[str]:
        """Make or check the topics of its contracts."""
        command = [sys.executable, "-m", "ingest.topics"]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def log(self) -> str:
        """Everything that it has logged."""
        return self.log_file.read_text()

    def _answers(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/health").status_code == 200
        return False


@contextlib.contextmanager
def broker_in(folder: Path) -> Iterator[Broker]:
    """A broker that runs until the end."""
    broker = Broker(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop(signal.SIGKILL)

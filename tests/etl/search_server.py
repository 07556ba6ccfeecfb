"""A real OpenSearch server of one's own, on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NotReached
from opensearchpy.exceptions import TransportError

from ports import free_ports

ROOT = Path(__file__).resolve().parents[2]

#: The servers of requirements/jars-search*.txt, and the oldest Java that each runs on.
LOCKED, NEWEST = ("2.19.6", 17), ("3.6.0", 21)

#: Seconds that a server has to start, on a busy machine.
_PATIENCE = 240


class SearchServer:
    """A node in a process group of its own, with its data in a folder that outlives it."""

    scheme = "http"

    def __init__(self, folder: Path, server: tuple[str, int] = LOCKED) -> None:
        """Start it on a free port."""
        self.folder = folder
        self.version, oldest_java = server
        self.port = free_ports()
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "OPENSEARCH_HOME": str(ROOT / "build" / "search" / f"opensearch-{self.version}"),
            **({} if server == LOCKED else {"JAVA_HOME": _java(oldest_java)}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def client(self) -> OpenSearch:
        """A client that tries once."""
        return OpenSearch(self.url, timeout=60, max_retries=0)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder.with_suffix(".log")
        with log.open("ab") as output:
            command = [ROOT / "services" / "search" / "run", self.folder, str(self.port)]
            self._process = subprocess.Popen(
                command, stdout=output, stderr=output, env=self._environment, start_new_session=True
            )
        end = time.monotonic() + _PATIENCE
        with self.client as client:
            while True:
                try:
                    client.cluster.health(wait_for_status="yellow")
                    return
                except (NotReached, TransportError):
                    if time.monotonic() > end or self._process.poll() is not None:
                        raise AssertionError(log.read_text()[-4000:]) from None
                    time.sleep(0.2)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it by a signal, SIGKILL unless another is given."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            self._process.wait()


def _java(oldest: int) -> str:
    """Return the home of a Java of the version given or newer; fails where there is none."""
    found = subprocess.run(
        [ROOT / "requirements" / "java", str(oldest)], capture_output=True, text=True, check=False
    ).stdout.strip()
    assert found, f"there is no Java {oldest} or newer: install one beside Java 17, or set JAVA_HOME to one"
    return found

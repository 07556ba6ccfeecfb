"""Real processes of the tests: the application, and OpenSearch."""

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

import httpx

ROOT = Path(__file__).resolve().parents[3]

#: Runs one OpenSearch on loopback.
RUN_SEARCH = ROOT / "services" / "search" / "run"

#: Seconds that a process has to start or to stop.
PATIENCE = 240


def free_ports() -> tuple[int, int]:
    """Return a free port, and one whose successor is free, too."""
    while True:
        with socket.socket() as one, socket.socket() as other, socket.socket() as third:
            one.bind(("127.0.0.1", 0))
            other.bind(("127.0.0.1", 0))
            second = other.getsockname()[1]
            try:
                third.bind(("127.0.0.1", second + 1))
            except (OSError, OverflowError):
                continue
            return one.getsockname()[1], second


def settings_of(lake: Path | str, contracts: Path, **others: str) -> dict[str, str]:
    """Return the environment of an application."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPLORE_")}
    named = {"LAKE": str(lake), "CONTRACTS": str(contracts), **others}
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "services/explore"),
        **{f"EXPLORE_{name}": value for name, value in named.items()},
    }


@contextlib.contextmanager
def application(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Return the URL of an application that runs until the end."""
    port, _ = free_ports()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "explore", "--port", str(port)]
    with running(command, folder / "application.log", f"{url}/_stcore/health", environment):
        yield url


@contextlib.contextmanager
def search_in(folder: Path) -> Iterator[str]:
    """Return the URL of an OpenSearch that keeps its data in a folder, and runs until the end."""
    _, port = free_ports()
    url = f"http://127.0.0.1:{port}"
    with running([str(RUN_SEARCH), str(folder), str(port)], folder / "search.log", url, dict(os.environ)):
        yield url


@contextlib.contextmanager
def running(command: list[str], log: Path, url: str, environment: dict[str, str]) -> Iterator[int]:
    """Run a process until the end, and return its number once it answers."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
    try:
        end = time.monotonic() + PATIENCE
        while not _answers(url):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, f"{url} does not answer:\n{log.read_text()}"
            time.sleep(0.2)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).is_success
    return False

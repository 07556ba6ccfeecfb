"""Fixtures of the endpoint's tests: compiled contracts, a broker, an endpoint, events."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from processes import ROOT, Broker, EndpointProcess, broker_in

Event = dict[str, Any]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contracts of this checkout, as `./platform contract compile` writes them."""
    folder = tmp_path_factory.mktemp("contracts")
    command = [ROOT / "platform", "contract", "compile", "--out", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def broker(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker with the topics of the contracts, for tests that leave it running."""
    folder = tmp_path_factory.mktemp("broker")
    with broker_in(folder) as running:
        EndpointProcess(compiled, running.bootstrap, folder).make_topics()
        yield running


@pytest.fixture(scope="module")
def endpoint(
    compiled: Path, broker: Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EndpointProcess]:
    """An endpoint with small bounds."""
    settings = {"read_timeout": 1, "max_event_bytes": 10_000, "max_events": 500, "log_level": "debug"}
    with EndpointProcess(compiled, broker.bootstrap, tmp_path_factory.mktemp("log"), **settings) as running:
        yield running.wait_until_ready()


@pytest.fixture
def client(endpoint: EndpointProcess) -> Iterator[httpx.Client]:
    """A client of the endpoint."""
    with httpx.Client(base_url=endpoint.url, timeout=30) as opened:
        yield opened


@pytest.fixture
def web_event() -> Callable[..., Event]:
    """Makes valid web events, each with another id."""

    def make(**changes: Any) -> Event:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        event = {
            "event_id": str(uuid.uuid4()),
            "event_time": now,
            "event_type": "page_view",
            "session_id": "s-1",
            "customer_id": 731,
            "url": "https://shop.example/",
            "user_agent": "Firefox",
            "language": "fr",
        }
        return {**event, **changes}

    return make

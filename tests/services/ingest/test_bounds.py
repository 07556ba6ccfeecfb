"""Hostile clients: bodies of 100 MB, requests that never end, heads without a bound, many bytes at once."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from processes import Broker, EndpointProcess

pytestmark = pytest.mark.xdist_group("broker")

WEB_EVENTS = "/ingest/web_events"
HEAD = b"POST /ingest/web_events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
LARGE = 100_000_000

#: Megabytes of memory that the endpoint may have.
MOST_MEMORY = 200


def memory(endpoint: EndpointProcess) -> float:
    """The most megabytes that the endpoint has had."""
    lines = Path(f"/proc/{endpoint.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def sent_until_closed(endpoint: EndpointProcess, part: bytes, pause: float = 0) -> int:
    """Send a head that does not end, until the endpoint closes the connection; returns the parts sent."""
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=10) as endless:
        endless.sendall(b"POST /ingest HTTP/1.1\r\nx: ")
        for number in range(1_000):
            try:
                endless.sendall(part)
            except OSError:
                return number
            time.sleep(pause)
    return 1_000


def test_refuses_100_mb_by_its_announced_length(endpoint: EndpointProcess, client: httpx.Client) -> None:
    answer = client.post(WEB_EVENTS, content=b"x" * LARGE)
    assert (answer.status_code, answer.json()["written"]) == (413, "no")
    assert memory(endpoint) < MOST_MEMORY


def test_refuses_100_mb_in_chunks(endpoint: EndpointProcess, client: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(LARGE // 1_000_000):
            yield b'{"a":1}\n' * 125_000

    answer = client.post(WEB_EVENTS, content=chunks(), headers={"content-type": "application/x-ndjson"})
    assert answer.status_code == 413
    assert memory(endpoint) < MOST_MEMORY


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 2_000_000,
        b"[" + b"[]," * 600_000 + b"[]]",
        b'{"url":' + b"[" * 1_000_000,
        b"{" * 2_000_000,
        b'{"a":' * 300_000,
        b'{"url":"' + b"\\u0041" * 300_000 + b'"}',
        b"9" * 2_000_000,
        b'{"quantity":' + b"9" * 1_900_000 + b"}",
    ],
)
def test_stays_small_with_hostile_json(endpoint: EndpointProcess, client: httpx.Client, body: bytes) -> None:
    assert client.post(WEB_EVENTS, content=body).status_code in (400, 413, 422)
    assert memory(endpoint) < MOST_MEMORY


def test_stays_small_with_many_hostile_requests_at_once(
    endpoint: EndpointProcess, web_event: Callable[..., dict[str, Any]]
) -> None:
    nested = '{"url":[' + "[]," * 400_000 + "[]]}"
    body = f"[{','.join(json.dumps(web_event()) for _ in range(90))},{nested}]"

    def send(_: int) -> int:
        return httpx.post(endpoint.url + WEB_EVENTS, content=body, timeout=60).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = set(pool.map(send, range(36)))
    # Each takes the processor for a while, so that some may arrive too slowly.
    assert 207 in statuses
    assert statuses <= {207, 408, 503}
    assert memory(endpoint) < MOST_MEMORY


def test_answers_408_to_a_body_that_does_not_come(endpoint: EndpointProcess) -> None:
    with socket.create_connection(("127.0.0.1", endpoint.port)) as slow:
        slow.sendall(HEAD + b"content-length: 100\r\n\r\n{")
        assert slow.recv(10_000).startswith(b"HTTP/1.1 408")


def test_closes_connections_whose_head_does_not_come(endpoint: EndpointProcess) -> None:
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", endpoint.port)) as silent:
        silent.settimeout(10)
        assert sent_until_closed(endpoint, b"x", pause=0.1) < 100
        assert silent.recv(10) == b""
    assert time.monotonic() - started < 5


def test_closes_connections_with_an_endless_head(endpoint: EndpointProcess) -> None:
    assert sent_until_closed(endpoint, b"x" * 65_536) < 1_000
    assert memory(endpoint) < MOST_MEMORY


def test_other_clients_are_served_meanwhile(
    endpoint: EndpointProcess, client: httpx.Client, web_event: Callable[..., dict[str, Any]]
) -> None:
    slow = [socket.create_connection(("127.0.0.1", endpoint.port)) for _ in range(50)]
    for connection in slow:
        connection.sendall(HEAD + b"content-length: 100\r\n\r\n{")
    started = time.monotonic()
    assert client.post(WEB_EVENTS, json=web_event()).status_code == 202
    assert time.monotonic() - started < 0.8
    for connection in slow:
        connection.close()


def test_refuses_with_503_when_requests_hold_too_much(
    compiled: Path, broker: Broker, tmp_path: Path, web_event: Callable[..., dict[str, Any]]
) -> None:
    settings = {"max_in_flight_bytes": 150_000, "max_body_bytes": 150_000, "read_timeout": 2}
    with EndpointProcess(compiled, broker.bootstrap, tmp_path, **settings) as small:
        small.wait_until_ready()
        with socket.create_connection(("127.0.0.1", small.port)) as holder:
            holder.sendall(HEAD + b"content-length: 149000\r\n\r\n{")
            time.sleep(0.3)
            answer = httpx.post(small.url + WEB_EVENTS, content=json.dumps([web_event() for _ in range(10)]))
            assert (answer.status_code, answer.json()["error"]) == (503, "overloaded")
            assert (answer.json()["written"], answer.headers["retry-after"]) == ("no", "1")
            holder.recv(1_000)
        assert httpx.post(small.url + WEB_EVENTS, json=web_event()).status_code == 202


def test_refuses_events_and_then_connections_beyond_the_most(
    compiled: Path, broker: Broker, tmp_path: Path, web_event: Callable[..., dict[str, Any]]
) -> None:
    with EndpointProcess(compiled, broker.bootstrap, tmp_path, max_connections=20) as small:
        small.wait_until_ready()
        with contextlib.ExitStack() as held:
            for _ in range(30):
                held.enter_context(socket.create_connection(("127.0.0.1", small.port)))
            answer = httpx.post(small.url + WEB_EVENTS, json=web_event())
            assert (answer.status_code, answer.json()["error"]) == (503, "overloaded")
            assert answer.json()["written"] == "no"
            assert httpx.get(small.url + "/health").status_code == 200
            for _ in range(20):
                last = held.enter_context(socket.create_connection(("127.0.0.1", small.port), timeout=5))
            assert last.recv(1) == b""
        assert httpx.post(small.url + WEB_EVENTS, json=web_event()).status_code == 202

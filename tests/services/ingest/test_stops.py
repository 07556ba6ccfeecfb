"""The endpoint stops under load, gently and not: what it has acknowledged is in the topic."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from load import Load
from processes import PATIENCE, Broker, EndpointProcess, wait_until

pytestmark = pytest.mark.xdist_group("broker")

MakeEvent = Callable[..., dict[str, Any]]


def test_sigkill_under_load_loses_nothing_that_was_acknowledged(
    compiled: Path, broker: Broker, tmp_path: Path, web_event: MakeEvent
) -> None:
    with EndpointProcess(compiled, broker.bootstrap, tmp_path) as endpoint:
        with Load(endpoint.wait_until_ready().url, web_event) as load:
            for _ in range(3):
                wanted = len(load.acknowledged) + 1_000
                wait_until(lambda wanted=wanted: len(load.acknowledged) > wanted, "nothing is acknowledged")
                endpoint.process.kill()
                endpoint.process.wait(PATIENCE)
                endpoint.__enter__()
        load.check(broker)


def test_sigterm_finishes_what_was_accepted_and_refuses_the_rest(
    compiled: Path, broker: Broker, tmp_path: Path, web_event: MakeEvent
) -> None:
    with EndpointProcess(compiled, broker.bootstrap, tmp_path, drain_seconds=2) as endpoint:
        endpoint.wait_until_ready()
        with Load(endpoint.url, web_event) as load:
            wait_until(lambda: len(load.acknowledged) > 2_000, "nothing is acknowledged")
            endpoint.process.send_signal(signal.SIGTERM)
            wait_until(lambda: httpx.get(endpoint.url + "/ready").status_code == 503, "it does not drain")
            assert httpx.get(endpoint.url + "/health").status_code == 200
            answer = httpx.post(endpoint.url + "/ingest/web_events", json=web_event())
            assert (answer.status_code, answer.json()["written"]) == (503, "no")
            assert endpoint.process.wait(PATIENCE) == -signal.SIGTERM
    load.check(broker)
    assert not load.unknown
    assert set(load.statuses) == {202, 503}


def test_sigterm_waits_for_a_body_that_is_arriving(
    compiled: Path, broker: Broker, tmp_path: Path, web_event: MakeEvent
) -> None:
    with EndpointProcess(compiled, broker.bootstrap, tmp_path) as endpoint:
        endpoint.wait_until_ready()
        body = json.dumps({"language": "es"}).encode()
        with socket.create_connection(("127.0.0.1", endpoint.port), timeout=PATIENCE) as slow:
            slow.sendall(b"POST /ingest/web_events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n")
            slow.sendall(b"content-length: %d\r\n\r\n" % len(body) + body[:5])
            time.sleep(0.2)
            threading.Timer(0.5, slow.sendall, [body[5:]]).start()
            endpoint.process.send_signal(signal.SIGTERM)
            # It arrived too late to be written, and the answer says so.
            assert slow.recv(10_000).startswith((b"HTTP/1.1 503", b"HTTP/1.1 422"))
        endpoint.process.wait(PATIENCE)

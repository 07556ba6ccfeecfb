"""The broker is away at the start, goes away under load, and comes back: every answer says what is sure."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from load import Load
from processes import Broker, EndpointProcess, wait_until

pytestmark = pytest.mark.xdist_group("away")

MakeEvent = Callable[..., dict[str, Any]]


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Broker]:
    """A broker that is not started."""
    broker = Broker(tmp_path / "broker")
    yield broker
    broker.stop(signal.SIGKILL)


def test_waits_for_the_broker_and_the_topics(
    compiled: Path, away: Broker, tmp_path: Path, web_event: MakeEvent
) -> None:
    with EndpointProcess(compiled, away.bootstrap, tmp_path) as endpoint:
        assert httpx.get(endpoint.url + "/health").status_code == 200
        assert_unavailable(endpoint, "the brokers do not answer", web_event)
        away.start()
        wait_until(
            lambda: "no topic" in httpx.get(endpoint.url + "/ready").text, "it does not miss the topics"
        )
        assert_unavailable(endpoint, "there is no topic orders, web_events; make it with", web_event)
        made = endpoint.make_topics()
        assert (made.returncode, made.stderr) == (0, "")
        endpoint.wait_until_ready()
        assert httpx.post(endpoint.url + "/ingest/web_events", json=web_event()).status_code == 202
        assert endpoint.make_topics().returncode == 0


def assert_unavailable(endpoint: EndpointProcess, problem: str, web_event: MakeEvent) -> None:
    """Both answers say so at once, and that nothing was written."""
    started = time.monotonic()
    ready = httpx.get(endpoint.url + "/ready")
    answer = httpx.post(endpoint.url + "/ingest/web_events", json=web_event())
    assert (ready.status_code, answer.status_code, answer.json()["written"]) == (503, 503, "no")
    assert problem in answer.json()["message"]
    assert answer.headers["retry-after"] == "1"
    assert time.monotonic() - started < 1


def test_says_what_is_sure_while_the_broker_goes_and_comes(
    compiled: Path, away: Broker, tmp_path: Path, web_event: MakeEvent
) -> None:
    away.start()
    with EndpointProcess(compiled, away.bootstrap, tmp_path, acknowledge_timeout=3) as endpoint:
        endpoint.make_topics()
        with Load(endpoint.wait_until_ready().url, web_event) as load:
            wait_until(lambda: len(load.acknowledged) > 2_000, "nothing is acknowledged")
            away.stop(signal.SIGKILL)
            wait_until(lambda: load.statuses[503] > 5, "no request is refused")
            assert httpx.get(endpoint.url + "/ready").status_code == 503
            away.start()
            before = len(load.acknowledged)
            wait_until(lambda: len(load.acknowledged) > before + 2_000, "nothing is acknowledged again")
    load.check(away)
    assert load.unknown, "the requests under way could not know"
    assert set(load.statuses) <= {202, 207, 503, 504}


def test_topics_that_differ_from_their_contracts_are_named(
    compiled: Path, away: Broker, tmp_path: Path
) -> None:
    away.start()
    changed = tmp_path / "contracts"
    shutil.copytree(compiled, changed)
    assert EndpointProcess(changed, away.bootstrap, tmp_path).make_topics().returncode == 0
    topic = changed / "orders.topic.json"
    wanted = json.loads(topic.read_text())
    wanted["partitions"] += 1
    wanted["config"]["retention.ms"] = "1000"
    topic.write_text(json.dumps(wanted))
    checked = EndpointProcess(changed, away.bootstrap, tmp_path).make_topics()
    assert checked.returncode == 1
    partitions, retention = checked.stderr.splitlines()
    assert "topic orders: has 3 partitions, its contract 4" in partitions
    assert (
        "topic orders: retention.ms is 604800000, its contract has 1000; set it with `kafka-configs"
        in retention
    )

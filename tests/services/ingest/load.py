"""A client that sends under load and keeps what was answered."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
from processes import Broker

#: Events that each request has.
BATCH = 20


class Load:
    """Threads that send batches of web events until they are stopped."""

    def __init__(self, url: str, make: Callable[..., dict[str, Any]], threads: int = 4) -> None:
        self.url, self.make = url, make
        self.acknowledged: set[str] = set()
        self.not_written: set[str] = set()
        self.unknown: set[str] = set()
        self.statuses: Counter[int] = Counter()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._send) for _ in range(threads)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        with httpx.Client(timeout=30) as client:
            while not self._stopping.is_set():
                events = [self.make() for _ in range(BATCH)]
                ids = {event["event_id"] for event in events}
                try:
                    answer = client.post(f"{self.url}/ingest/web_events", json=events)
                except httpx.HTTPError as error:
                    # Refused before it was sent, or cut off: only the former is sure.
                    (self.not_written if isinstance(error, httpx.ConnectError) else self.unknown).update(ids)
                    self._stopping.wait(0.05)
                    continue
                self._keep(answer, [event["event_id"] for event in events])

    def _keep(self, answer: httpx.Response, ids: list[str]) -> None:
        self.statuses[answer.status_code] += 1
        body = answer.json()
        if "results" not in body:
            assert body["written"] == "no"
            self.not_written.update(ids)
            self._stopping.wait(0.05)
            return
        for event_id, result in zip(ids, body["results"], strict=True):
            written = result.get("written", "yes")
            {"yes": self.acknowledged, "no": self.not_written, "unknown": self.unknown}[written].add(event_id)

    def check(self, broker: Broker) -> None:
        """Compare with the topic: what was acknowledged is there once, what surely was not is not."""
        found = Counter(json.loads(message.value())["event_id"] for message in broker.messages("web_events"))
        assert self.acknowledged, "nothing was acknowledged"
        missing = self.acknowledged - found.keys()
        assert not missing, f"{len(missing)} acknowledged events are not in the topic"
        twice = [event_id for event_id in self.acknowledged if found[event_id] > 1]
        assert not twice, f"{len(twice)} acknowledged events are in the topic twice"
        written = self.not_written & found.keys()
        assert not written, f"{len(written)} events are in the topic, and the answer said that they were not"

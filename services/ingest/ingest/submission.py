"""Validates the events of a request and hands the valid ones to Kafka."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.answers import Refusal, Result, produced, refused, too_large
from ingest.datasets import Dataset
from ingest.events import Found
from ingest.metrics import Metrics
from ingest.producer import EventProducer
from ingest.validation.json_text import MOST_LEVELS, TooDeepError
from ingest.validation.moments import utc_now
from ingest.validation.rules import Arrival

#: Events that are validated before other requests have their turn.
_TURN = 100

_OUTCOMES = {202: "acknowledged", 422: "refused", 413: "refused", 503: "not_written", 504: "unknown"}


@dataclass
class Submission:
    """The events of one request on their way: a result for each, and records for the valid ones."""

    dataset: Dataset
    max_events: int
    max_event_bytes: int
    results: list[Result] = field(default_factory=list)
    is_json: bool = True
    _records: list[tuple[str | None, bytes]] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)

    async def validate(self, events: Iterable[Found]) -> None:
        """Validate the events one by one, letting other requests in between.

        What an event was parsed to is gone before the next one is: it may take twenty times the memory of the
        text. Raises Refusal when there are too many events.
        """
        arrival = Arrival(utc_now())
        for number, event in enumerate(events):
            if number == self.max_events:
                message = f"the request has more than {self.max_events} events; send fewer at once"
                raise Refusal(413, "too_many_events", message)
            if number % _TURN == _TURN - 1:
                await asyncio.sleep(0)
            self.results.append(self._validate(event, arrival))

    async def produce(self, producer: EventProducer) -> None:
        """Write the valid events and wait for the brokers."""
        if not self._records:
            return
        outcomes = await producer.send(self.dataset.topic.name, self._records)
        for place, outcome in zip(self._places, outcomes, strict=True):
            self.results[place] = produced(outcome)

    def count(self, metrics: Metrics) -> None:
        """Count what became of the events."""
        name = self.dataset.name
        for result in self.results:
            metrics.events.labels(name, _OUTCOMES[result["status"]]).inc()
            for reason in result.get("reasons", ()):
                metrics.reasons.labels(name, reason["code"]).inc()

    def _validate(self, event: Found, arrival: Arrival) -> Result:
        value = event.text.encode("utf-8")
        if len(value) > self.max_event_bytes:
            return too_large(
                f"the event is larger than {self.max_event_bytes} bytes; the topic does not take it"
            )
        validator = self.dataset.validator
        try:
            if event.is_parsed:
                verdict = validator.validate_parsed(event.parsed, event.text, arrival)
            else:
                verdict = validator.validate_text(event.text.removeprefix("\ufeff"), arrival)
        except TooDeepError:
            return too_large(f"the event has more than {MOST_LEVELS} levels of lists and objects")
        if verdict.reasons:
            self.is_json = verdict.is_json
            return refused(verdict.reasons)
        self._places.append(len(self.results))
        self._records.append((verdict.key, value))
        return {}

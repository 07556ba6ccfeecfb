"""One record that is to be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: The datasets that are streamed.
WEB_EVENTS, ORDERS = "web_events", "orders"
#: Column of the key of each dataset.
KEYS = {WEB_EVENTS: "event_id", ORDERS: "order_id"}

#: How a record gets to the brokers.
ENDPOINT, KAFKA = "endpoint", "kafka"

#: Kind of a record in which nothing was planted.
SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Message:
    """A record: what it says, what was planted in it, and how it is sent."""

    dataset: str
    key: str
    value: bytes
    kind: str
    route: str


def encoded(fields: Mapping[str, Any]) -> bytes:
    """Writes an event as one line of JSON; a field without a value is left out."""
    present = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":")).encode()

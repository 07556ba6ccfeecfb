"""What is planted: faults, repeats, conflicts, late events; each with the reason that is expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from traffic.message import ORDERS, WEB_EVENTS, encoded
from traffic.orders import seconds
from traffic.times import Clock, milliseconds

#: Ids that nobody has.
NOBODY = 8_000_000_000
#: Beyond the end of the day of arrival, and beyond the two days that an event may be late.
FUTURE, TOO_LATE = timedelta(days=2), timedelta(days=3)

#: Changes the fields of a record and writes it.
Change = Callable[[dict[str, Any], Random, Clock], bytes]


@dataclass(frozen=True)
class Planted:
    """A kind of planted record: how often, what the platform should say to it, and how it is made."""

    kind: str
    #: Of 10,000 records of the dataset.
    share: int
    #: Reason code that quarantines it; none when it is accepted or superseded.
    reason: str | None
    change: Change


def _set(**values: Any) -> Change:
    """A field that is set to None is left out."""
    return lambda fields, random, clock: encoded({**fields, **values})


def _cut(fields: dict[str, Any], random: Random, clock: Clock) -> bytes:
    """Between two characters: bytes that are not UTF-8 would spoil a whole request."""
    whole = encoded(fields).decode()
    return whole[: len(whole) * 2 // 3].encode()


def _at(column: str, distance: timedelta) -> Change:
    def change(fields: dict[str, Any], random: Random, clock: Clock) -> bytes:
        write = seconds if column == "updated_at" else milliseconds
        return encoded({**fields, column: write(clock() + distance)})

    return change


def _late(fields: dict[str, Any], random: Random, clock: Clock) -> bytes:
    """Late by up to 40 hours, and allowed."""
    moment = clock() - timedelta(minutes=random.randint(60, 40 * 60))
    return encoded({**fields, "event_time": milliseconds(moment)})


#: Kinds that change a record, by dataset.
FAULTS = {
    WEB_EVENTS: (
        Planted("bad_enum", 30, "event_type.allowed", _set(event_type="pageview")),
        Planted("missing_field", 30, "session_id.required", _set(session_id=None)),
        Planted("wrong_type", 30, "customer_id.type", _set(customer_id="anonymous")),
        Planted("not_json", 20, "row.malformed", _cut),
        Planted("unknown_field", 20, "row.malformed", _set(campaign="spring")),
        Planted("orphan", 30, "product_id.reference", _set(product_id=NOBODY)),
        Planted("future", 20, "event_time.future", _at("event_time", FUTURE)),
        Planted("too_late", 20, "event_time.late", _at("event_time", -TOO_LATE)),
        Planted("late", 200, None, _late),
    ),
    ORDERS: (
        Planted("bad_enum", 40, "status.allowed", _set(status="lost")),
        Planted("missing_field", 40, "quantity.required", _set(quantity=None)),
        Planted("wrong_type", 40, "unit_price.type", _set(unit_price="on request")),
        Planted("not_json", 30, "row.malformed", _cut),
        Planted("unknown_field", 30, "row.malformed", _set(campaign="spring")),
        Planted("orphan", 30, "product_id.reference", _set(product_id=NOBODY)),
        Planted("future", 20, "updated_at.future", _at("updated_at", FUTURE)),
    ),
}

#: A second record with the same key: the same bytes, or other content of the same version. Of 10,000.
REPEAT, REPEATS = "repeat", 100
CONFLICT, CONFLICTS = "conflict", 30
#: Sent some seconds after its time, behind others. Of 10,000 records.
DISORDER, DISORDERED = "disorder", 300

#: What a conflict changes.
OTHER_CONTENT = {WEB_EVENTS: {"referrer": "https://elsewhere.example.com/"}, ORDERS: {"discount": "0.90"}}
CONFLICT_REASONS = {WEB_EVENTS: "event_id.unique", ORDERS: "order_id.unique"}


def expectation(dataset: str, kind: str) -> tuple[str, str | None]:
    """Returns the disposition that is expected of a kind of record, and the reason when it is quarantined."""
    reasons = {fault.kind: fault.reason for fault in FAULTS[dataset]} | {CONFLICT: CONFLICT_REASONS[dataset]}
    reason = reasons.get(kind)
    if reason is not None:
        return "quarantined", reason
    return "superseded" if kind == REPEAT else "accepted", None

"""The account adds up, and names what each kind should lead to."""

from __future__ import annotations

import json
from pathlib import Path

from traffic.account import ACKNOWLEDGED, REFUSED, SENT, Account, percentile, write_account
from traffic.message import ENDPOINT, KAFKA, ORDERS, SOUND, WEB_EVENTS, Message


def test_rows_count_by_dataset_kind_and_route(tmp_path: Path) -> None:
    account = Account()
    for kind, route, outcome in (
        (SOUND, ENDPOINT, ACKNOWLEDGED),
        (SOUND, KAFKA, ACKNOWLEDGED),
        ("bad_enum", ENDPOINT, REFUSED),
    ):
        message = Message(WEB_EVENTS, "k", b"{}", kind, route)
        account.count(message, SENT)
        account.count(message, outcome)
    account.count(Message(ORDERS, "1", b"{}", "conflict", KAFKA), SENT)
    write_account(tmp_path / "new" / "account.json", account, {"seed": 1})
    written = json.loads((tmp_path / "new" / "account.json").read_text())
    assert {name: written[name] for name in (SENT, ACKNOWLEDGED, REFUSED)} == {
        SENT: 4,
        ACKNOWLEDGED: 2,
        REFUSED: 1,
    }
    assert account.pending == 1
    assert [
        (row["dataset"], row["kind"], row["route"], row["reason"], row[SENT]) for row in written["records"]
    ] == [
        (ORDERS, "conflict", KAFKA, "order_id.unique", 1),
        (WEB_EVENTS, "bad_enum", ENDPOINT, "event_type.allowed", 1),
        (WEB_EVENTS, SOUND, ENDPOINT, None, 1),
        (WEB_EVENTS, SOUND, KAFKA, None, 1),
    ]


def test_percentiles() -> None:
    assert percentile([], 0.5) is None
    assert percentile(range(100), 0.95) == 95

"""Good events of a contract: the JSON token of every column's value."""

from __future__ import annotations

import json
import random
import uuid
from datetime import datetime, timedelta
from typing import Any

#: When every generated event arrives.
ARRIVAL = datetime(2026, 6, 15, 12, 34, 56, 789000)

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def token_of(column: dict[str, Any], chance: random.Random) -> str:
    """Returns a JSON token that is valid for a column, most of the time."""
    params = {rule["kind"]: rule["params"] for rule in column["rules"]}
    kind = column["type"]
    if "allowed" in params:
        value = chance.choice(params["allowed"]["values"])
        return json.dumps(value) if kind == "string" or chance.random() < 0.2 else value
    if kind == "string":
        return json.dumps(_text(column, params, chance), ensure_ascii=chance.random() < 0.5)
    if kind in ("date", "timestamp"):
        return json.dumps(_written(_moment(column, chance), column["format"]))
    text = _number(kind, chance)
    return json.dumps(text) if chance.random() < 0.2 else text


def _text(column: dict[str, Any], params: dict[str, Any], chance: random.Random) -> str:
    pattern = params.get("pattern", {}).get("pattern", "")
    if "{12}" in pattern:
        return str(uuid.UUID(int=chance.getrandbits(128)))
    if "{8}" in pattern:
        return f"{chance.getrandbits(32):08x}"
    if "@" in pattern:
        return "me@home." + chance.choice(["1x", "x", "9é"])
    if pattern:
        return chance.choice(["abc!", "a-!", "bc?_."])
    return chance.choice(["Gent", "été", "日本", "naïve 😀", "a b", "x" * 9])


def _moment(column: dict[str, Any], chance: random.Random) -> datetime:
    seconds = chance.randrange(40_000)
    if chance.random() < 0.1:
        seconds = chance.randrange(-200_000, 10**8 if chance.random() < 0.5 else 200_000)
    return ARRIVAL - timedelta(seconds=seconds, microseconds=chance.randrange(10**6))


def _written(moment: datetime, pattern: str) -> str:
    parts = {
        "yyyy": f"{moment:%Y}",
        "MMMM": _MONTHS[moment.month - 1],
        "MMM": _MONTHS[moment.month - 1][:3],
        "MM": f"{moment:%m}",
        "M": str(moment.month),
        "dd": f"{moment:%d}",
        "d": str(moment.day),
        "HH": f"{moment:%H}",
        "mm": f"{moment:%M}",
        "ss": f"{moment:%S}",
        "SSSSSSSSS": f"{moment:%f}000",
        "SSS": f"{moment:%f}"[:3],
        "S": f"{moment:%f}"[:1],
    }
    written, rest = "", pattern
    while rest:
        if rest[0] == "'":
            text, rest = rest[1:].split("'", 1)
            written += text
            continue
        token = next((part for part in parts if rest.startswith(part)), rest[0])
        written += parts.get(token, token)
        rest = rest[len(token) :]
    return written


def _number(kind: str, chance: random.Random) -> str:
    if kind == "boolean":
        return chance.choice(["true", "false"])
    if kind in ("smallint", "int", "bigint"):
        return str(chance.choice([1, 2, 7, 99, 100, 300]))
    if kind == "double":
        return repr(chance.choice([0.5, 1.0, 1e20, chance.random(), chance.random() * 1e9]))
    return {"decimal(4,4)": "0.25", "decimal(10,8)": "1.00000001", "decimal(38,0)": "9" * 30}.get(
        kind, chance.choice(["0.5", "0.30", "0.7", "0.05"])
    )

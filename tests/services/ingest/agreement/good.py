"""Good events of a contract: the JSON token of every column's value."""

from __future__ import annotations

import json
import random
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
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
    return "".join(part(moment) for part in _parts(pattern))


@cache
def _parts(pattern: str) -> list[Callable[[datetime], str]]:
    """Functions that write the parts of a pattern."""
    tokens = [match[0] for match in re.finditer(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']", pattern)]
    return [_WRITTEN.get(token) or partial(_literal, token.strip("'")) for token in tokens]


def _literal(text: str, _: datetime) -> str:
    return text


_WRITTEN: dict[str, Callable[[datetime], str]] = {
    "yyyy": lambda moment: f"{moment.year:04}",
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "MM": lambda moment: f"{moment.month:02}",
    "M": lambda moment: str(moment.month),
    "dd": lambda moment: f"{moment.day:02}",
    "d": lambda moment: str(moment.day),
    "HH": lambda moment: f"{moment.hour:02}",
    "mm": lambda moment: f"{moment.minute:02}",
    "ss": lambda moment: f"{moment.second:02}",
    "SSSSSSSSS": lambda moment: f"{moment.microsecond:06}000",
    "SSS": lambda moment: f"{moment.microsecond // 1000:03}",
    "S": lambda moment: str(moment.microsecond // 100_000),
}


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

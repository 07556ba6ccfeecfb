"""Hostile events: good ones of a contract after one to three mutations of values, shape or bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from agreement.good import token_of
from agreement.tokens import ANY_TOKENS, BYTES, WHOLE_EVENTS, edge_token

Pairs = list[tuple[tuple[str, ...], str]]


def hostile_events(contract: dict[str, Any], count: int, seed: int, steps: Any) -> Iterator[bytes]:
    """Yield events; `steps` gives the keys that lead to a physical name."""
    chance = random.Random(seed)
    columns = contract["columns"]
    paths = {column["name"]: steps(column["physical_name"]) for column in columns}
    yield from WHOLE_EVENTS
    for _ in range(count - len(WHOLE_EVENTS)):
        pairs: Pairs = [(paths[column["name"]], token_of(column, chance)) for column in columns]
        for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
            chance.choice([_value, _value, _value, _shape])(pairs, columns, chance)
        event = _rendered(pairs, chance).encode("utf-8", "surrogatepass")
        yield _bytes(event, chance) if chance.random() < 0.08 else event


def _value(pairs: Pairs, columns: list[dict[str, Any]], chance: random.Random) -> None:
    """Replace the value of a column."""
    number = chance.randrange(len(columns))
    if number >= len(pairs):
        return
    path, token = pairs[number]
    is_odd = chance.random() < 0.2
    pairs[number] = (path, chance.choice(ANY_TOKENS) if is_odd else edge_token(columns[number], chance))
    if chance.random() < 0.1:
        pairs[number] = (path, _edited(token, chance))


def _edited(token: str, chance: random.Random) -> str:
    """Insert, drop or double one character of a token."""
    at = chance.randrange(len(token) + 1)
    return (
        token[:at]
        + chance.choice(["", "0", " ", "-", "+", ".", "e5", "\\u00e9", "\\n", "é"])
        + token[at + 1 :]
    )


def _shape(pairs: Pairs, _: list[dict[str, Any]], chance: random.Random) -> None:
    """Leave out, double, rename or add a field, or mix their order."""
    action = chance.randrange(6)
    if action == 0 and pairs:
        pairs.pop(chance.randrange(len(pairs)))
    elif action == 1 and pairs:
        pairs.append(chance.choice(pairs))
    elif action == 2:
        name = chance.choice(["other", "", "ID", "a.b", "$", "x" * 70, "é", "\\u0000"])
        pairs.append(((name,), chance.choice(ANY_TOKENS)))
    elif action == 3:
        chance.shuffle(pairs)
    elif action == 4:
        pairs.append((("address",), chance.choice(ANY_TOKENS)))
    elif action == 5:
        pairs[:] = [pair for pair in pairs if len(pair[0]) == 1]


def _rendered(pairs: Pairs, chance: random.Random) -> str:
    tree: list[Any] = []
    for path, token in pairs:
        here = tree
        for step in path[:-1]:
            found = next((v for k, v in here if k == step and isinstance(v, list)), None)
            if found is None:
                found = []
                here.append((step, found))
            here = found
        here.append((path[-1], token))
    blank = "" if chance.random() < 0.8 else chance.choice([" ", "\t", "\n ", "\r\n"])
    return _object(tree, blank)


def _object(tree: list[Any], blank: str) -> str:
    parts = [
        f"{_name(name)}{blank}:{blank}{_object(value, blank) if isinstance(value, list) else value}"
        for name, value in tree
    ]
    return "{" + blank + f"{blank},{blank}".join(parts) + blank + "}"


@cache
def _name(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _bytes(event: bytes, chance: random.Random) -> bytes:
    """Break the bytes: truncate, flip, insert what is not UTF-8 or not JSON."""
    at = chance.randrange(len(event) + 1)
    action = chance.randrange(5)
    if action == 0:
        return event[:at]
    if action == 1:
        return event[:at] + bytes([chance.randrange(256)]) + event[at + 1 :]
    if action == 2:
        return event + chance.choice(BYTES)
    if action == 3:
        return chance.choice(BYTES) + event
    return event[:at] + chance.choice(BYTES) + event[at:]

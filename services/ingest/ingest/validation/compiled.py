"""The parts of a compiled contract that decide whether an event is valid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Version of the shape of compiled contracts that this code reads (contracts/compiler/compiled.ts).
COMPILED_VERSION = 1

#: Reason code of a record that cannot be cut into columns; it has no other reason.
MALFORMED = "row.malformed"

#: Rules that look at more than the row: the stream checks them.
SET_RULES = frozenset({"unique", "reference"})

_STEP = re.compile(r"\.([^.\[\]]+)|\['((?:[^'\\]|\\.)*)'\]")


class ContractError(ValueError):
    """A compiled contract that the endpoint cannot validate by: the endpoint does not start."""


@dataclass(frozen=True)
class Rule:
    """A rule of one column."""

    code: str
    kind: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column that events have."""

    name: str
    steps: tuple[str, ...]
    type: str
    format: str | None
    personal: bool
    missing_values: frozenset[str]
    rules: tuple[Rule, ...]
    description: str

    def rule(self, kind: str) -> Rule | None:
        """The column's rule of a kind; it has one at most."""
        return next((rule for rule in self.rules if rule.kind == kind), None)


@dataclass(frozen=True)
class Contract:
    """A streamed dataset's contract."""

    name: str
    version: str
    description: str
    topic: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Contract:
        """Read a compiled contract.

        Raises ContractError when it was compiled for other versions, or its dataset is not streamed.
        """
        name = document.get("name")
        if document.get("schema_version") != COMPILED_VERSION:
            raise ContractError(
                f"contract {name}: compiled as version {document.get('schema_version')}, this endpoint "
                f"reads {COMPILED_VERSION}; run it and `./platform contract compile` from one checkout"
            )
        stream = document.get("stream")
        if not stream:
            raise ContractError(f"contract {name}: not streamed; name a Kafka server below `servers:`")
        columns = tuple(_column(part) for part in document["columns"] if part.get("derived") is None)
        names = {column.name for column in columns}
        return Contract(
            name=document["name"],
            version=document["version"],
            description=document["description"],
            topic=stream["topic"],
            columns=columns,
            # A key that is derived from the record's position or content is not known before it is written.
            key=tuple(document["key"]) if set(document["key"]) <= names else (),
        )


def steps_of(physical_name: str) -> tuple[str, ...]:
    """The keys that lead to a column's value: one, or those of a path such as `$.address['post code']`."""
    if not physical_name.startswith("$"):
        return (physical_name,)
    found = list(_STEP.finditer(physical_name, 1))
    if not found or "".join(match.group(0) for match in found) != physical_name[1:]:
        raise ContractError(f"{physical_name!r} is not a path into a JSON object: write it as $.key.key")
    return tuple(match.group(1) or re.sub(r"\\(.)", r"\1", match.group(2)) for match in found)


def _column(document: Mapping[str, Any]) -> Column:
    return Column(
        name=document["name"],
        steps=steps_of(document["physical_name"]),
        type=document["type"],
        format=document["format"],
        personal=document["personal"],
        missing_values=frozenset(document["missing_values"]),
        rules=tuple(Rule(rule["id"], rule["kind"], rule["params"]) for rule in document["rules"]),
        description=document["description"],
    )

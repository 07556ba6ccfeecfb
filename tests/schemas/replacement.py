"""Compares the table of what Terraform replaces with AWS's create-only properties.

`review/replacements.json` decides, since Terraform replaces by the rules of its provider. Where AWS's schemas
say otherwise about an argument that a stack sets, `replacements.json` has both answers and their source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import schemas
from parts import Leaf
from synthesis import Stack
from template import template_of

TABLE = Path(__file__).resolve().parents[2] / "review" / "replacements.json"
DIFFERENCES = Path(__file__).with_name("replacements.json")
#: Arguments that change in place whatever the type, as `review/replacement.ts` has them.
_IN_PLACE = frozenset({"tags", "tags_all", "timeouts"})

#: What a change of an argument does. AWS has "may replace" too: it depends on the values, or on the resource.
Answer = Literal["in place", "replaces", "may replace"]


@dataclass(frozen=True, order=True)
class Difference:
    """Both answers about an argument, where they are not the same."""

    #: `aws_db_instance.identifier`.
    argument: str
    terraform: Answer
    aws: Answer

    def __str__(self) -> str:
        return (
            f"✗ {self.argument}: {self.terraform} by review/replacements.json, {self.aws} by AWS's schema\n"
            "  → correct the table, or add both answers and their source to tests/schemas/replacements.json"
        )


class Table:
    """The attributes of each Terraform type whose change replaces the resource."""

    def __init__(self, forcing: dict[str, list[str]]) -> None:
        self._forcing = forcing

    @staticmethod
    def read() -> Table:
        """Return the committed table."""
        return Table(json.loads(TABLE.read_text(encoding="utf-8")))

    @property
    def types(self) -> frozenset[str]:
        """Return the types that have an entry; a change of any other is unknown until it is planned."""
        return frozenset(self._forcing)

    def answer(self, leaf: Leaf) -> Answer:
        """Return what the table says of an argument; its type must have an entry."""
        return "replaces" if _is_in(leaf.argument, self._forcing[leaf.resource.type]) else "in place"


@dataclass(frozen=True)
class Comparison:
    """What was compared, by argument."""

    compared: frozenset[str]
    differences: frozenset[Difference]
    #: Terraform types without an entry in the table.
    without_entry: frozenset[str]


def compare(groups: Iterable[list[Stack]], table: Table) -> Comparison:
    """Compare the table with AWS's schemas for every argument that stacks set and a property describes."""
    compared: set[str] = set()
    differences: set[Difference] = set()
    without_entry: set[str] = set()
    for leaf, aws in _answers(groups):
        if leaf.resource.type not in table.types:
            without_entry.add(leaf.resource.type)
            continue
        compared.add(leaf.key)
        if (terraform := table.answer(leaf)) != aws:
            differences.add(Difference(leaf.key, terraform, aws))
    return Comparison(frozenset(compared), frozenset(differences), frozenset(without_entry))


def _answers(groups: Iterable[list[Stack]]) -> Iterator[tuple[Leaf, Answer]]:
    for stacks in groups:
        template = template_of(stacks)
        for (logical, place), leaves in template.matched.items():
            aws = _aws(template.resources[logical]["Type"], _names(place))
            for leaf in leaves:
                # A part that only CloudFormation has as a resource is replaced without Terraform's.
                whole = f"{leaf.resource.type}.{leaf.resource.name}" in leaf.resource.stack.resources
                if whole and leaf.argument.split(".")[0] not in _IN_PLACE:
                    yield leaf, aws


def _names(place: schemas.PropertyPath) -> str:
    return ".".join(step for step in place if isinstance(step, str))


@cache
def _aws(kind: str, name: str) -> Answer:
    if _is_in(name, schemas.create_only(kind)):
        return "replaces"
    return "may replace" if _is_in(name, schemas.create_only(kind, is_conditional=True)) else "in place"


def _is_in(name: str, names: Iterable[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in names)


@dataclass(frozen=True)
class Known:
    """The committed differences, each with its source, and the types without an entry."""

    #: By argument, which stands for everything inside it; `terraform`, `aws` and `source`.
    differences: dict[str, dict[str, Any]]
    #: Types of which a review says that only a plan tells.
    without_entry: list[str]

    @staticmethod
    def read() -> Known:
        """Return what is committed."""
        content = json.loads(DIFFERENCES.read_text(encoding="utf-8"))
        return Known(content["differences"], content["without entry"])

    def faults(self, comparison: Comparison) -> list[str]:
        """Return differences that nobody has explained, and lines that explain none, a message each."""
        used: set[str] = set()
        faults = []
        for one in sorted(comparison.differences):
            argument = self._line_of(one)
            if argument is None:
                faults.append(str(one))
            else:
                used.add(argument)
        faults += [
            f"✗ {argument}: the table and AWS's schema do not differ as this line says\n"
            "  → remove it from tests/schemas/replacements.json"
            for argument in self.differences
            if argument not in used
        ]
        faults += [
            f"✗ {kind}: a stack has this type, and review/replacements.json has no entry for it\n"
            "  → add what the provider's documentation says: until then a review cannot tell"
            for kind in sorted(comparison.without_entry - set(self.without_entry))
        ]
        faults += [
            f"✗ {kind}: has an entry, or no stack has it\n"
            '  → remove it from "without entry" in tests/schemas/replacements.json'
            for kind in self.without_entry
            if kind not in comparison.without_entry
        ]
        return faults

    def _line_of(self, difference: Difference) -> str | None:
        return next(
            (
                argument
                for argument, line in self.differences.items()
                if _is_in(difference.argument, [argument])
                and (line["terraform"], line["aws"]) == (difference.terraform, difference.aws)
            ),
            None,
        )

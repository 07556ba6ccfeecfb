"""Looks into AWS's resource schemas of a region, as cfn-lint carries them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cfnlint
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

#: The region whose data has every type, those of services that AWS runs once for all regions among them.
HOME = "us-east-1"

#: Properties and indices, from a resource's properties down.
PropertyPath = tuple[str | int, ...]

_FOLDER = Path(cfnlint.__file__).parent / "data" / "schemas"
# Those of the locked package, whatever `cfn-lint --update-specs` has left in somebody's home.
PROVIDER_SCHEMA_MANAGER._providers_dir = _FOLDER / "providers"
PROVIDER_SCHEMA_MANAGER._resources_dir = _FOLDER / "resources"


def data_date() -> str:
    """Return the day of the data, YYYY-MM-DD."""
    version = json.loads((_FOLDER / "version.json").read_text(encoding="utf-8"))
    return str(version["schema_date"])[:10]


def known_regions() -> set[str]:
    """Return the regions that the data knows."""
    return {file.stem for file in (_FOLDER / "providers").glob("*-*.json")}


def is_offered(region: str, kind: str) -> bool:
    """Say whether a region has a resource type."""
    try:
        PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, kind)
    except ResourceNotFoundError:
        return False
    return True


@cache
def _root(region: str, kind: str) -> dict[str, Any]:
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema(
        region if is_offered(region, kind) else HOME, kind
    ).schema


@cache
def node(region: str, kind: str, path: PropertyPath) -> dict[str, Any] | None:
    """Return the schema of a property, or None where the resource has none of that name."""
    root = _root(region, kind)
    found: dict[str, Any] | None = root
    for step in path:
        found = _below(root, found or {}, step)
        if found is None:
            return None
    return found


def _below(root: dict[str, Any], above: dict[str, Any], step: str | int) -> dict[str, Any] | None:
    if isinstance(step, int):
        items = above.get("items")
        return None if items is None else _referred(root, items)
    known = above.get("properties", {})
    if step in known:
        return _referred(root, known[step])
    return {} if is_free(above) else None


def _referred(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    return schema


def accepts(schema: dict[str, Any], kind: str) -> bool:
    """Say whether a property may be of a JSON type."""
    types = schema.get("type", [])
    return kind in ([types] if isinstance(types, str) else types)


def is_free(schema: dict[str, Any]) -> bool:
    """Say whether a property is an object whose names are the user's."""
    return not schema or (accepts(schema, "object") and not schema.get("properties"))


def pair_of(region: str, kind: str, path: PropertyPath) -> tuple[str, str] | None:
    """Return what a list of names and values calls them, or None where a property is no such list."""
    element = node(region, kind, (*path, 0))
    names = set((element or {}).get("properties", {}))
    return next(((name, "Value") for name in ("Key", "Name") if names == {name, "Value"}), None)


def property_of(region: str, kind: str, path: PropertyPath, argument: str, is_list: bool) -> str | None:
    """Return the property that differs from an argument's name in spelling only, or is its plural."""
    known = (node(region, kind, path) or {}).get("properties", {})
    spelled = {name.lower(): name for name in known}
    one = argument.replace("_", "")
    names = [spelled[name] for name in (one, f"{one}s", f"{one}list") if name in spelled]
    # A block that is repeated is a list; some have a property for one element besides, for old templates.
    lists = [name for name in names if accepts(node(region, kind, (*path, name)) or {}, "array")]
    return next(iter(lists if is_list and lists else names), None)


def attribute_of(region: str, kind: str, attribute: str) -> str | None:
    """Return what CloudFormation calls an attribute that AWS gives a resource; `id` is what identifies it."""
    identifier = str(_root(region, kind)["primaryIdentifier"][0].removeprefix("/properties/"))
    if attribute == "id" or (attribute == "arn" and identifier.endswith("Arn")):
        return identifier
    return property_of(region, kind, (), attribute, False)


def handlers(kind: str) -> dict[str, frozenset[str]]:
    """Return the IAM permissions that each handler of a type needs; none for old types and Terraform's."""
    found: dict[str, Any] = _root(HOME, kind).get("handlers", {}) if kind.startswith("AWS::") else {}
    return {name: frozenset(handler["permissions"]) for name, handler in found.items()}


def create_only(kind: str, is_conditional: bool = False) -> frozenset[str]:
    """Return the properties, dotted, whose change replaces a resource; conditional: whose change may."""
    key = "conditionalCreateOnlyProperties" if is_conditional else "createOnlyProperties"
    pointers: list[str] = _root(HOME, kind).get(key) or []
    # `/properties/A/*/B` is B of each element of A.
    return frozenset(".".join(step for step in one.split("/")[2:] if step != "*") for one in pointers)

"""Whether the contracts of a run fit the tables that are published: rows of two shapes make no table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.model import Contract


def shapes(contracts: Mapping[str, Contract], published: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Describe the columns, key and partitioning of each table for the record of a run, by dataset.

    `added` are the columns that came when there were rows: those from before have no value in them.
    """
    found = {name: _shape(contract) for name, contract in contracts.items()}
    for name, before in (published or {}).items():
        if name not in found:
            continue
        new = [column for column in found[name]["columns"] if column not in before["columns"]]
        found[name]["added"] = [*before.get("added", []), *new]
    return found


def misfits(published: Mapping[str, Any], contract: Contract) -> list[str]:
    """Why rows of a contract cannot be merged into a table of a published shape; empty when they can.

    A new column may come: the rows before have no value in it, so it must not be required.
    """
    now = _shape(contract)
    before, columns = published["columns"], now["columns"]
    found = [f"the column {name} is gone" for name in before if name not in columns]
    found += [
        f"{name} was {before[name]} and is {kind}"
        for name, kind in columns.items()
        if name in before and before[name] != kind
    ]
    found += [
        f"the new column {column.name} is required"
        for column in contract.columns
        if column.name not in before and not column.nullable
    ]
    for part, what in (
        ("key", "the key"),
        ("version_column", "the column that orders versions"),
        ("partition_by", "the partitioning"),
    ):
        if published[part] != now[part]:
            found.append(f"{what} was {_said(published[part])} and is {_said(now[part])}")
    # Records of releases before there was another way do not have it.
    made = published.get("derived_from", "content")
    if now["derived_from"] and published["key"] == now["key"] and made != now["derived_from"]:
        found.append(f"rows were named by {made} and are by {now['derived_from']}")
    return found


def refuse_misfits(place: str, published: Mapping[str, Any], contracts: Mapping[str, Contract]) -> None:
    """Raise ValueError when a contract does not fit the table of its name, with every difference."""
    problems = [
        f"{name}: published by contract {published[name]['contract_version']}, and now {contract.version}: "
        + "; ".join(found)
        for name, contract in contracts.items()
        if name in published and (found := misfits(published[name], contract))
    ]
    if problems:
        raise ValueError(
            f"{place}: {'. '.join(problems)}. Nothing was written; run with the contract of before "
            "(--contract), into another lake (--output), or rename the dataset"
        )


def _shape(contract: Contract) -> dict[str, Any]:
    return {
        "contract_version": contract.version,
        "columns": {column.name: column.type for column in contract.columns},
        "key": list(contract.key),
        "version_column": contract.version_column,
        "partition_by": contract.partition_by.name if contract.partition_by else None,
        "derived_from": next((column.derived for column in contract.columns if column.derived), None),
    }


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "none" if value is None else str(value)

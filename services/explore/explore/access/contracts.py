"""Compiled contracts of datasets and marts, as `./platform contract compile` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from explore.access.engine import CURATED, LIVE, MARTS
from explore.errors import ExploreError

#: Folder of the marts' contracts, below that of the datasets'.
_MARTS = "marts"


@dataclass(frozen=True)
class Column:
    """A column as its contract describes it. `personal` columns identify people, and are never shown."""

    name: str
    type: str
    nullable: bool
    personal: bool
    description: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """What this service uses of a contract; `document` has the rest."""

    name: str
    schema: str
    version: str
    description: str
    key: tuple[str, ...]
    version_column: str | None
    columns: tuple[Column, ...]
    document: Mapping[str, Any]

    @cached_property
    def public_columns(self) -> tuple[str, ...]:
        """Return the names of columns that identify nobody."""
        return tuple(column.name for column in self.columns if not column.personal)


def load_contracts(folder: Path) -> dict[str, Contract]:
    """Read every contract of a folder, by name: datasets, then marts; the names are unique over both.

    Raises ExploreError when the folder has none, or one that cannot be read.
    """
    found = {
        contract.name: contract
        for schema, below in ((CURATED, folder), (MARTS, folder / _MARTS))
        for path in sorted(below.glob("*.json"))
        if (contract := _load(path, schema)) is not None
    }
    if not found:
        raise ExploreError(
            f"{folder}: has no compiled contract",
            f"write them with `./platform contract compile --out {folder}`",
        )
    return found


def _load(path: Path, schema: str) -> Contract | None:
    """Return the contract of a file; None for another document that a contract is compiled to."""
    if path.name.count(".") > 1:
        return None
    try:
        document = json.loads(path.read_text())
        return _parse(document, schema)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExploreError(
            f"{path}: is not a compiled contract: {error!r}",
            f"write it again with `./platform contract compile --out {path.parent}`",
        ) from error


def _parse(document: Mapping[str, Any], schema: str) -> Contract:
    return Contract(
        name=document["name"],
        # Marts that streams recompute are beside their live tables.
        schema=LIVE if document.get("refresh") == "stream" else schema,
        version=document["version"],
        description=document.get("description", ""),
        key=tuple(document["key"]),
        version_column=document.get("version_column"),
        columns=tuple(
            Column(
                name=column["name"],
                type=column["type"],
                nullable=column.get("nullable", True),
                personal=column["personal"],
                description=column.get("description", ""),
                sources=tuple(column.get("sources", ())),
            )
            for column in document["columns"]
        ),
        document=document,
    )

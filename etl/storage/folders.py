"""Rows in immutable folders of Parquet files: what the steps of a run leave for each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Label of the only part of what is not partitioned.
WHOLE = ""


@dataclass(frozen=True)
class Part:
    """One partition: its folder below the lake's root, and what the folder holds."""

    folder: str
    rows: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Folders:
    """Rows of one kind: their parts by partition label (`valid`), or one part labelled `WHOLE`."""

    name: str
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        """Rows of all parts."""
        return sum(part.rows for part in self.parts.values())

    def rows_of(self, label: str) -> int:
        """Rows of one part; none where there is no such part."""
        part = self.parts.get(label)
        return part.rows if part else 0


def folders_document(folders: Mapping[str, Folders]) -> dict[str, Any]:
    """Folders as JSON: name → label → part."""
    return {
        name: {label: vars(part) for label, part in sorted(of_name.parts.items())}
        for name, of_name in sorted(folders.items())
    }


def parse_folders(document: Mapping[str, Any]) -> dict[str, Folders]:
    """Read what `folders_document` wrote."""
    return {
        name: Folders(name, {label: Part(**part) for label, part in parts.items()})
        for name, parts in document.items()
    }

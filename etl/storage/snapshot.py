"""The pointer: one small document that names every published table and the folders that hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA_VERSION = 1

#: Label of the only part of a table that is not partitioned.
WHOLE = ""


@dataclass(frozen=True)
class Part:
    """One partition of a table: its immutable folder below the lake's root, and what the folder holds."""

    folder: str
    rows: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Table:
    """A table: its parts by partition label (`2024-11-01`), or one part labelled `WHOLE`."""

    name: str
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        """Rows of all parts."""
        return sum(part.rows for part in self.parts.values())

    def as_result(self, root: str) -> dict[str, Any]:
        """The table as `results.json` has it: located at the folder that its parts share."""
        folders = {part.folder.split("/run=")[0] for part in self.parts.values()}
        return {
            "name": self.name,
            "rows": self.rows,
            "files": sum(part.files for part in self.parts.values()),
            "bytes": sum(part.bytes for part in self.parts.values()),
            "location": f"{root}/{min(folders)}" if folders else root,
        }


@dataclass(frozen=True)
class Snapshot:
    """Every table as one run left it. `run_id` is empty before anything was published."""

    run_id: str = ""
    run_date: str = ""
    release: str = ""
    published_at: str = ""
    tables: Mapping[str, Table] = field(default_factory=dict)

    def with_tables(self, tables: Mapping[str, Table]) -> Snapshot:
        """The same snapshot with some tables replaced or added."""
        merged = {**self.tables, **tables}
        return Snapshot(self.run_id, self.run_date, self.release, self.published_at, merged)

    def as_document(self) -> dict[str, Any]:
        """The snapshot as the pointer's JSON."""
        return {
            "schema_version": SCHEMA_VERSION,
            "run_id": self.run_id,
            "run_date": self.run_date,
            "release": self.release,
            "published_at": self.published_at,
            "tables": tables_document(self.tables),
        }

    @staticmethod
    def parse(document: Mapping[str, Any] | None) -> Snapshot:
        """Read the pointer's JSON; None is the lake before its first run.

        Raises ValueError when a newer release wrote it in a shape these jobs do not know.
        """
        if document is None:
            return Snapshot()
        if document["schema_version"] != SCHEMA_VERSION:
            raise ValueError(
                f"published/current.json has schema_version {document['schema_version']}, these jobs know "
                f"{SCHEMA_VERSION}: run the release that wrote it, or a later one"
            )
        return Snapshot(
            run_id=document["run_id"],
            run_date=document["run_date"],
            release=document["release"],
            published_at=document["published_at"],
            tables=parse_tables(document["tables"]),
        )


def tables_document(tables: Mapping[str, Table]) -> dict[str, Any]:
    """Tables as JSON: name → label → part."""
    return {
        name: {label: vars(part) for label, part in sorted(table.parts.items())}
        for name, table in sorted(tables.items())
    }


def parse_tables(document: Mapping[str, Any]) -> dict[str, Table]:
    """Read what `tables_document` wrote."""
    return {
        name: Table(name, {label: Part(**part) for label, part in parts.items()})
        for name, parts in document.items()
    }

"""The pointer: one small document that names every published table and its Iceberg snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.model.layout import PUBLISHED_POINTER
from etl.storage.folders import Folders, parse_folders

SCHEMA_VERSION = 2

#: Earlier releases published folders of Parquet files; their pointer is still read.
FOLDERS_VERSION = 1


@dataclass(frozen=True)
class Version:
    """A table as one run left it: an Iceberg snapshot, and what it holds by the snapshot's own summary.

    `zone` is the folder and the namespace, `curated` or `marts`. `snapshot_id` is text, because JSON readers
    round numbers of 64 bits.
    """

    name: str
    zone: str
    snapshot_id: str
    rows: int
    files: int
    bytes: int

    def as_document(self) -> dict[str, Any]:
        """The version as JSON, without its name."""
        return {name: value for name, value in vars(self).items() if name != "name"}

    @property
    def size(self) -> dict[str, int]:
        """What the table holds."""
        return {"rows": self.rows, "files": self.files, "bytes": self.bytes}

    def as_result(self, root: str, before: Version | None) -> dict[str, Any]:
        """The table as `results.json` has it, and what it was before the run."""
        return {
            "name": self.name,
            **self.size,
            "before": before.size if before else None,
            "location": f"{root}/{self.zone}/{self.name}",
        }


@dataclass(frozen=True)
class Snapshot:
    """Every table as one run left it. `run_id` is empty before anything was published.

    `folders` are the tables of a pointer that an earlier release wrote.
    """

    run_id: str = ""
    run_date: str = ""
    release: str = ""
    published_at: str = ""
    tables: Mapping[str, Version] = field(default_factory=dict)
    folders: Mapping[str, Folders] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """The snapshot as the pointer's JSON."""
        return {
            "schema_version": SCHEMA_VERSION,
            "run_id": self.run_id,
            "run_date": self.run_date,
            "release": self.release,
            "published_at": self.published_at,
            "tables": {name: table.as_document() for name, table in sorted(self.tables.items())},
        }

    @staticmethod
    def parse(document: Mapping[str, Any] | None) -> Snapshot:
        """Read the pointer's JSON; None is the lake before its first run.

        Raises ValueError when a newer release wrote it in a shape these jobs do not know.
        """
        if document is None:
            return Snapshot()
        version = document["schema_version"]
        if version not in (FOLDERS_VERSION, SCHEMA_VERSION):
            raise ValueError(
                f"{PUBLISHED_POINTER} has schema_version {version}, these jobs know "
                f"{FOLDERS_VERSION} and {SCHEMA_VERSION}: run the release that wrote it, or a later one"
            )
        tables = document["tables"]
        return Snapshot(
            run_id=document["run_id"],
            run_date=document["run_date"],
            release=document["release"],
            published_at=document["published_at"],
            tables={} if version == FOLDERS_VERSION else parse_versions(tables),
            folders=parse_folders(tables) if version == FOLDERS_VERSION else {},
        )


def parse_versions(document: Mapping[str, Any]) -> dict[str, Version]:
    """Read tables as `Version.as_document` wrote them, by name."""
    return {name: Version(name, **table) for name, table in document.items()}

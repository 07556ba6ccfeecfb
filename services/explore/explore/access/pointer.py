"""The pointer of a lake on this machine, which names the published snapshot of every table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explore.access.engine import TableName
from explore.errors import ExploreError, NotPublishedError

#: Below the root of a lake; contracts/platform-layout.json has the name.
POINTER = Path("published", "current.json")

#: The shape of the pointer in which tables are Iceberg snapshots.
_SCHEMA_VERSION = 2


@dataclass(frozen=True)
class Published:
    """What one run published: Iceberg snapshots by table. `published_at` is in UTC, as ISO 8601."""

    run_id: str
    run_date: str
    published_at: str
    snapshots: Mapping[TableName, str] = field(default_factory=dict)


def read_pointer(lake: Path) -> Published:
    """Return what is published.

    Raises NotPublishedError when nothing is, ExploreError when the pointer cannot be read.
    """
    path = lake / POINTER
    try:
        document = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise NotPublishedError(
            f"{lake}: nothing is published there yet",
            "run `make demo ROWS=100000`, or name another lake with --lake",
        ) from error
    except (OSError, ValueError) as error:
        raise ExploreError(f"{path}: cannot be read: {error}", "restore it: docs/restore.md") from error
    return _parse(path, document)


def _parse(path: Path, document: Mapping[str, Any]) -> Published:
    if document.get("schema_version") != _SCHEMA_VERSION:
        raise ExploreError(
            f"{path}: schema_version is {document.get('schema_version')}; allowed is {_SCHEMA_VERSION}",
            "run the pipeline once with this release: it publishes the tables again",
        )
    return Published(
        run_id=document["run_id"],
        run_date=document["run_date"],
        published_at=document["published_at"],
        snapshots={
            TableName(table["zone"], name): table["snapshot_id"] for name, table in document["tables"].items()
        },
    )

"""Other engines than Spark, which know no pointer: pyiceberg and DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
from pyiceberg.table import StaticTable


def stored(root: Path, zone: str, name: str, snapshot_id: str | None = None) -> pa.Table:
    """What pyiceberg reads of a table's `main`, or of a snapshot, by the metadata in its folder."""
    folder = root / zone / name / "metadata"
    version = max(int(path.name[1:].partition(".")[0]) for path in folder.glob("v*.metadata.json"))
    table = StaticTable.from_metadata(str(folder / f"v{version}.metadata.json"))
    return table.scan(snapshot_id=int(snapshot_id) if snapshot_id else None).to_arrow()


def connect(root: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with every table of a lake as a view, as it stands on `main`."""
    connection = duckdb.connect()
    for zone in ("curated", "marts"):
        for folder in (root / zone).iterdir():
            found = connection.from_arrow(stored(root, zone, folder.name))
            found.project(", ".join(map(in_utc, found.columns, found.types))).create_view(folder.name)
    return connection


def in_utc(column: str, kind: object) -> str:
    """A column as Spark has it: DuckDB reads its timestamps as moments, which depend on the place."""
    return f"make_timestamp(epoch_us({column})) as {column}" if "TIME ZONE" in str(kind) else column

"""The readers that are measured: ours, and DuckDB's sniffer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession

from corpus.scoring import Found, kind_of
from corpus.tables import Table
from etl.inference.columns import describe_columns
from etl.inference.sources import look_at_sources
from etl.storage.files import Files

Columns = Callable[[int], Found]

#: A column that a reader does not have.
NONE = Found("none", ())


def inferred(spark: SparkSession, table: Table, folder: Path) -> Columns | None:
    """The columns as contracts are inferred, and as ingest reads them by these; None for a refused file."""
    files = Files(spark, str(_written(table, folder)))
    try:
        source = look_at_sources(spark, files, table.name, [files.itself()])
    except ValueError:
        return None
    seen = describe_columns(spark, files, source)
    rows = seen.values.collect()
    seen.values.unpersist()

    def found(place: int) -> Found:
        if place >= len(seen.columns):
            return NONE
        column = seen.columns[place]
        values = [row[place] for row in rows]
        return Found(kind_of(column.column.type), values, bool(column.proposal.notes))

    return found


def sniffed(table: Table, folder: Path, sample_size: int | None = None) -> Columns | None:
    """The columns as DuckDB reads them, from its default sample or from as many rows, -1 for all."""
    options = {} if sample_size is None else {"sample_size": sample_size}
    with duckdb.connect() as connection:
        try:
            relation = connection.read_csv(str(_written(table, folder)), **options)
            kinds = [kind_of(str(kind)) for kind in relation.types]
            rows = relation.fetchall()
        except duckdb.Error:
            return None
    return lambda place: Found(kinds[place], [row[place] for row in rows]) if place < len(kinds) else NONE


def _written(table: Table, folder: Path) -> Path:
    path = folder / f"{table.name}{table.suffix}"
    if not path.exists():
        path.write_bytes(table.content)
    return path

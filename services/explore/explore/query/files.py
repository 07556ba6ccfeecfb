"""Writes rows to a file, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from explore.errors import ExploreError


def write_rows(table: pa.Table, path: Path) -> None:
    """Write rows as CSV (RFC 4180, UTF-8, moments in UTC) or Parquet, by the ending of the name.

    Raises ExploreError when the file cannot be written; an earlier file of that name stays then.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.suffix == ".csv":
            pyarrow.csv.write_csv(_as_text(table), part)
        else:
            pyarrow.parquet.write_table(table, part, compression="zstd")
        part.replace(path)
    except OSError as error:
        raise ExploreError(
            f"{path}: cannot be written: {error}", "name a file in a folder that is there"
        ) from error
    except pa.ArrowException as error:
        remedy = "cast columns of that type, for example to varchar"
        raise ExploreError(f"{path}: cannot be written: {error}", remedy) from error
    finally:
        # Nothing is there once it was moved, or where it could not be made: below a file, or too long.
        with contextlib.suppress(OSError):
            part.unlink()


def _as_text(table: pa.Table) -> pa.Table:
    """Return nested columns as JSON, and moments as ISO 8601."""
    for position, field in enumerate(table.schema):
        if pa.types.is_nested(field.type):
            column = pa.array(
                [
                    None if value is None else json.dumps(value, default=str)
                    for value in table[position].to_pylist()
                ]
            )
            table = table.set_column(position, field.name, column)
        elif pa.types.is_timestamp(field.type) and field.type.tz:
            column = pc.strftime(table[position], format="%Y-%m-%dT%H:%M:%SZ")
            table = table.set_column(position, field.name, column)
    return table

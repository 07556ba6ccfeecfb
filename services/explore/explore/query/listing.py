"""Answers SHOW TABLES and DESCRIBE, on a laptop and on Athena alike."""

from __future__ import annotations

import re
import time

import pyarrow as pa

from explore.access.engine import SCHEMAS, Engine, Result
from explore.access.types import type_name
from explore.errors import ExploreError

_TABLES = re.compile(r"\s*show\s+tables(?:\s+(?:in|from)\s+(?P<schema>\w+))?\s*;?\s*", re.IGNORECASE)
_COLUMNS = re.compile(
    r"\s*(?:desc|describe|show\s+columns\s+(?:in|from))\s+(?P<table>[\w.\"]+)\s*;?\s*", re.IGNORECASE
)


def list_names(engine: Engine, sql: str) -> Result | None:
    """Return the tables, or the columns of one with their types; None for any other statement.

    Raises ExploreError when nothing is published, or there is no such schema or table.
    """
    began = time.monotonic()
    if asked := _TABLES.fullmatch(sql):
        names = _tables(engine, asked["schema"])
    elif asked := _COLUMNS.fullmatch(sql):
        columns = engine.query(f"select * from {asked['table']} limit 0").table.schema
        names = pa.table(
            {
                "column": pa.array([column.name for column in columns], pa.string()),
                "type": pa.array([type_name(column.type) for column in columns], pa.string()),
            }
        )
    else:
        return None
    return Result(names, False, None, time.monotonic() - began)


def _tables(engine: Engine, schema: str | None) -> pa.Table:
    if schema is not None and schema.lower() not in SCHEMAS:
        raise ExploreError(f"there is no schema {schema}", f"use one of {', '.join(SCHEMAS)}")
    known = [str(name) for name in engine.tables() if schema is None or name.schema == schema.lower()]
    return pa.table({"table": pa.array(known, pa.string())})

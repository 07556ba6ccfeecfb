"""Insertions that may meet what is there already."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert(connection: sa.engine.Connection, table: sa.Table) -> Any:
    """Begin an insertion in the database's own dialect, which knows `ON CONFLICT`."""
    return _INSERTS[connection.dialect.name](table)

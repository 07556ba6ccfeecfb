"""A store of each kind: a SQLite file, and a database of a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres_server import PostgresServer

from platform_metadata.engine import open_store
from platform_metadata.migrating import migrate


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for all tests."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.engine.Engine]:
    """An empty store."""
    if request.param == "sqlite":
        engine = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    else:
        server = request.getfixturevalue("postgres")
        engine = open_store(server.url(server.create_database()), server.certificates)
    yield engine
    engine.dispose()


@pytest.fixture
def store(empty: sa.engine.Engine) -> sa.engine.Engine:
    """A store with its tables."""
    migrate(empty)
    return empty

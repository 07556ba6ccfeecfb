"""Brings a store to the newest schema."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from platform_metadata.errors import MetadataError

_MIGRATIONS = Path(__file__).parent / "migrations"

#: Names the lock among the advisory locks of the database; any number that nobody else uses.
LOCK = 723_614_250


class NewerStoreError(MetadataError):
    """The store was migrated by a newer release than this one."""


def migrate(engine: sa.engine.Engine) -> str:
    """Apply the migrations that the store lacks, all or none, and say at which revision it is then.

    Two at once wait for each other: on PostgreSQL by an advisory lock, on SQLite by the lock of the file.
    A store that is up to date already is only looked at.

    :raises NewerStoreError: the store has a revision that this release does not know.
    """
    config, script, head = _migrations()
    with engine.connect() as connection:
        if _revision(connection) == head:
            return head
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        known = {revision.revision for revision in script.walk_revisions()}
        current = _revision(connection)
        if current is not None and current not in known:
            raise NewerStoreError(
                f"the store is at revision {current}, which this release does not know (it ends at {head}): "
                f"publish the release that migrated it, or a newer one"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return head


def is_current(connection: sa.engine.Connection) -> bool:
    """Return whether the store is at this release's schema. No table is made or changed."""
    _, _, head = _migrations()
    return _revision(connection) == head


def _migrations() -> tuple[Config, ScriptDirectory, str]:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    assert head is not None
    return config, script, head


def _revision(connection: sa.engine.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()

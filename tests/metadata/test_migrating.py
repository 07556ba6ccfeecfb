"""Migrations: the same schema on both databases, once, whoever else migrates."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from postgres_server import PostgresServer
from results_fixture import results

import platform_metadata
from platform_metadata.engine import open_store
from platform_metadata.history import history
from platform_metadata.migrating import LOCK, NewerStoreError, migrate
from platform_metadata.recording import record
from platform_metadata.tables import metadata

TABLES = [
    "alembic_version",
    "claims",
    "dataset_versions",
    "pipeline_runs",
    "quality_results",
    "run_usage",
    "unreadable_results",
]
#: The newest migration.
HEAD = "0003"
MIGRATIONS = Path(platform_metadata.__file__).with_name("migrations")


def _migrate_to(engine: sa.engine.Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _shape(engine: sa.engine.Engine) -> dict[str, Any]:
    """What both databases can say of their tables in the same words."""
    look = sa.inspect(engine)
    return {
        table: {
            "columns": [(column["name"], column["nullable"]) for column in look.get_columns(table)],
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "references": [
                (key["constrained_columns"], key["referred_table"], key["options"])
                for key in look.get_foreign_keys(table)
            ],
            "indexes": sorted(
                (index["name"], tuple(index["column_names"])) for index in look.get_indexes(table)
            ),
            "checks": [check["name"] for check in look.get_check_constraints(table)],
        }
        for table in look.get_table_names()
    }


def test_both_databases_get_the_same_schema(postgres: PostgresServer, tmp_path: Path) -> None:
    sqlite = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    server = open_store(postgres.url(postgres.create_database()), postgres.certificates)
    assert migrate(sqlite) == migrate(server)
    assert sorted(_shape(server)) == TABLES
    assert _shape(sqlite) == _shape(server)
    sqlite.dispose()


def test_the_migrations_make_what_the_code_works_with(store: sa.engine.Engine) -> None:
    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_difference_would_be_found(store: sa.engine.Engine) -> None:
    with store.begin() as connection:
        connection.execute(sa.text("ALTER TABLE dataset_versions DROP COLUMN location"))
        context = MigrationContext.configure(connection)
        found = compare_metadata(context, metadata)
    assert [(what, column.name) for what, _, _, column in found] == [("add_column", "location")]


def test_a_second_migration_changes_nothing(store: sa.engine.Engine) -> None:
    before = _shape(store)
    assert migrate(store) == HEAD
    assert _shape(store) == before


def test_a_store_of_an_older_release_keeps_its_runs(empty: sa.engine.Engine) -> None:
    _migrate_to(empty, "0002")
    with empty.begin() as connection:
        record(connection, results())
    assert migrate(empty) == HEAD
    with empty.connect() as connection:
        assert [(run["run_id"], run["usage"]) for run in history(connection, 2)] == [
            ("2026-02-01-0001", None)
        ]


def test_a_migration_that_breaks_leaves_nothing(empty: sa.engine.Engine) -> None:
    with empty.begin() as connection:
        connection.execute(sa.text("CREATE TABLE quality_results (id INTEGER)"))
    with pytest.raises(sa.exc.DBAPIError, match="quality_results"):
        migrate(empty)
    assert sa.inspect(empty).get_table_names() == ["quality_results"]


def test_a_store_of_a_newer_release_is_left_alone(store: sa.engine.Engine) -> None:
    with store.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerStoreError) as error:
        migrate(store)
    assert str(error.value) == (
        "the store is at revision 9999, which this release does not know (it ends at 0003): "
        "publish the release that migrated it, or a newer one"
    )


def test_several_that_migrate_at_once_wait_for_each_other(
    empty: sa.engine.Engine, postgres: PostgresServer
) -> None:
    url = empty.url.render_as_string(hide_password=False)
    command = [
        sys.executable,
        "-m",
        "platform_metadata",
        "--certificates",
        str(postgres.certificates),
        "migrate",
    ]
    environment = {"PLATFORM_METADATA_URL": url}
    processes = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [(*process.communicate(), process.returncode) for process in processes]
    assert ended == [(f"the store is at revision {HEAD}\n", "", 0)] * 4
    with empty.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).all() == [(HEAD,)]


def test_on_postgresql_a_migration_waits_for_the_lock(postgres: PostgresServer) -> None:
    """Four processes may pass each other by luck; so here one is held up for sure."""
    engine = open_store(postgres.url(postgres.create_database()), postgres.certificates)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with ThreadPoolExecutor(1) as pool:
        with engine.connect() as holder:
            holder.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
            migration = pool.submit(migrate, engine)
            while holder.execute(waiting).scalar_one() == 0:
                assert not migration.done()
            assert sa.inspect(holder).get_table_names() == []
        assert migration.result() == HEAD
    assert sorted(sa.inspect(engine).get_table_names()) == TABLES

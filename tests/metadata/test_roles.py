"""The user of the DAGs, on a real PostgreSQL: the rows of the store's tables, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone

import pytest
import sqlalchemy as sa
from postgres_server import PostgresServer
from results_fixture import results

from platform_metadata.engine import open_store
from platform_metadata.history import history
from platform_metadata.layout import STORE_USER
from platform_metadata.migrating import is_current, migrate
from platform_metadata.recording import record, recorded
from platform_metadata.roles import grant_rows, is_ready
from platform_metadata.tables import claims

PASSWORD = "of-the-tests"


@pytest.fixture
def database(postgres: PostgresServer) -> str:
    """A new database."""
    return postgres.create_database()


@pytest.fixture
def master(postgres: PostgresServer, database: str) -> Iterator[sa.engine.Engine]:
    """Whoever owns the tables, which are there."""
    engine = open_store(postgres.url(database), postgres.certificates)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def application(
    postgres: PostgresServer, database: str, master: sa.engine.Engine
) -> Iterator[sa.engine.Engine]:
    """The user of the DAGs, after the first migration."""
    grant_rows(master)
    postgres.execute(f"ALTER ROLE {STORE_USER} PASSWORD '{PASSWORD}'")
    engine = open_store(postgres.url(database, STORE_USER, PASSWORD), postgres.certificates)
    yield engine
    engine.dispose()


def test_it_does_what_the_dags_do(application: sa.engine.Engine) -> None:
    arrived = {
        "bucket": "data",
        "key": "raw/orders/run_date=2026-01-31/a.csv",
        "version": "1",
        "run_date": date(2026, 1, 31),
        "state": "claimed",
        "claimed_by": "worker",
        "claimed_at": datetime(2026, 1, 31, tzinfo=timezone.utc),
    }
    with application.begin() as connection:
        record(connection, results(1))
        record(connection, results(1))
        connection.execute(claims.insert().values(**arrived))
        connection.execute(claims.update().values(state="done"))
        assert len(history(connection, 20)) == 1
        assert set(recorded(connection).runs) == {results(1)["run_id"]}
        assert is_current(connection)
    assert migrate(application) == migrate(application)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE claims",
        "TRUNCATE claims",
        "ALTER TABLE claims ADD COLUMN more text",
        "CREATE TABLE more (id int)",
        "CREATE SCHEMA more",
        "UPDATE alembic_version SET version_num = '0001'",
        "SELECT * FROM of_somebody_else",
        "SELECT * FROM pg_authid",
        "CREATE ROLE more",
        "COPY claims TO PROGRAM 'true'",
    ],
)
def test_it_does_nothing_else(
    master: sa.engine.Engine, application: sa.engine.Engine, statement: str
) -> None:
    with master.begin() as connection:
        connection.execute(sa.text("CREATE TABLE of_somebody_else (id int)"))
    with (
        pytest.raises(sa.exc.DBAPIError, match="'C': '42501'"),
        application.begin() as connection,
    ):
        connection.execute(sa.text(statement))


def test_it_has_no_other_right_that_somebody_gave_it(
    master: sa.engine.Engine, application: sa.engine.Engine
) -> None:
    with master.begin() as connection:
        connection.execute(sa.text("CREATE TABLE of_somebody_else (id int)"))
        connection.execute(sa.text(f"GRANT ALL ON of_somebody_else, claims TO {STORE_USER}"))
    grant_rows(master)
    for statement in ("SELECT * FROM of_somebody_else", "TRUNCATE claims"):
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"), application.begin() as connection:
            connection.execute(sa.text(statement))


def test_it_is_ready_when_it_gets_in_and_has_every_right(
    postgres: PostgresServer, database: str, master: sa.engine.Engine, application: sa.engine.Engine
) -> None:
    assert is_ready(application)
    nobody = open_store(postgres.url(database, "nobody_yet", PASSWORD), postgres.certificates)
    wrong = open_store(postgres.url(database, STORE_USER, "wrong"), postgres.certificates)
    assert not is_ready(nobody)
    assert not is_ready(wrong)
    for statement in ("REVOKE DELETE ON run_usage FROM", "REVOKE SELECT ON alembic_version FROM"):
        with master.begin() as connection:
            connection.execute(sa.text(f"{statement} {STORE_USER}"))
        assert not is_ready(application)
        grant_rows(master)
        assert is_ready(application)


def test_it_is_not_ready_before_the_newest_migration(
    master: sa.engine.Engine, application: sa.engine.Engine
) -> None:
    with master.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    assert not is_ready(application)


def test_a_store_that_is_away_is_no_question_of_rights(postgres: PostgresServer) -> None:
    nowhere = postgres.url("postgres").replace(f":{postgres.port}/", ":1/")
    with pytest.raises((sa.exc.DBAPIError, OSError)):
        is_ready(open_store(nowhere, postgres.certificates))


def test_on_rds_it_logs_in_by_iam(postgres: PostgresServer, database: str, master: sa.engine.Engine) -> None:
    postgres.execute("CREATE ROLE rds_iam")
    try:
        grant_rows(master)
        assert is_ready(open_store(postgres.url(database, STORE_USER, "a-token"), postgres.certificates))
    finally:
        postgres.execute("DROP ROLE rds_iam")

"""The user by which DAGs ask the store: it reads and writes rows, and makes, changes and drops no table.

Only PostgreSQL has users: nothing here is for SQLite.
"""

from __future__ import annotations

import sqlalchemy as sa

from platform_metadata.layout import STORE_USER
from platform_metadata.migrating import LOCK, is_current
from platform_metadata.tables import metadata

_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")

#: Role of RDS whose members log in with a token of IAM instead of a password; other servers have none.
#: Source: Amazon RDS User Guide, "Creating a database account using IAM authentication".
_BY_IAM = "rds_iam"

#: SQLSTATE of a login that is refused, of whoever does not exist included, and of a right that is missing.
#: Source: PostgreSQL documentation, "PostgreSQL Error Codes".
_REFUSED = ("28000", "28P01", "42501")


def grant_rows(engine: sa.engine.Engine) -> None:
    """Make the user, and give it the rows of the store's tables and nothing else.

    Repeating it changes nothing.

    :param engine: of a user who may create roles and owns the tables: the master user of RDS.
    """
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        roles = set(connection.execute(sa.text("SELECT rolname FROM pg_roles")).scalars())
        statements = [] if STORE_USER in roles else [f"CREATE ROLE {STORE_USER} LOGIN"]
        if _BY_IAM in roles:
            statements.append(f"GRANT {_BY_IAM} TO {STORE_USER}")
        tables = ", ".join(sorted(metadata.tables))
        statements += [
            f"GRANT USAGE ON SCHEMA public TO {STORE_USER}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {STORE_USER}",
            f"GRANT {', '.join(_RIGHTS)} ON {tables} TO {STORE_USER}",
            # By which it sees that no migration is missing.
            f"GRANT SELECT ON alembic_version TO {STORE_USER}",
        ]
        for statement in statements:
            connection.execute(sa.text(statement))


def is_ready(engine: sa.engine.Engine) -> bool:
    """Return whether the user of the engine gets in, finds the newest schema, and has the rows of each table.

    :raises sqlalchemy.exc.DBAPIError: the store cannot be reached, or fails otherwise.
    """
    try:
        with engine.connect() as connection:
            if not is_current(connection):
                return False
            asked = sa.text(
                "SELECT bool_and(has_table_privilege(name, CAST(:right AS text))) "
                "FROM unnest(CAST(:tables AS text[])) AS name"
            )
            tables = sorted(metadata.tables)
            return all(
                connection.execute(asked, {"right": right, "tables": tables}).scalar_one()
                for right in _RIGHTS
            )
    except sa.exc.DBAPIError as error:
        if _state_of(error) in _REFUSED:
            return False
        raise


def _state_of(error: sa.exc.DBAPIError) -> str | None:
    """Read the SQLSTATE, which pg8000 has among the fields of the server's message."""
    fields = error.orig.args[0] if error.orig.args else None
    return fields.get("C") if isinstance(fields, dict) else None

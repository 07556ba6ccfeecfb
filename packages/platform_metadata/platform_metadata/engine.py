"""The one way into the store: an engine for a URL."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import sqlalchemy as sa

#: Authorities that sign the certificates of RDS; the release carries them (docs/metadata.md, "TLS").
CERTIFICATES = Path(__file__).parent / "certificates"

#: Seconds until a database that does not answer counts as gone, also in the middle of a query.
TIMEOUT = 30


def open_store(url: str | sa.engine.URL, certificates: Path = CERTIFICATES) -> sa.engine.Engine:
    """Make the engine of the store at a URL; nothing is connected yet.

    :param url: `sqlite:////path/of/a/file`, or `postgresql+pg8000://user:password@host:port/database`.
    :param certificates: folder of `.pem` files; a server whose certificate none of them signed is refused.
    :raises ValueError: the URL is for another database.
    :raises FileNotFoundError: PostgreSQL is named and there is no authority to check its certificate against.
    """
    place = sa.engine.make_url(url)
    if place.get_backend_name() == "sqlite":
        return _sqlite(place)
    if place.drivername == "postgresql+pg8000":
        options = {"ssl_context": _verified_tls(certificates), "timeout": TIMEOUT}
        # A store that was restored or failed over leaves dead connections behind: nothing is pooled.
        return sa.create_engine(place, connect_args=options, poolclass=sa.pool.NullPool, future=True)
    raise ValueError(f"{place.drivername}: the store is sqlite:// or postgresql+pg8000://")


def _verified_tls(certificates: Path) -> ssl.SSLContext:
    """TLS that checks who signed the server's certificate, and that it is for the host that was asked."""
    files = sorted(certificates.glob("*.pem"))
    if not files:
        raise FileNotFoundError(
            f"{certificates} has no .pem file: without an authority no server can be trusted. "
            f"`./platform bundle` puts those of RDS into the release."
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for file in files:
        context.load_verify_locations(file)
    return context


def _sqlite(place: sa.engine.URL) -> sa.engine.Engine:
    engine = sa.create_engine(place, connect_args={"timeout": TIMEOUT}, future=True)

    # Python's driver begins transactions late, and none before DDL; so SQLAlchemy begins them, with the lock
    # for writing at once (SQLAlchemy documentation, "Serializable isolation / Transactional DDL" of SQLite).
    @sa.event.listens_for(engine, "connect")  # type: ignore[untyped-decorator]  # SQLAlchemy 1.4 has no types
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")  # type: ignore[untyped-decorator]  # as above
    def _begin(connection: sa.engine.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine

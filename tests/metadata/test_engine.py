"""The way into the store: always over TLS, and only to whom the certificate names."""

from __future__ import annotations

import ssl
from pathlib import Path

import pg8000
import pytest
import sqlalchemy as sa
import trustme
from postgres_server import PostgresServer

from platform_metadata.engine import open_store


def _encrypted(engine: sa.engine.Engine) -> bool:
    with engine.connect() as connection:
        own = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        encrypted: bool = connection.execute(sa.text(own)).scalar_one()
        return encrypted


def test_the_connection_is_encrypted(postgres: PostgresServer) -> None:
    assert _encrypted(open_store(postgres.url("postgres"), postgres.certificates)) is True


def test_the_server_of_the_tests_refuses_plain_connections_as_rds_does(postgres: PostgresServer) -> None:
    plain = sa.create_engine(
        postgres.url("postgres"), connect_args={"ssl_context": False}, poolclass=sa.pool.NullPool
    )
    with pytest.raises(sa.exc.DBAPIError, match="no encryption"):
        plain.connect()


def test_a_server_that_another_authority_signed_is_refused(postgres: PostgresServer, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer certificate"):
        open_store(postgres.url("postgres"), tmp_path).connect()


def test_a_server_of_another_name_is_refused(postgres: PostgresServer) -> None:
    url = postgres.url("postgres").replace("@localhost:", "@127.0.0.1:")
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        open_store(url, postgres.certificates).connect()


def test_without_an_authority_nobody_is_trusted(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        open_store("postgresql+pg8000://store@localhost/store", tmp_path)
    assert str(error.value) == (
        f"{tmp_path} has no .pem file: without an authority no server can be trusted. "
        f"`./platform bundle` puts those of RDS into the release."
    )


@pytest.mark.parametrize("url", ["mysql://localhost/store", "postgresql://localhost/store"])
def test_another_database_or_driver_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^\w+: the store is sqlite:// or postgresql\+pg8000://$"):
        open_store(url)


def test_the_password_is_not_in_what_is_printed(postgres: PostgresServer) -> None:
    engine = open_store(postgres.url("postgres"), postgres.certificates)
    assert postgres.password not in repr(engine)
    wrong = open_store(postgres.url("postgres").replace(postgres.password, "guessed"), postgres.certificates)
    with pytest.raises(sa.exc.DBAPIError) as error:
        wrong.connect()
    assert "guessed" not in str(error.value)
    assert isinstance(error.value.orig, pg8000.dbapi.DatabaseError)

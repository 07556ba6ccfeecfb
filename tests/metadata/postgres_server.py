"""A real PostgreSQL of the tests' own: made by initdb in a temporary folder, on loopback, over TLS alone.

Its `pg_hba.conf` has what `rds.force_ssl` makes of RDS: who comes without TLS is refused. Members of the
role `rds_iam`, whose tokens only AWS can check, get in with any password, and only they.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pg8000.native
import trustme

_ADMIN = "store"
_START_SECONDS = 60

#: Who gets in, and how, first match first.
_DOORS = (("+rds_iam", "trust"), ("all", "scram-sha-256"))


def find_binaries() -> Path:
    """Find the folder of initdb and postgres: POSTGRES_BIN, or where Debian and others put it.

    :raises FileNotFoundError: there is none; the tests need one and are never skipped.
    """
    named = os.environ.get("POSTGRES_BIN")
    on_path = shutil.which("initdb")
    candidates = [Path(named)] if named else []
    candidates += [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise FileNotFoundError(
        "no PostgreSQL server is installed: `apt-get install postgresql`, or name the folder of its programs "
        "in POSTGRES_BIN"
    )


def _owner() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """Runs while it is entered; can be stopped and started in between."""

    host = "localhost"

    def __init__(self) -> None:
        self.binaries = find_binaries()
        self.port = free_port()
        self.user, self.password = _ADMIN, secrets.token_urlsafe(12)
        self._home = Path(tempfile.mkdtemp(prefix="postgres-"))
        #: Folder with the authority that signed the server's certificate.
        self.certificates = self._home / "certificates"
        self._data = self._home / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PostgresServer:
        try:
            self._initialize()
            self.start()
        except BaseException:
            shutil.rmtree(self._home, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _initialize(self) -> None:
        self.certificates.mkdir()
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.certificates / "test.pem")
        certificate = authority.issue_cert(self.host)
        password = self._home / "password"
        password.write_text(self.password, encoding="utf-8")
        certificate.private_key_pem.write_to_path(self._home / "server.key")
        certificate.cert_chain_pems[0].write_to_path(self._home / "server.pem")
        (self._home / "server.key").chmod(0o600)
        self._give_away()
        options = ["--auth=scram-sha-256", f"--pwfile={password}", f"--username={_ADMIN}", "--no-sync"]
        self._run("initdb", f"--pgdata={self._data}", "--encoding=UTF8", "--locale=C", *options)
        rules = [f"hostssl all {who} 127.0.0.1/32 {how}\n" for who, how in _DOORS]
        (self._data / "pg_hba.conf").write_text("".join(rules), encoding="utf-8")

    def _give_away(self) -> None:
        owner = _owner()
        if owner:
            for path in (self._home, *self._home.rglob("*")):
                os.chown(path, owner["user"], owner["group"])
            self.certificates.chmod(0o755)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self._home, **_owner()
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self._home,
            "ssl": "on",
            "ssl_cert_file": self._home / "server.pem",
            "ssl_key_file": self._home / "server.key",
            "fsync": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self._data), *options],
                stdout=log,
                stderr=log,
                cwd=self._home,
                **_owner(),
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start:\n{self.log()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        command = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def stop(self) -> None:
        """Stop the server at once; its data stays for the next start."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_START_SECONDS)
            self._process = None

    def log(self) -> str:
        """Return what the server has said."""
        return (self._home / "log").read_text(encoding="utf-8", errors="replace")

    def create_database(self) -> str:
        """Make an empty database and say its name."""
        name = f"store_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the user who owns everything."""
        context = ssl.create_default_context(cafile=str(self.certificates / "test.pem"))
        with pg8000.native.Connection(
            self.user,
            host=self.host,
            port=self.port,
            password=self.password,
            database=database,
            ssl_context=context,
        ) as connection:
            connection.run(statement)

    def url(self, database: str, user: str | None = None, password: str | None = None) -> str:
        """Return the URL of a database as the store takes it; of the user who owns everything by default."""
        login = f"{user or self.user}:{password or self.password}"
        return f"postgresql+pg8000://{login}@{self.host}:{self.port}/{database}"

    def libpq_url(self, database: str) -> str:
        """Return the URL of a database for pg_dump and psql, which check the certificate too."""
        authority = self.certificates / "test.pem"
        tls = f"sslmode=verify-full&sslrootcert={authority}"
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}?{tls}"

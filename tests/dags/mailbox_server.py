"""A real SMTP server that keeps what it receives: STARTTLS and a password, as a provider asks for them."""

from __future__ import annotations

import email
import email.policy
import json
import ssl
import tempfile
import time
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from postgres_server import free_port

_HOST, _USER, _PASSWORD = "127.0.0.1", "airflow", "p@ss/word"


class Mailbox:
    """Receives mail on loopback while it is entered."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._port = free_port()
        self._controller = Controller(
            self,
            hostname=_HOST,
            port=self._port,
            tls_context=_self_signed(),
            require_starttls=True,
            auth_required=True,
            authenticator=self._authenticate,
        )

    @property
    def uri(self) -> str:
        """The server as `platform smtp` is told about it."""
        return f"smtp://{_USER}:p%40ss%2Fword@{_HOST}:{self._port}"

    @property
    def connection(self) -> str:
        """The server as `platform smtp` stores it for Airflow."""
        server = {
            "conn_type": "smtp",
            "host": _HOST,
            "port": self._port,
            "login": _USER,
            "password": _PASSWORD,
        }
        return json.dumps({**server, "extra": {"disable_ssl": True}})

    @staticmethod
    def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (_USER.encode(), _PASSWORD.encode()))

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep one message; called by aiosmtpd."""
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        message["X-Recipients"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"

    def subjects(self) -> list[str]:
        """Return the subjects of all messages that have come, in their order."""
        return [str(message["Subject"]) for message in self.messages]

    def wait_for(self, count: int, seconds: float) -> dict[str, str]:
        """Wait until `count` different subjects are there, or the time is over; return the HTML of each."""
        deadline = time.monotonic() + seconds
        while len(set(self.subjects())) < count and time.monotonic() < deadline:
            time.sleep(0.2)
        return {str(message["Subject"]): text(message) for message in list(self.messages)}

    def __enter__(self) -> Mailbox:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


def text(message: EmailMessage) -> str:
    """Return the HTML of a message."""
    body = message.get_body(preferencelist=("html",))
    assert body is not None
    content: str = body.get_content()
    return content


def _self_signed() -> ssl.SSLContext:
    """Make a certificate for this session; Airflow's hook starts TLS without asking who signed it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _HOST)])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as chain:
        Path(chain.name).write_bytes(private + certificate.public_bytes(encoding))
        context.load_cert_chain(chain.name)
    return context

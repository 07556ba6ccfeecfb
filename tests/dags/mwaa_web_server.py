"""MWAA's web server as its user guide describes it, over HTTPS: a login, and an API behind it."""

from __future__ import annotations

import json
import ssl
import tempfile
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WEB_TOKEN, SESSION_TOKEN = "web-token-of-60-seconds", "jwt-of-12-hours"
_HOST = "127.0.0.1"


class MwaaWebServer:
    """Listens on loopback while it is entered."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer((_HOST, 0), self._handler())
        self.hostname = f"{_HOST}:{self._server.server_port}"
        #: The certificate that clients have to trust.
        self.certificate = Path(tempfile.mkstemp(suffix=".pem")[1])
        self._server.socket = self._context().wrap_socket(self._server.socket, server_side=True)
        #: Method, path and `Authorization` of each request.
        self.requests: list[tuple[str, str, str | None]] = []
        #: Whether a login sets the cookie.
        self.sets_cookie = True
        #: Status of what is no login, and its answer.
        self.answer: tuple[int, str] = (200, json.dumps({"dag_runs": [], "total_entries": 0}))

    def __enter__(self) -> MwaaWebServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.certificate.unlink()

    def _context(self) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _HOST)])
        now = datetime.now(timezone.utc)
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(_HOST))]), critical=False)
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.certificate.write_bytes(private + certificate.public_bytes(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        return context

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                server.requests.append(("POST", self.path, self.headers["Authorization"]))
                if self.path != "/pluginsv2/aws_mwaa/login":
                    self._send(*server.answer)
                elif parse_qs(body) != {"token": [WEB_TOKEN]}:
                    self._send(403, "the token has expired")
                else:
                    self._send(200, "", {"Set-Cookie": f"_token={SESSION_TOKEN}; Path=/; Secure"})

            def _send(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
                self.send_response(status)
                for name, value in (headers or {}).items() if server.sets_cookie else ():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

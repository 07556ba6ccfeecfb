"""Bearer tokens and limits of clients, over HTTP with a real issuer of keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from processes import Broker, EndpointProcess

pytestmark = pytest.mark.xdist_group("broker")

ISSUER, AUDIENCE = "https://issuer.example", "ingest"
MakeEvent = Callable[..., dict[str, Any]]


class Issuer:
    """Serves the public keys of its private ones."""

    def __init__(self) -> None:
        self.rsa = rsa.generate_private_key(65537, 2048)
        self.curve = ec.generate_private_key(ec.SECP256R1())
        self.keys = [
            {**json.loads(RSAAlgorithm.to_jwk(self.rsa.public_key())), "kid": "rsa", "alg": "RS256"},
            {**json.loads(ECAlgorithm.to_jwk(self.curve.public_key())), "kid": "ec", "alg": "ES256"},
        ]
        self.requests = 0
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.requests += 1
                body = json.dumps({"keys": issuer.keys}).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """URL of its keys."""
        return f"http://127.0.0.1:{self.server.server_port}/keys"

    def token(self, algorithm: str = "RS256", kid: str | None = "rsa", key: Any = None, **claims: Any) -> str:
        """A valid token, but for what is given."""
        every = {"iss": ISSUER, "aud": AUDIENCE, "sub": "shop", "exp": time.time() + 60, **claims}
        stated = {name: value for name, value in every.items() if value is not None}
        headers = {"kid": kid} if kid else None
        return jwt.encode(stated, key or self.rsa, algorithm, headers)


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.server.shutdown()
    issuer.server.server_close()


@pytest.fixture(scope="module")
def url(
    compiled: Path, broker: Broker, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An endpoint that asks for tokens and has limits."""
    settings = {
        "jwks_url": issuer.url,
        "token_issuer": ISSUER,
        "token_audience": AUDIENCE,
        "client_rate": 5,
        "client_burst": 20,
    }
    with EndpointProcess(compiled, broker.bootstrap, tmp_path_factory.mktemp("log"), **settings) as running:
        yield running.wait_until_ready().url + "/ingest/web_events"


def send(url: str, token: str | None, body: Any) -> httpx.Response:
    """Send with a token."""
    return httpx.post(url, json=body, headers={"authorization": f"Bearer {token}"} if token else {})


def test_takes_tokens_of_each_key(url: str, issuer: Issuer, web_event: MakeEvent) -> None:
    assert send(url, issuer.token(), web_event()).status_code == 202
    assert send(url, issuer.token("ES256", "ec", issuer.curve), web_event()).status_code == 202
    assert send(url, issuer.token(aud=["other", AUDIENCE]), web_event()).status_code == 202


@pytest.mark.parametrize(
    "claims",
    [
        *(
            {"exp": 1},
            {"exp": None},
            {"iss": "https://other.example"},
            {"iss": None},
            {"aud": "other"},
            {"aud": None},
        ),
        *({"sub": None}, {"nbf": 4_000_000_000}),
    ],
)
def test_refuses_tokens_that_are_not_for_now_or_for_here(
    url: str, issuer: Issuer, claims: dict[str, Any], web_event: MakeEvent
) -> None:
    assert_refused(send(url, issuer.token(**claims), web_event()))


def test_refuses_tokens_that_the_issuer_has_not_signed(
    url: str, issuer: Issuer, web_event: MakeEvent
) -> None:
    other = rsa.generate_private_key(65537, 2048)
    valid = issuer.token()
    head, claims, signature = valid.split(".")
    changed = base64.urlsafe_b64encode(b'{"sub":"root"}').rstrip(b"=").decode()
    for token in (
        issuer.token(key=other),
        issuer.token(key=other, kid="other"),
        issuer.token(kid=None),
        issuer.token("RS512"),
        issuer.token("ES256", "rsa", issuer.curve),
        unsigned(),
        signed_by_public_key(issuer),
        f"{head}.{changed}.{signature}",
        f"{head}.{claims}.",
        "x",
        "",
        None,
    ):
        assert_refused(send(url, token, web_event()))
    answer = httpx.post(url, json=web_event(), headers={"authorization": "Basic eDp5"})
    assert_refused(answer)


def unsigned() -> str:
    """A token of the algorithm `none`."""
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "shop", "exp": time.time() + 60}
    return jwt.encode(claims, None, "none", {"kid": "rsa"})


def signed_by_public_key(issuer: Issuer) -> str:
    """A token whose secret is the public key, for endpoints that let the token choose its algorithm."""
    public = issuer.rsa.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _, claims, _ = issuer.token().split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"rsa"}').rstrip(b"=").decode()
    digest = hmac.new(public, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def assert_refused(answer: httpx.Response) -> None:
    """The answer asks for a token and says that nothing was written."""
    assert answer.status_code == 401, answer.text
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["written"] == "no"


def test_unknown_keys_do_not_have_the_issuer_asked_each_time(
    url: str, issuer: Issuer, web_event: MakeEvent
) -> None:
    before = issuer.requests
    for number in range(30):
        assert_refused(send(url, issuer.token(kid=f"unknown-{number}"), web_event()))
    assert issuer.requests - before <= 1


def test_limits_the_events_of_each_subject(url: str, issuer: Issuer, web_event: MakeEvent) -> None:
    loud, other = issuer.token(sub="loud"), issuer.token(sub="other")
    assert send(url, loud, [web_event() for _ in range(24)]).status_code == 202
    answer = send(url, loud, web_event())
    assert (answer.status_code, answer.json()["written"]) == (429, "no")
    assert 1 <= int(answer.headers["retry-after"]) <= 2
    assert send(url, other, web_event()).status_code == 202
    time.sleep(int(answer.headers["retry-after"]))
    assert send(url, loud, web_event()).status_code == 202


def test_health_and_pages_need_no_token(url: str) -> None:
    base = url.removesuffix("/ingest/web_events")
    assert httpx.get(base + "/health").status_code == httpx.get(base + "/docs").status_code == 200
    assert httpx.get(base + "/openapi.json").json()["security"] == [{"token": []}]


def test_no_token_is_taken_while_the_keys_are_away(
    compiled: Path, broker: Broker, issuer: Issuer, tmp_path: Path, web_event: MakeEvent
) -> None:
    settings = {"jwks_url": "http://127.0.0.1:1/", "token_issuer": ISSUER, "token_audience": AUDIENCE}
    with EndpointProcess(compiled, broker.bootstrap, tmp_path, **settings) as running:
        url = running.wait_until_ready().url + "/ingest/web_events"
        answers = [send(url, issuer.token(), web_event()) for _ in range(2)]
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(503, "keys_away")] * 2

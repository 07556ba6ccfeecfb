"""The client without an OpenSearch: nobody there, others there, signatures, and files that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from explore.errors import ExploreError
from explore.search.client import OpenSearch, SearchAwayError, Signed
from explore.search.definition import load_definition
from processes import free_ports


class Answering(BaseHTTPRequestHandler):
    """Answers every request alike, and remembers its headers and body."""

    url = ""
    status, body = 200, b"{}"
    headers_seen: dict[str, str]
    body_seen: bytes

    def do_POST(self) -> None:
        """Answer a request."""
        type(self).headers_seen = dict(self.headers.items())
        type(self).body_seen = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[type[Answering]]:
    """A server on loopback; `url` says where."""

    class Own(Answering):
        """The class of this test alone."""

    with HTTPServer(("127.0.0.1", 0), Own) as listening:
        Own.url = f"http://127.0.0.1:{listening.server_port}"
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield Own
        listening.shutdown()
        thread.join()


def test_nobody_there_is_away_with_what_to_do() -> None:
    url = f"http://127.0.0.1:{free_ports()[0]}"
    with OpenSearch(url) as client, pytest.raises(SearchAwayError, match="does not answer") as away:
        client.search("products", {})
    assert url in away.value.message
    assert "EXPLORE_SEARCH_URL" in away.value.remedy


def test_a_url_that_is_none_is_told_by_where_it_was_named() -> None:
    with pytest.raises(ExploreError, match="is no URL") as wrong:
        OpenSearch("http://127.0.0.1:port", named="--url")
    assert wrong.value.remedy == "set --url to http://host:port"


def test_somebody_else_there_is_an_error(server: type[Answering]) -> None:
    server.body = b"<html>"
    with OpenSearch(server.url) as client, pytest.raises(ExploreError, match="answered 200 without JSON"):
        client.search("products", {})


def test_a_refusal_is_told_in_opensearch_s_words(server: type[Answering]) -> None:
    server.status, server.body = 400, b'{"error": {"reason": "no such field"}}'
    with OpenSearch(server.url) as client, pytest.raises(ExploreError, match="400: no such field") as wrong:
        client.search("products", {})
    assert wrong.value.remedy == "change what is asked: the message says what is allowed"
    server.status = 500
    with OpenSearch(server.url) as client, pytest.raises(ExploreError, match="500: no such field") as broken:
        client.search("products", {})
    assert broken.value.remedy == "see OpenSearch's log"


def test_a_refusal_of_all_shards_is_told_by_its_cause(server: type[Answering]) -> None:
    cause = b'{"reason": "Result window is too large"}'
    server.status = 400
    server.body = b'{"error": {"reason": "all shards failed", "root_cause": [%s]}}' % cause
    with OpenSearch(server.url) as client, pytest.raises(ExploreError, match="400: Result window is too"):
        client.search("products", {})


def test_many_requests_are_lines(server: type[Answering]) -> None:
    server.body = b'{"responses": [{"hits": 1}, {"hits": 2}]}'
    with OpenSearch(server.url) as client:
        assert client.search_many("products", []) == []
        assert client.search_many("products", [{"size": 1}, {"size": 2}]) == [{"hits": 1}, {"hits": 2}]
    lines = [json.loads(line) for line in server.body_seen.splitlines()]
    assert lines == [{}, {"size": 1}, {}, {"size": 2}]
    assert server.body_seen.endswith(b"\n")


def test_requests_to_a_domain_are_signed(server: type[Answering], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA17")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    with OpenSearch(server.url, Signed("eu-north-1")) as client:
        client.search("products", {"size": 1})
    seen = {name.lower(): value for name, value in server.headers_seen.items()}
    assert seen["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIA17/")
    assert "/eu-north-1/es/aws4_request" in seen["authorization"]
    assert "content-type;host;x-amz-date;x-amz-security-token" in seen["authorization"]
    assert seen["x-amz-security-token"] == "token"


def test_a_dataset_without_search_has_no_definition(tmp_path: Path) -> None:
    assert load_definition(tmp_path, "orders") is None
    (tmp_path / "orders.search.json").write_text("[]")
    with pytest.raises(ExploreError, match="is not what a dataset is searched by"):
        load_definition(tmp_path, "orders")


def test_texts_and_facets_are_those_of_the_file(searchable: Path) -> None:
    products = load_definition(searchable, "products")
    assert products is not None
    assert products.languages == ["de", "en", "fr", "nl"]
    assert [text.name for text in products.texts("fr")] == ["name_fr"]
    assert [facet.name for facet in products.facets] == ["category", "active"]
    events = load_definition(searchable, "web_events")
    assert events is not None
    assert [text.name for text in events.texts("nl")] == ["search_text"]
    assert events.has("session_id", "language")
    assert not events.has("session_id", "nothing")

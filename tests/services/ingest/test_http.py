"""The endpoint over real HTTP with a real broker: what is written, what is refused, what the answer says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from processes import Broker, EndpointProcess

pytestmark = pytest.mark.xdist_group("broker")

WEB_EVENTS = "/ingest/web_events"
LINES = {"content-type": "application/x-ndjson"}
JSON = {"content-type": "application/json"}

MakeEvent = Callable[..., dict[str, Any]]


def test_writes_the_event_as_it_was_sent(client: httpx.Client, broker: Broker, web_event: MakeEvent) -> None:
    event = web_event()
    body = json.dumps(event, indent=1).replace("731", "0731".lstrip("0"))
    answer = client.post(WEB_EVENTS, content=body)
    assert answer.status_code == 202
    position = answer.json()
    (message,) = [m for m in broker.messages("web_events") if m.key() == event["event_id"].encode()]
    assert message.value() == body.encode()
    assert position == {
        "topic": "web_events",
        "partition": message.partition(),
        "offset": message.offset(),
        "timestamp": message.timestamp()[1],
    }


def test_takes_what_curl_sends_without_a_media_type(client: httpx.Client, web_event: MakeEvent) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(WEB_EVENTS, content=json.dumps(web_event()), headers=form).status_code == 202


def test_refuses_an_event_with_every_reason_and_writes_nothing(
    client: httpx.Client, broker: Broker, web_event: MakeEvent
) -> None:
    before = len(broker.messages("web_events"))
    answer = client.post(WEB_EVENTS, json=web_event(event_id="X", quantity=0, language="es", url=""))
    assert answer.status_code == 422
    assert answer.json()["written"] == "no"
    reasons = {reason["code"]: reason["message"] for reason in answer.json()["reasons"]}
    assert list(reasons) == ["event_id.pattern", "url.required", "language.allowed", "quantity.range"]
    assert reasons["language.allowed"] == "language must be one of fr, nl, de, en."
    assert reasons["quantity.range"] == "quantity must be at least 1 and at most 100."
    assert len(broker.messages("web_events")) == before


def test_refuses_late_and_future_events(client: httpx.Client, web_event: MakeEvent) -> None:
    for moment, code in (("2020-01-01", "event_time.late"), ("2999-01-01", "event_time.future")):
        answer = client.post(WEB_EVENTS, json=web_event(event_time=f"{moment}T00:00:00.000Z"))
        assert [reason["code"] for reason in answer.json()["reasons"]] == [code]


@pytest.mark.parametrize("form", ["array", "lines", "envelope"])
def test_answers_for_each_event_of_a_batch(client: httpx.Client, web_event: MakeEvent, form: str) -> None:
    events = [web_event(), web_event(language="es"), web_event()]
    answer = _send_batch(client, form, events)
    assert answer.status_code == 207
    body = answer.json()
    assert [result["status"] for result in body["results"]] == [202, 422, 202]
    assert (body["accepted"], body["refused"]) == (2, 1)
    assert body["results"][1]["reasons"][0]["code"] == "language.allowed"


@pytest.mark.parametrize("form", ["array", "lines", "envelope"])
def test_answers_with_the_common_status_of_a_batch(
    client: httpx.Client, web_event: MakeEvent, form: str
) -> None:
    assert _send_batch(client, form, [web_event(), web_event()]).status_code == 202
    assert _send_batch(client, form, [web_event(language="es")]).status_code == 422
    assert _send_batch(client, form, []).json() == {"accepted": 0, "refused": 0, "results": []}


def _send_batch(client: httpx.Client, form: str, events: list[dict[str, Any]]) -> httpx.Response:
    if form == "array":
        return client.post(WEB_EVENTS, json=events)
    if form == "lines":
        lines = "\r\n\n".join(json.dumps(event) for event in events)
        return client.post(WEB_EVENTS, content=lines, headers=LINES)
    return client.post("/ingest", json={"dataset": "web_events", "events": events})


def test_takes_an_envelope_with_one_event(client: httpx.Client, web_event: MakeEvent) -> None:
    answer = client.post("/ingest", json={"event": web_event(), "dataset": "web_events"})
    assert answer.status_code == 202


def test_one_broken_line_does_not_stop_the_others(client: httpx.Client, web_event: MakeEvent) -> None:
    good = json.dumps(web_event())
    answer = client.post(WEB_EVENTS, content=f"{good}\n{{]\n{good}", headers=LINES)
    assert [result["status"] for result in answer.json()["results"]] == [202, 422, 202]
    assert answer.json()["results"][1]["reasons"][0]["code"] == "row.malformed"


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{", b"[{}", b'{"event_id":', b"\xff\xfe{\x00}\x00", b"event_id=1", b"[" * 100_000, b"{}{}"],
)
def test_answers_400_to_what_is_not_json(client: httpx.Client, body: bytes) -> None:
    answer = client.post(WEB_EVENTS, content=body)
    assert (answer.status_code, answer.json()["error"], answer.json()["written"]) == (400, "not_json", "no")


def test_answers_422_to_json_of_another_shape(client: httpx.Client, web_event: MakeEvent) -> None:
    for body in ("null", "1", '"x"', '{"a":1}', json.dumps(web_event())[:-1] + ',"url":"twice"}'):
        answer = client.post(WEB_EVENTS, content=body)
        assert answer.status_code == 422, body
        assert [reason["code"] for reason in answer.json()["reasons"]] == ["row.malformed"]


def test_refuses_an_array_that_breaks_off_as_a_whole(
    client: httpx.Client, broker: Broker, web_event: MakeEvent
) -> None:
    event = web_event()
    answer = client.post(WEB_EVENTS, content=f"[{json.dumps(event)},{{]")
    assert answer.status_code == 400
    assert event["event_id"].encode() not in {message.key() for message in broker.messages("web_events")}


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        '{"dataset":"web_events"}',
        '{"dataset":1,"event":{}}',
        '{"dataset":"web_events","events":{}}',
        '{"dataset":"web_events","event":{},"events":[]}',
        '{"dataset":"web_events","event":{},"id":1}',
        '{"dataset":"web_events","dataset":"orders","event":{}}',
        '{"dataset":"web_events","event":{},}',
        '{"dataset":"web_events","event":{}',
        "{1:2}",
    ],
)
def test_answers_400_to_what_is_not_an_envelope(client: httpx.Client, body: str) -> None:
    answer = client.post("/ingest", content=body)
    assert (answer.status_code, answer.json()["written"]) == (400, "no")


def test_unknown_datasets_get_a_list_of_the_known(client: httpx.Client) -> None:
    for answer in (
        client.post("/ingest/other", json={}),
        client.post("/ingest/customers", json={}),
        client.post("/ingest", json={"dataset": "other", "event": {}}),
    ):
        assert (answer.status_code, answer.json()["datasets"]) == (404, ["orders", "web_events"])


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/xml"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
def test_answers_415_to_other_types_and_packed_bodies(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.post(WEB_EVENTS, content=b"{}", headers=headers).status_code == 415


def test_bounds_events_and_their_number(client: httpx.Client, web_event: MakeEvent) -> None:
    assert client.post(WEB_EVENTS, json=[{}] * 501).status_code == 413
    large = web_event(referrer="x" * 10_000)
    assert client.post(WEB_EVENTS, json=large).status_code == 413
    assert [r["status"] for r in client.post(WEB_EVENTS, json=[large, web_event()]).json()["results"]] == [
        413,
        202,
    ]


def test_answers_unknown_paths_and_methods_in_json(client: httpx.Client) -> None:
    assert client.get("/other").json()["error"] == "not_found"
    answer = client.get("/ingest")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert client.post(WEB_EVENTS + "/", json={}).status_code == 404


def test_shows_pages_and_figures(client: httpx.Client) -> None:
    assert "SwaggerUIBundle" in client.get("/docs").text
    assert client.get("/docs/files/swagger-ui-bundle.js").status_code == 200
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready"}
    figures = client.get("/metrics").text
    assert 'ingest_events_total{dataset="web_events",outcome="acknowledged"}' in figures
    assert 'ingest_reasons_total{code="language.allowed",dataset="web_events"}' in figures
    assert "process_resident_memory_bytes" in figures


def test_logs_requests_in_json_without_their_contents(
    client: httpx.Client, endpoint: EndpointProcess, web_event: MakeEvent
) -> None:
    client.post(WEB_EVENTS, json=web_event(session_id="secret-session", language="secret-language"))
    client.post(WEB_EVENTS, content=b'{"secret-session')
    lines = [json.loads(line) for line in endpoint.log().splitlines()]
    assert {"path": WEB_EVENTS, "status": 422}.items() <= lines[-2].items()
    assert "secret" not in endpoint.log()

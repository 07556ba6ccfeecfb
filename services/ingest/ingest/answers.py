"""Answers of the endpoint: status, body, and whether an event was written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from ingest.producer import NotWrittenError, Outcome, Position
from ingest.validation.validator import Reason

#: Seconds after which a client may try again when the endpoint or the brokers are busy or away.
RETRY_AFTER = 1

ACCEPTED, MIXED, UNPROCESSABLE, UNAVAILABLE, TIMED_OUT = 202, 207, 422, 503, 504

Result = dict[str, Any]


class Refusal(Exception):
    """A request that is refused before anything is written."""

    def __init__(
        self, status: int, error: str, message: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": error, "message": message, "written": "no", **more}
        self.headers = headers

    def response(self) -> Response:
        """Returns the answer."""
        return json_response(self.status, self.body, self.headers)


def json_response(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Returns a JSON answer; events of others are never in it, so nothing may keep it."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    every = {"cache-control": "no-store", **(headers or {})}
    return Response(content, status, every, media_type="application/json")


def refused(reasons: Sequence[Reason]) -> Result:
    """Returns the result of an event that is not valid."""
    named = [{name: value for name, value in vars(reason).items() if value is not None} for reason in reasons]
    return {"status": UNPROCESSABLE, "written": "no", "reasons": named}


def too_large(message: str) -> Result:
    """Returns the result of an event that is larger or deeper than the endpoint takes."""
    return {"status": 413, "error": "too_large", "message": message, "written": "no"}


def produced(outcome: Outcome) -> Result:
    """Returns the result of an event that was handed to Kafka."""
    if isinstance(outcome, Position):
        return {"status": ACCEPTED, **vars(outcome)}
    if isinstance(outcome, NotWrittenError):
        message = f"the producer does not take the event: {outcome}; send it again"
        return {"status": UNAVAILABLE, "error": "not_written", "message": message, "written": "no"}
    message = f"unknown: {outcome}; send it again with the same key"
    return {"status": TIMED_OUT, "error": "unknown", "message": message, "written": "unknown"}


def answer_one(result: Result, is_json: bool = True) -> Response:
    """Returns the answer to a request with one event."""
    status = result.pop("status")
    if status == UNPROCESSABLE and not is_json:
        return json_response(400, {"error": "not_json", **result})
    if status == UNPROCESSABLE:
        return json_response(status, {"error": "invalid_event", **result})
    return json_response(status, result, _retry(status))


def answer_many(results: list[Result]) -> Response:
    """Returns the answer to a request with several events: their common status, or 207."""
    statuses = {result["status"] for result in results}
    status = statuses.pop() if len(statuses) == 1 else MIXED
    accepted = sum(result["status"] == ACCEPTED for result in results)
    counts = {"accepted": accepted, "refused": len(results) - accepted}
    return json_response(status if results else ACCEPTED, {**counts, "results": results}, _retry(status))


def _retry(status: int) -> Mapping[str, str] | None:
    return {"retry-after": str(RETRY_AFTER)} if status in (UNAVAILABLE, TIMED_OUT) else None

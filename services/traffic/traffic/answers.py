"""What the endpoint's answers mean for each record of a request."""

from __future__ import annotations

import json
from http import HTTPStatus

from traffic.account import ACKNOWLEDGED, REFUSED, UNKNOWN

#: Surely not written; worth another attempt.
UNAVAILABLE = "unavailable"

#: Answers before anything was written: too many requests, or no room.
_NOT_WRITTEN = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def outcome_of(status: int) -> str:
    """Returns what became of a record that was answered with a status."""
    if status in _NOT_WRITTEN:
        return UNAVAILABLE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UNKNOWN
    return REFUSED if status >= HTTPStatus.BAD_REQUEST else ACKNOWLEDGED


def outcomes_of(status: int, body: bytes, records: int) -> list[str]:
    """Returns what became of each record of a request.

    A batch is answered with one status for each record; anything else holds for all of them.
    """
    try:
        document = json.loads(body)
        results = document["results"] if isinstance(document, dict) else document
        statuses = [int(result["status"]) for result in results]
    except (ValueError, KeyError, TypeError):
        statuses = []
    if len(statuses) != records:
        statuses = [status] * records
    return [outcome_of(each) for each in statuses]

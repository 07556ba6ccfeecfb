"""The OpenAPI document: the endpoint's paths, with the JSON Schema of each dataset's contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.datasets import Dataset
from ingest.events import DATASET, EVENT, EVENTS
from ingest.settings import Settings

Document = dict[str, Any]

_STATUSES = {
    "202": "Every event was acknowledged by the brokers.",
    "207": "The events have several statuses: each result says its own.",
    "400": "The body is not JSON, or not an envelope. Nothing was written.",
    "401": "There is no valid bearer token. Nothing was written.",
    "404": "There is no such dataset; the answer lists those there are. Nothing was written.",
    "408": "The body took too long to arrive. Nothing was written.",
    "413": "The body, an event or the number of events is too large. Nothing was written.",
    "415": "The body is neither JSON nor lines of JSON, or packed. Nothing was written.",
    "422": "No event is valid: every reason is listed. Nothing was written.",
    "429": "The client sends more than it may: wait for Retry-After. Nothing was written.",
    "503": "The brokers are away, or the endpoint is full or stopping. Nothing was written.",
    "504": "The brokers have not acknowledged the event in time: unknown. Send it again with the same key.",
}


def openapi_of(datasets: Mapping[str, Dataset], settings: Settings) -> Document:
    """Returns the document of an endpoint for some datasets."""
    security: Document = {"security": [{"token": []}]} if settings.jwks_url else {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ingest",
            "version": "1",
            "description": "Takes events into streams.",
        },
        "paths": {
            **{f"/ingest/{name}": {"post": _post(dataset)} for name, dataset in datasets.items()},
            "/ingest": {"post": _post_envelope(datasets)},
            "/health": {"get": _get("Whether the process answers", "200")},
            "/ready": {"get": _get("Whether events would be taken now", "200", "503")},
        },
        "components": {
            "schemas": {name: _schema(dataset) for name, dataset in datasets.items()} | _answers(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
        **security,
    }


def _schema(dataset: Dataset) -> Document:
    return {name: value for name, value in dataset.schema.items() if name != "$schema"}


def _reference(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _post(dataset: Dataset) -> Document:
    one = _reference(dataset.name)
    many = {"type": "array", "items": one}
    return {
        "operationId": f"post_{dataset.name}",
        "summary": f"Send events of {dataset.name}",
        "description": dataset.validator.contract.description,
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"anyOf": [one, many]}},
                "application/x-ndjson": {"schema": {"type": "string", "description": "One event a line"}},
            },
        },
        "responses": _responses(),
    }


def _post_envelope(datasets: Mapping[str, Dataset]) -> Document:
    envelopes = [_envelope(name) for name in datasets]
    return {
        "operationId": "post_envelope",
        "summary": "Send events in an envelope that names their dataset",
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"anyOf": envelopes}}}},
        "responses": _responses(),
    }


def _envelope(name: str) -> Document:
    parts = {EVENT: _reference(name), EVENTS: {"type": "array", "items": _reference(name)}}
    return {
        "oneOf": [
            {
                "type": "object",
                "properties": {DATASET: {"const": name}, part: schema},
                "required": [DATASET, part],
                "additionalProperties": False,
            }
            for part, schema in parts.items()
        ]
    }


def _responses() -> Document:
    return {
        status: {
            "description": description,
            "content": {"application/json": {"schema": _reference(_answer_of(status))}},
        }
        for status, description in _STATUSES.items()
    }


def _answer_of(status: str) -> str:
    if status in ("202", "207"):
        return {"202": "Accepted", "207": "Results"}[status]
    return "Refused"


def _get(summary: str, *statuses: str) -> Document:
    content = {"application/json": {"schema": {"type": "object", "required": ["status"]}}}
    return {
        "summary": summary,
        "responses": {status: {"description": summary, "content": content} for status in statuses},
    }


def _answers() -> Document:
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    position = {"topic": text, "partition": count, "offset": count, "timestamp": count}
    reason = {
        "type": "object",
        "properties": {"code": text, "rule": text, "column": text, "message": text},
        "required": ["code", "rule", "message"],
    }
    refused = {
        "error": text,
        "message": text,
        "written": {"enum": ["no", "unknown"]},
        "reasons": {"type": "array", "items": reason},
        "datasets": {"type": "array", "items": text},
    }
    result = {
        "type": "object",
        "properties": {"status": count, **position, **refused},
        "required": ["status"],
    }
    results = {
        "type": "object",
        "properties": {"accepted": count, "refused": count, "results": {"type": "array", "items": result}},
        "required": ["accepted", "refused", "results"],
    }
    one = {"type": "object", "properties": position, "required": list(position)}
    alone = {"type": "object", "properties": refused, "required": ["written"]}
    return {
        "Position": one,
        "Results": results,
        "Accepted": {"anyOf": [_reference("Position"), _reference("Results")]},
        "Refused": {"anyOf": [alone, _reference("Results")]},
    }

"""Finds the events in a body: one object, a JSON array, lines of JSON, or an envelope with a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.validation import json_text

#: Media types of lines of JSON.
NDJSON = frozenset(
    {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"}
)

#: Media types of one value. `curl -d` and clients that name none send one as well.
JSON = frozenset({"application/json", "application/x-www-form-urlencoded", ""})

_BLANK = re.compile(r"[ \t\n\r]*")

#: How an envelope names its parts.
DATASET, EVENT, EVENTS = "dataset", "event", "events"


class BodyError(ValueError):
    """A body that is not what its media type says."""


@dataclass(frozen=True)
class Found:
    """An event as its client wrote it, and what it was parsed to where it stood in an array."""

    text: str
    parsed: Any = None
    is_parsed: bool = False


def is_array(text: str) -> bool:
    """Whether a body is an array of events."""
    return text.startswith("[", _after_blanks(text, 0))


def lines_of(text: str) -> Iterator[Found]:
    """Yield every line that is not blank."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if line.strip(" \t\r"):
            yield Found(line)
        at += len(line) + 1


def items_of(text: str) -> Iterator[Found]:
    """Yield the items of an array.

    Raises BodyError where it stops being one: events before that place have been yielded.
    """
    at = _after_blanks(text, _after_blanks(text, 0) + 1)
    if text.startswith("]", at):
        return _refuse_rest(text, at + 1)
    while True:
        value, end = _parse(text, at)
        yield Found(text[at:end], value, is_parsed=True)
        end = _after_blanks(text, end)
        if text.startswith("]", end):
            return _refuse_rest(text, end + 1)
        at = _after_comma(text, end)


def open_envelope(text: str) -> tuple[str, Found | None, str | None]:
    """The dataset of an envelope, and its event or the text of its array of events.

    Raises BodyError when it is not an object with `dataset` and either `event` or `events`.
    """
    parts: dict[str, Found] = {}
    for name, found in _members_of(text):
        if name in parts or name not in (DATASET, EVENT, EVENTS):
            raise BodyError(_envelope(f"has {name[:40]!r} twice or in addition"))
        parts[name] = found
    dataset = parts.pop(DATASET, Found(""))
    # Numbers are parsed to texts, too.
    if not dataset.text.startswith('"') or len(parts) != 1:
        raise BodyError(_envelope("does not name a dataset with an event or events"))
    if EVENT in parts:
        return dataset.parsed, Found(parts[EVENT].text), None
    if not isinstance(parts[EVENTS].parsed, list):
        raise BodyError(_envelope("has events that are not an array"))
    return dataset.parsed, None, parts[EVENTS].text


def _members_of(text: str) -> Iterator[tuple[str, Found]]:
    at = _after_blanks(text, 0)
    if not text.startswith("{", at):
        raise BodyError(_envelope("is not a JSON object"))
    at = _after_blanks(text, at + 1)
    while not text.startswith("}", at):
        name, end = _parse(text, at)
        end = _after_blanks(text, end)
        if text[at] != '"' or not text.startswith(":", end):
            raise BodyError(f"the body is not JSON at character {at}")
        start = _after_blanks(text, end + 1)
        value, end = _parse(text, start)
        yield name, Found(text[start:end], value, is_parsed=True)
        at = _after_blanks(text, end)
        if not text.startswith("}", at):
            at = _after_comma(text, at)
            if text.startswith("}", at):
                raise BodyError(f"the body is not JSON at character {at}")
    _refuse_rest(text, at + 1)


def _envelope(problem: str) -> str:
    example = '{"dataset": "…", "event": {…}} or {"dataset": "…", "events": […]}'
    return f"the envelope {problem}; write {example}"


def _parse(text: str, at: int) -> tuple[Any, int]:
    try:
        return json_text.DECODER.raw_decode(text, at)
    except RecursionError:
        raise BodyError(f"the body is nested too deep at character {at}") from None
    except ValueError as error:
        raise BodyError(f"the body is not JSON: {error}") from None


def _after_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _after_comma(text: str, at: int) -> int:
    if not text.startswith(",", at):
        raise BodyError(f"the body is not JSON: there is no comma or end at character {at}")
    return _after_blanks(text, at + 1)


def _refuse_rest(text: str, at: int) -> None:
    if _after_blanks(text, at) < len(text):
        raise BodyError(f"the body is not JSON: it goes on after its end at character {at}")

"""Events are found in bodies as they are written."""

from __future__ import annotations

import time

import pytest
from ingest.events import BodyError, is_array, items_of, lines_of, open_envelope


def test_items_keep_their_text() -> None:
    assert [item.text for item in items_of(' [ {"a": 1.10} ,\n1e5, "]"] ')] == ['{"a": 1.10}', "1e5", '"]"']
    assert list(items_of("[ ]")) == []


@pytest.mark.parametrize("text", ["[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[] x", "[-NaN]"])
def test_refuses_arrays_that_are_not_json(text: str) -> None:
    assert is_array(text)
    with pytest.raises(BodyError, match="not JSON"):
        list(items_of(text))


def test_lines_leave_out_blank_ones() -> None:
    assert [line.text for line in lines_of("1\n\n \t\r\n2\r\n3")] == ["1", "2\r", "3"]


@pytest.mark.parametrize("text", [" " * 1_000_000, "\n" * 1_000_000, "\r" * 1_000_000])
def test_blank_lines_take_no_time(text: str) -> None:
    started = time.perf_counter()
    assert list(lines_of(text)) == []
    assert time.perf_counter() - started < 2


def test_envelopes_keep_the_text_of_their_events() -> None:
    dataset, event, array = open_envelope(
        '\ufeff{"event": {"a": 1.10}, "dataset": "x"}'.removeprefix("\ufeff")
    )
    assert (dataset, event.text if event else None, array) == ("x", '{"a": 1.10}', None)
    dataset, event, array = open_envelope('{"dataset":"x","events":[ 1.10 ]}')
    assert (dataset, event, array) == ("x", None, "[ 1.10 ]")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "is not a JSON object"),
        ("{}", "does not name a dataset"),
        ('{"dataset":1,"event":2}', "does not name a dataset"),
        ('{"dataset":"x","events":{}}', "not an array"),
        ('{"dataset":"x","dataset":"x","event":1}', "'dataset' twice"),
        ('{"dataset":"x" "event":1}', "no comma"),
        ('{"dataset":"x","event":1}}', "goes on after its end"),
        ("{1:2}", "not JSON at character 1"),
        ("{" * 100_000, "not JSON"),
        ('{"event":' * 100_000, "nested too deep"),
    ],
)
def test_refuses_other_envelopes(text: str, problem: str) -> None:
    with pytest.raises(BodyError, match=problem):
        open_envelope(text)

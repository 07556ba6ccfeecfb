"""The validator refuses contracts that it could not follow as the jobs do, and gives reasons in words."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any

import pytest
from agreement.every_kind import every_kind
from ingest.validation.compiled import Contract, ContractError
from ingest.validation.java_doubles import java_digits
from ingest.validation.json_text import TooDeepError, decode
from ingest.validation.rules import Arrival
from ingest.validation.validator import Validator, Verdict

ARRIVAL = Arrival(datetime(2026, 6, 15, 12))
GOOD = {"id": "0123abcd", "both": True, "address": {"city": "Gent", "post code": 9000}}


def column(**changes: Any) -> dict[str, Any]:
    """A contract whose first column is changed."""
    document = every_kind()
    document["columns"][0] |= changes
    return document


def validate(event: Any) -> Verdict:
    """Validate an event by the contract with everything in it."""
    value = event if isinstance(event, bytes) else json.dumps(event).encode()
    return Validator(Contract.parse(every_kind())).validate(value, ARRIVAL)


def rules(kind: str, **params: Any) -> list[dict[str, Any]]:
    """One rule of a column."""
    return [{"id": f"id.{kind}", "kind": kind, "params": params}]


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            r"\bx",
            r"\p{L}",
            "(?i)x",
            r"(x)\1",
            "(?<name>x)",
            "[a-z&&[^b]]",
            "[[a]b]",
            r"\Qx\E",
            r"\h",
            r"\Z",
            r"\z",
        ),
        *("x{,3}", "[]a]", "a**", "(", "(?<=a*)b", r"\e", "{"),
    ],
)
def test_refuses_patterns_that_java_may_match_otherwise(pattern: str) -> None:
    with pytest.raises(ContractError, match=r"rule id\.pattern"):
        Validator(Contract.parse(column(rules=rules("pattern", pattern=pattern))))


@pytest.mark.parametrize(
    "pattern", [r"^\d+$", r"a|(?:b|c){2,}?[^\w.-]", r"^[a-z0-9._+-]+@x$", r"(?=a)\.\/\u00e9"]
)
def test_takes_patterns_that_mean_the_same(pattern: str) -> None:
    Validator(Contract.parse(column(rules=rules("pattern", pattern=pattern))))


@pytest.mark.parametrize(
    "form",
    ["yyyy-MM-dd hh:mm a", "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM", "yyyy-MM-dd''HH", "yyyy-MM-dd MM", "yyyy'"],
)
def test_refuses_formats_that_it_does_not_read(form: str) -> None:
    with pytest.raises(ContractError, match="format"):
        Validator(Contract.parse(column(type="timestamp", format=form, rules=[])))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"type": "array<int>"}, "type array<int> is unknown"),
        ({"type": "int", "format": "1.234,56"}, "remove its numberFormat"),
        ({"rules": rules("similar")}, "kind 'similar' is unknown"),
        ({"physical_name": "$.address"}, "leads into another column"),
        ({"physical_name": "$x"}, "not a path"),
    ],
)
def test_refuses_contracts_that_it_does_not_know(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ContractError, match=problem):
        Validator(Contract.parse(column(**changes)))


def test_refuses_contracts_of_other_versions_and_of_files() -> None:
    with pytest.raises(ContractError, match="compiled as version 2"):
        Contract.parse({**every_kind(), "schema_version": 2})
    with pytest.raises(ContractError, match="not streamed"):
        Contract.parse({**every_kind(), "stream": None})


def test_key_is_the_text_of_the_event() -> None:
    document = every_kind()
    document["key"] = ["id", "price"]
    event = json.dumps(GOOD)[:-1].encode() + b',"price":1.10}'
    assert Validator(Contract.parse(document)).validate(event, ARRIVAL).key == "0123abcd|1.10"


def test_derived_keys_are_not_known_before_a_record_is_written() -> None:
    document = every_kind()
    document["columns"].append({**document["columns"][0], "name": "at_position", "derived": "position"})
    document["key"] = ["at_position"]
    verdict = Validator(Contract.parse(document)).validate(json.dumps(GOOD).encode(), ARRIVAL)
    assert (verdict.codes, verdict.key) == ([], None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "X"}, "id must match ^[0-9a-f]{8}$."),
        ({"both": None}, "both must have a value."),
        ({"Name": "x"}, "Name must have at least 2 and at most 10 characters."),
        ({"mood": "so"}, "mood must be one of good, bad, Größe."),
        (
            {"small": 40000},
            "small must be a whole number from -32768 to 32767, without leading zeros or a plus sign.",
        ),
        ({"small": -5}, "small must be more than -5 and at most 300."),
        ({"price": "x"}, "price must be a number of at most 10 digits before the point and 2 behind it."),
        ({"flag": "yes"}, "flag must be true or false."),
        ({"day": "2026-06-16"}, "day must not be after the end of the day of arrival (UTC)."),
        ({"at": "now"}, "at must be a timestamp as yyyy-MM-dd'T'HH:mm:ss.SSS'Z', from the year 1 on."),
        ({"Name": "ab\ufffd"}, "Name must be text in UTF-8, without the replacement character U+FFFD."),
        ({"new": 1}, "The event has fields that the contract does not know: 'new'; it knows id, "),
        ({"address": 1}, "The event has a value in 'address', where the contract has an object."),
    ],
)
def test_says_what_is_allowed(changes: dict[str, Any], sentence: str) -> None:
    (reason,) = validate({**GOOD, **changes}).reasons
    assert reason.message.startswith(sentence)


@pytest.mark.parametrize(
    ("seconds", "allowed"),
    [
        (172_800, "2 days"),
        (86_400, "1 day"),
        (5_400, "1 hour and 30 minutes"),
        (93_784, "1 day, 2 hours, 3 minutes and 4 seconds"),
    ],
)
def test_says_in_words_how_old_an_event_may_be(seconds: int, allowed: str) -> None:
    document = every_kind()
    column = next(column for column in document["columns"] if column["name"] == "at")
    column["rules"] = [{"id": "at.late", "kind": "late", "params": {"seconds": seconds}}]
    event = {**GOOD, "at": "2020-01-01T00:00:00.000Z"}
    verdict = Validator(Contract.parse(document)).validate(json.dumps(event).encode(), ARRIVAL)
    assert [reason.message for reason in verdict.reasons] == [
        f"at must be at most {allowed} older than the event's arrival."
    ]


def test_tells_what_is_not_json_from_what_is_not_an_event() -> None:
    assert not validate(b"{").is_json
    assert validate(b"[]").is_json
    assert validate(b"[]").codes == validate(b"{").codes == ["row.malformed"]


def test_refuses_nesting_beyond_its_bound() -> None:
    def nested(levels: int) -> bytes:
        return json.dumps({**GOOD, "anything": None}).replace("null", "[" * levels + "]" * levels).encode()

    assert validate(nested(100)).codes == []
    for levels in (101, 900, 100_000):
        with pytest.raises(TooDeepError):
            validate(nested(levels))


@pytest.mark.parametrize(
    "token",
    [
        '"' + "\\\\" * 400_000 + '"',
        '"' + "\\u0041" * 150_000 + '"',
        "1" + "0" * 900_000,
        "-" * 900_000,
        " " * 900_000,
    ],
)
@pytest.mark.parametrize("name", ["anything", "measure", "price", "line", "at"])
def test_hostile_texts_take_no_time(name: str, token: str) -> None:
    event = json.dumps({**GOOD, name: None}).replace("null", token).encode()
    started = time.perf_counter()
    validate(event)
    assert time.perf_counter() - started < 1


def test_reads_bytes_as_java_does() -> None:
    assert decode(b"\xef\xbb\xbf\xed\xa0\x80|\xe2\x82|\xff\xc0\x80") == "\ufffd|\ufffd|\ufffd\ufffd\ufffd"


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (2e-3, "2"),
        (5e-324, "49"),
        (2.0e23, "19999999999999998"),
        (2.2250738585072014e-308, "22250738585072014"),
    ],
)
def test_writes_digits_as_java_17_does(value: float, digits: str) -> None:
    assert java_digits(value) == digits

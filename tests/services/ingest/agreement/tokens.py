"""JSON tokens, bytes and whole events that readers of JSON and of Spark's types disagree about."""

from __future__ import annotations

import json
import random
from typing import Any

#: For any column: wrong kinds, odd numbers, escapes, halves of surrogate pairs, noncharacters, nesting.
ANY_TOKENS = [
    *("null", "true", "false", "True", "nul", '""', '" "', '"\\u0000"', "{}", "[]", "[1, 2.50]", "[[[]]]"),
    *('{"a": 1.10, "b": [true, null, "x\\u00e9\\/"]}', '{"a":1,"a":2}', '[" a", {"k": "\\u001f\\"\\\\"}]'),
    *(
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "+Infinity",
        "INF",
        "-INF",
        "+INF",
        "+1",
        "-0",
        "01",
        "1.",
        ".5",
    ),
    *("1e400", "1E5", "-1e-400", "1e", "0x1F", "1_000", "1d", "1 2", "'x'", "x", "", "[NaN, -INF]", "[1,]"),
    *('"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\ud800"', '"\\ufdd0"'),
    *(
        '"\ufdd1"',
        '"\ufffd"',
        '"\uffff"',
        '"\\uFFFE"',
        '"\\x"',
        '"\t"',
        '"\\"',
        '"a\nb"',
        '"a\\nb"',
        '"\x7f\x85"',
    ),
    *('"\u2028"', '"\ufeff"', '"e\u0301"', "[" * 50 + "]" * 50, '"NA"', '"-"', '"0"', "[-0.0, 1e5, 1E+05]"),
]

#: Inserted into, before or after an event: what is not UTF-8, and what is not JSON.
BYTES = [
    *(
        b"\xff",
        b"\xc3",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xed\xb0",
        b"\xf0\x9f\x98",
        b"\xf4\x90\x80\x80",
        b"\xc0\x80",
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xef\xb7\x90",
        b"\x00",
        b"\n",
        b" ",
        b"\r\n",
        b"\x0b",
        b"\x1f",
        b"}",
        b"{",
        b"]",
        b",",
        b'"',
    ),
    *(
        b"//x\n",
        b"/**/",
        b"#",
        b"{}",
        b',{"a":1}',
        b"],[",
        b"\\",
        b"\xe1\xed\xa0\x80",
        b"\xf8\x88\x80\x80\x80",
    ),
]

#: Events as they are.
WHOLE_EVENTS = [
    *(
        b"",
        b" ",
        b"\t",
        b"null",
        b"1",
        b'"x"',
        b"[]",
        b"[{}]",
        b"{}",
        b"{",
        b"}",
        b"{}{}",
        b"{},{}",
        b"{} ",
        b"\xef\xbb\xbf{}",
    ),
    *(
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b'{"a":1}',
        b"NaN",
        b"{'id':1}",
        b"{id:1}",
        b"{\x00}",
    ),
    *(
        b'{"":1}',
        b"{" * 2000,
        b'{"anything":' + b"[" * 90 + b"]" * 90 + b"}",
        b'{"anything":"' + b"x" * 100000 + b'"}',
    ),
    b'{"anything":' + b"9" * 5000 + b"}",
]

_WHOLE = [
    "0",
    "-0",
    "+1",
    "-1",
    "1.0",
    "1e2",
    "00",
    "9223372036854775807",
    "9223372036854775808",
    "32767",
    "-32769",
]
_WHOLE += [
    "2147483647",
    "2147483648",
    "-2147483648",
    "-9223372036854775808",
    "9" * 40,
    "1L",
    "\uff11",
    "101",
    "-5",
    "-4",
]
_FRACTIONS = [
    "1.10",
    "0.005",
    "0.01",
    "0.010000",
    "100000.00",
    "100000.01",
    "1.",
    ".5",
    "-.5",
    "+0.5",
    "1e-3",
    "1E-8",
]
_FRACTIONS += [
    "0E-8",
    "-0E-8",
    "1.5E-7",
    "0.00000001",
    "9999999999.99",
    "99999999999.99",
    "0.12345",
    "0.50000",
    "-0.0",
]
_FRACTIONS += [
    "1e400",
    "1e-400",
    "4.9E-324",
    "5e-324",
    "2.2250738585072014E-308",
    "1.7976931348623157E308",
    "1d",
    "1f",
]
_FRACTIONS += [
    "0.1000000000000000055",
    "123456789012345678",
    "1e21",
    "1e20",
    "999999999999999999999",
    "0x1p3",
    "1,5",
]
_MOMENTS = [
    "2026-06-15",
    "2026-06-16",
    "2026-06-14",
    "2026-02-30",
    "2024-02-29",
    "0000-01-01",
    "0001-01-01",
    "2026-6-1",
]
_MOMENTS += [
    "2026-06-15 24:00:00",
    "2026-06-15 23:59:60",
    "2026-06-15 12:00:00",
    "2026-06-15T12:00:00",
    "12026-01-01",
]
_MOMENTS += [
    "2026-06-15T23:59:59.999Z",
    "2026-06-16T00:00:00.000Z",
    "2026-06-15T12:00:00.000z",
    "2026-06-15T12:00:00Z",
]
_MOMENTS += [
    "2026-06-15T12:00:00.000+00:00",
    "2026-06-13T12:34:56.789Z",
    "2026-06-13T12:34:56.788Z",
    "20260615120000",
]
_MOMENTS += [
    "20260230120000",
    "1 Feb 2026 10:00",
    "31 Feb 2026 10:00",
    "01 Feb 2026 10:00",
    "1 feb 2026 10:00",
]
_MOMENTS += [
    "February 01, 2026 10:00:00.5",
    "1.2.2026",
    "31.2.2026",
    "01.02.2026",
    "0000/01/01 00:00:00.000000000",
]
_MOMENTS += [
    "2026/06/15 12:00:00.123456789",
    "9999-12-31",
    "2026-06-15 ",
    " 2026-06-15",
    "٢٠٢٦-06-15",
    "epoch",
    "now",
]
_MOMENTS += ["2014-12-31", "2015-01-01 00:00:00", "2014-12-31 23:59:59", "1582-10-10", "0000-01-01 00:00:00"]
_TEXTS = [
    "",
    " ",
    "a",
    "ab",
    "x" * 11,
    "😀" * 10,
    "😀" * 11,
    "a@b.c",
    "a@b.1é",
    "a\n",
    "abc!\n",
    "good",
    "Good",
    "Größe",
]
_TEXTS += [
    "Gro\u0308ße",
    "x" * 200,
    "x" * 201,
    "é" * 2048,
    "x" * 2049,
    "\ufffd",
    "\u00a0@x.1",
    "0123ABCD",
    "01234567\n",
]
_TEXTS += [
    "page_view",
    "PAGE_VIEW",
    " fr",
    "fr",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "0F8FAD5B-D9CB-469F-A165-70867728950E",
]

_BOOLEANS = ["true", "false", "TRUE", "t", "1", "yes", " true"]
_NUMBERS = [*_WHOLE, *_FRACTIONS]


def edge_token(column: dict[str, Any], chance: random.Random) -> str:
    """Returns a token that is on the edge of what a column takes."""
    kind = column["type"]
    pools = {"string": _TEXTS, "date": _MOMENTS, "timestamp": _MOMENTS, "boolean": _BOOLEANS}
    text = chance.choice(pools[kind]) if kind in pools else _edge_number(chance)
    if kind in ("string", "date", "timestamp") or chance.random() < 0.5:
        return json.dumps(text, ensure_ascii=chance.random() < 0.5)
    return text


def _edge_number(chance: random.Random) -> str:
    kind = chance.randrange(8)
    if kind == 0:
        return repr(chance.random() * 10 ** chance.randrange(-20, 20))
    if kind == 1:
        return f"{chance.randrange(1, 10**17)}e{chance.randrange(-320, 300)}"
    return chance.choice(_NUMBERS)

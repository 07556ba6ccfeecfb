"""Events of `every_kind` on which the endpoint's validator has differed from the jobs, or nearly so."""

from __future__ import annotations

_GOOD = '"id":"0123abcd","both":true,"address":{"city":"Gent","post code":9000}'

KNOWN_CASES = [
    # Java's parser knows -INF and +INF, but the jobs' marks around Infinity leave a lone plus sign.
    f'{{{_GOOD},"Name":+Infinity}}',
    f'{{{_GOOD},"Name":+INF}}',
    f'{{{_GOOD},"anything":-INF}}',
    f'{{{_GOOD},"anything":-NaN}}',
    # Too small for a double: read as 0, which has no digits to compare.
    f'{{{_GOOD},"measure":1e-400}}',
    # Java 17 does not always write the fewest digits.
    f'{{{_GOOD},"measure":2.0E-3}}',
    f'{{{_GOOD},"measure":4.9E-324}}',
    f'{{{_GOOD},"measure":5e-324}}',
    f'{{{_GOOD},"measure":2.2250738585072014E-308}}',
    # Java writes decimals of a large scale with an exponent, and reads what it writes.
    f'{{{_GOOD},"tiny":1E-8}}',
    f'{{{_GOOD},"tiny":0E-8}}',
    f'{{{_GOOD},"tiny":-0E-8}}',
    f'{{{_GOOD},"tiny":1.0E-8}}',
]

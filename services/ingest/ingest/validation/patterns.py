"""Compiles a contract's regular expressions so that they match in Python what they match in Java."""

from __future__ import annotations

import re
import warnings

from ingest.validation.compiled import ContractError

_ESCAPE = r"\\[dDwWsStnrf]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^A-Za-z0-9]"

#: What is the same in both: no flags, names, references, Unicode classes, word boundaries or nested classes.
_SAME = re.compile(
    rf"(?:{_ESCAPE}"
    rf"|\[\^?(?:{_ESCAPE}|[^\\\[\]&]|&(?!&))+\]"
    r"|\((?!\?)|\(\?(?::|=|!|<=|<!)|\)"
    r"|[*+?][?+]?|\{[0-9]+(?:,[0-9]*)?\}[?+]?"
    r"|[^\\\[\](){}*+?])*"
)


def compile_pattern(code: str, pattern: str) -> re.Pattern[str]:
    """Compile the pattern of the rule `code`, to be searched for.

    Raises ContractError when Python cannot be sure to match what Java matches.
    """
    same = _SAME.match(pattern)
    length = same.end() if same else 0
    if length < len(pattern):
        raise ContractError(
            f"contract rule {code}: the pattern {pattern!r} has {pattern[length : length + 10]!r}, which "
            "Java and Python may match differently; use literals, classes, groups, quantifiers, \\d, \\w, \\s"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # As Java: \d, \w and \s are ASCII, and only a line feed ends a line for `$`.
            return re.compile(pattern, re.ASCII)
    except (re.error, Warning) as error:
        raise ContractError(
            f"contract rule {code}: the pattern {pattern!r} does not compile in Python: {error}; rewrite it"
        ) from None

"""Marks the numbers and the texts in a line of JSON, so that a parser gives both back as they are written.

Spark's parser gives every number with a fraction back as a double writes it: `1.10` as 1.1, `1e400` as
Infinity. Between quotation marks it leaves them alone.
"""

from __future__ import annotations

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

#: Characters that no text has, as they are not for interchange (The Unicode Standard, 23.7, "Noncharacters").
#: The first stands before a number, the second behind it, the third behind a text; the last names the end of
#: a line.
_NUMBER, _CLOSED, _TEXT, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"

#: Strings and numbers, by the grammar of RFC 8259, sections 6 and 7, and what Python writes for what is no
#: number. Possessive: nothing is tried twice, so a long line takes no longer for each character.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_VALUE = r"(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|NaN|Infinity"
_TOKEN = rf"(?s)({_STRING})(\s*+:)?+|(-?(?:{_VALUE})(?=\s*+(?:[,\]}}]|$)))"

#: Those characters, as they are or escaped, and half of a pair of surrogates, which is no text in UTF-8.
_HIGH, _LOW = r"u[dD][89abAB][0-9a-fA-F]{2}", r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_MARKS = f"[{_NUMBER}-{END}]"
_ESCAPED = rf"(?<!\\)(?:\\\\)*+\\(?:u[fF][dD][dD][0-3]|{_HIGH}(?!\\{_LOW})|(?<!\\{_HIGH}\\){_LOW})"

#: What is JSON and nothing else (Spark 3.5.4 documentation, "JSON Files", Data Source Option).
OPTIONS = {"allowSingleQuotes": "false"}

#: Kinds of values. An object without fields is one of its own, as it has nothing below it.
NUMBER, TEXT, OBJECT, EMPTY, OTHER, NULL = "number", "text", "object", "empty object", "other", "null"


def is_markable(line: Expression) -> Expression:
    """Whether a line has none of the characters that marks are made of, and text alone in its strings."""
    return ~line.rlike(_MARKS) & (~line.contains("\\u") | ~line.rlike(_ESCAPED))


def marked(line: Expression, texts: bool = False) -> Expression:
    """The line with every number in quotation marks behind a mark; with `texts`, one ends every text, too."""
    found = F.regexp_replace(line, _TOKEN, f"$1$2{_NUMBER}$3{_CLOSED}")
    if texts:
        found = _replaced(found, f'"{_NUMBER}{_CLOSED}', f'{_TEXT}"')
    found = _replaced(found, _NUMBER + _CLOSED, "")
    return _replaced(_replaced(found, _NUMBER, f'"{_NUMBER}'), _CLOSED, '"')


def unmarked(text: Expression) -> Expression:
    """A value of a line that was marked, without marks: numbers in lists and objects are numbers again."""
    plain = F.regexp_replace(text, f'^{_NUMBER}|"{_NUMBER}([^"]*)"', "$1")
    return F.when(text.contains(_NUMBER), plain).otherwise(text)


def kind_of(text: Expression) -> Expression:
    """What a value of a line is that was marked with its texts."""
    return (
        F.when(text.isNull(), F.lit(NULL))
        .when(text.startswith(_NUMBER), F.lit(NUMBER))
        .when(text.endswith(_TEXT), F.lit(TEXT))
        .when(text == "{}", F.lit(EMPTY))
        .when(text.startswith("{"), F.lit(OBJECT))
        .otherwise(F.lit(OTHER))
    )


def _replaced(text: Expression, what: str, by: str) -> Expression:
    return F.replace(text, F.lit(what), F.lit(by))

"""What a reader made of the columns of the corpus, against what the labels call right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from corpus.derivations import read_time
from corpus.tables import Label, Table

RIGHT, MODEST, WRONG = "right", "modest", "silently wrong"

#: Where numbers have other characters than a point: those of groups, and that of the fraction.
NUMBER_FORMATS = {
    "1234,56": ("", ","),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
    "1,234.56": (",", "."),
}

_TRUE = frozenset({"true", "t", "yes", "y", "1", "ja"})


@dataclass(frozen=True)
class Found:
    """A column as a reader has it: class of its type, its values, and whether the reader says more of it."""

    kind: str
    values: Sequence[Any]
    has_note: bool = False


@dataclass(frozen=True)
class Score:
    """The verdict on one labelled column."""

    label: Label
    verdict: str
    kind: str


def score(table: Table, found: Callable[[int], Found] | None) -> list[Score]:
    """Judge all labelled columns of a table; `found` is None where the reader refused the file."""
    return [
        Score(label, *_judge(label, table.texts(place), found(place) if found else None))
        for place, label in table.labels.items()
    ]


def kind_of(spark_type: str) -> str:
    """The class of a type of Spark or DuckDB."""
    name = spark_type.lower()
    if name.startswith("decimal"):
        return "integer" if name.endswith(",0)") else "number"
    for kind, prefixes in {
        "integer": ("tinyint", "smallint", "int", "bigint", "hugeint", "ubigint"),
        "number": ("double", "float"),
        "string": ("string", "varchar"),
    }.items():
        if name.startswith(prefixes):
            return kind
    return "timestamp" if name.startswith("timestamp") else name


def _judge(label: Label, texts: Sequence[str], found: Found | None) -> tuple[str, str]:
    """The verdict, and the class that was found.

    A number that gives the texts of another kind back is modest if the reader says so, and a text always is.
    """
    if found is None:
        return RIGHT if "refused" in label.right else MODEST, "refused"
    values = [_comparable(value) for value in found.values]
    if found.kind in label.right or (found.kind == "integer" and "number" in label.right):
        return RIGHT if _same(values, label, texts, found.kind) else WRONG, found.kind
    if found.kind == "string":
        return MODEST if _same(values, label, texts, "string") else WRONG, found.kind
    if found.kind in ("integer", "number") and found.has_note:
        kept = _same([None if value is None else f"{value:f}" for value in values], label, texts, "string")
        return MODEST if kept else WRONG, found.kind
    return WRONG, found.kind


def _same(values: Sequence[Any], label: Label, texts: Sequence[str], kind: str) -> bool:
    """Whether values are those of the label, in any order: files may be read in pieces.

    A text that means that there is no value may stay what it is in a column of texts.
    """
    wanted = [expected(label, texts, kind)]
    if kind == "string":
        wanted.append([text or None for text in texts])
    return Counter(values) in [Counter(each) for each in wanted]


def expected(label: Label, texts: Sequence[str], kind: str) -> list[Any]:
    """The values that a column of a class has."""
    read: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": lambda text: _number(label, text),
        "number": lambda text: _number(label, text),
        "boolean": lambda text: text.lower() in _TRUE,
        "date": lambda text: read_time(text.title(), label.format).date(),
        "timestamp": lambda text: read_time(text, label.format),
    }
    return [None if text in ("", label.missing) else read[kind](text) for text in texts]


def _number(label: Label, text: str) -> Decimal:
    group, point = NUMBER_FORMATS.get(label.format, ("", "."))
    return Decimal(text.strip().replace(group, "").replace(point, ".")).normalize()


def _comparable(value: Any) -> Any:
    """A value as `expected` has it; a double is the number that it is written as."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, date, datetime)):
        return value
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number.normalize() if number.is_finite() else repr(value)

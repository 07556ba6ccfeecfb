"""Quarantined rows by reason: how many, and two of them as an example, without anything personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from etl.model import Column, Contract
from etl.model.layout import REASONS_COLUMN, SOURCE_FILE_COLUMN

#: Characters of a text that an example shows, at most.
LONGEST = 60


@dataclass(frozen=True)
class Quarantined:
    """Rows by reason code, and examples by the same."""

    counts: Mapping[str, int]
    examples: Mapping[str, list[dict[str, Any]]]


def count_reasons(quarantine: DataFrame, contract: Contract) -> DataFrame:
    """`code, rows, first, last`: two rows of each, by file and key, so that a repeated run shows the same.

    Of a row only its file, its key and the text that breaks the rule are looked at; a column that is personal
    by the contract is not even read, and neither is the line of a row that could not be cut.
    """
    shown = [column for column in contract.raw_columns if not column.personal]
    keys = [F.col(column.name) for column in shown if column.name in contract.key]
    texts = quarantine.select(
        REASONS_COLUMN,
        SOURCE_FILE_COLUMN,
        _array(keys).alias("keys"),
        _array([F.col(c.name) for c in shown]).alias("texts"),
    )
    each = texts.select(F.explode(REASONS_COLUMN).alias("code"), SOURCE_FILE_COLUMN, "keys", "texts")
    broken = F.struct(SOURCE_FILE_COLUMN, "keys", F.get("texts", _place("code", shown)).alias("text"))
    return each.groupBy("code").agg(
        F.count(F.lit(1)).alias("rows"), F.min(broken).alias("first"), F.max(broken).alias("last")
    )


def told(counted: list[Row], contract: Contract) -> Quarantined:
    """What `count_reasons` found, as the results of a run say it."""
    rows = {row["code"]: row for row in counted}
    return Quarantined(
        {code: row["rows"] for code, row in rows.items()},
        {code: _examples(code, row, contract) for code, row in rows.items()},
    )


def shape(text: str) -> str:
    """A text of which only the form is left: `a` for a letter, `A` for a capital, `0` for a digit."""
    return "".join("0" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in text)


def _array(columns: list[Expression]) -> Expression:
    return F.array(*columns).cast("array<string>")


def _place(code: str, columns: list[Column]) -> Expression:
    """Where in the array of texts the text of a code's column is; NULL where it is not there."""
    places = [
        part
        for number, column in enumerate(columns)
        for rule in column.rules
        for part in (F.lit(rule.id), F.lit(number))
    ]
    return F.create_map(*places)[F.col(code)] if places else F.lit(None).cast("int")


def _examples(code: str, row: Row, contract: Contract) -> list[dict[str, Any]]:
    ends = [row["first"]] if row["first"] == row["last"] else [row["first"], row["last"]]
    return [_example(code, end, contract) for end in ends]


def _example(code: str, end: Row, contract: Contract) -> dict[str, Any]:
    keys = [c for c in contract.raw_columns if c.name in contract.key and not c.personal]
    values = {column.name: _known(column, text, contract) for column, text in zip(keys, end["keys"])}
    (broken,) = [c for c in contract.raw_columns for rule in c.rules if rule.id == code] or (None,)
    if broken is not None and not broken.personal and broken not in keys:
        values[broken.name] = _anything(end["text"], contract)
    # A line that could not be cut has no columns.
    shown = {} if code == contract.malformed.id else values
    return {"file": end[SOURCE_FILE_COLUMN], "values": shown}


def _known(column: Column, text: str | None, contract: Contract) -> str | None:
    """The text of a key, which names the row; a number is one, whoever the row is about."""
    is_number = text is not None and "int" in column.type and text.lstrip("-").isdigit()
    return text if is_number else _anything(text, contract)


def _anything(text: str | None, contract: Contract) -> str | None:
    """A text that breaks a rule may be anything, a name from the next column too, where there are any."""
    if text is None:
        return None
    masked = shape(text) if any(column.personal for column in contract.columns) else text
    return masked if len(masked) <= LONGEST else f"{masked[:LONGEST]}…"

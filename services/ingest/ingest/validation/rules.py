"""Compiles a contract's rules into functions: the counterpart of etl/rules/checks.py."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from ingest.validation.compiled import SET_RULES, Column, ContractError, Rule
from ingest.validation.json_text import REPLACEMENT
from ingest.validation.moments import DATE_FORMAT, TIMESTAMP_FORMAT, date_reader, moment_reader
from ingest.validation.numbers import INTEGER_TYPES, decimal_reader, integer_reader, read_double
from ingest.validation.patterns import compile_pattern

Read = Callable[[str], Any]


@dataclass(frozen=True)
class Arrival:
    """When an event arrives, in UTC. The jobs take the broker's time, the endpoint its own."""

    moment: datetime

    @property
    def next_day(self) -> datetime:
        """The end of the day of the arrival."""
        return datetime.combine(self.moment.date() + timedelta(days=1), time())


#: Whether a value breaks a rule.
Breaks = Callable[[Any, Arrival], bool]

_OUTSIDE: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": operator.lt,
    "maximum": operator.gt,
    "exclusive_minimum": operator.le,
    "exclusive_maximum": operator.ge,
}


def reader(column: Column) -> Read | None:
    """Returns what reads a text as a value of the column, or as None; None for texts, which are values.

    Raises ContractError for a type, or a form of numbers, that events cannot have.
    """
    if column.type == "string":
        return None
    if column.type in ("date", "timestamp"):
        return _moments(column)(column.format or _standard(column))
    if column.format is not None:
        raise ContractError(
            f"contract column {column.name}: numbers in JSON have a point; remove its numberFormat"
        )
    return _plain_reader(column)


def breaks(rule: Rule, column: Column) -> Breaks | None:
    """Returns what says whether a value breaks a rule; None for `type`, `required` and set rules.

    Raises ContractError for a kind of rule that is unknown here: a rule is never skipped.
    """
    if rule.kind in ("type", "required") or rule.kind in SET_RULES:
        return None
    if rule.kind not in _COMPILERS:
        known = ", ".join(["type", "required", *sorted({*_COMPILERS, *SET_RULES})])
        raise ContractError(
            f"contract rule {rule.code}: kind {rule.kind!r} is unknown to this endpoint; it knows {known}"
        )
    return _COMPILERS[rule.kind](rule, column)


def _standard(column: Column) -> str:
    return DATE_FORMAT if column.type == "date" else TIMESTAMP_FORMAT


def _moments(column: Column) -> Callable[[str], Read]:
    return date_reader if column.type == "date" else moment_reader


def _plain_reader(column: Column) -> Read:
    if column.type in INTEGER_TYPES:
        return integer_reader(column.type)
    if column.type.startswith("decimal"):
        return decimal_reader(column.type)
    if column.type == "double":
        return read_double
    if column.type == "boolean":
        return {"true": True, "false": False}.get
    raise ContractError(f"contract column {column.name}: the type {column.type} is unknown to this endpoint")


def _constant(rule: Rule, column: Column, text: str) -> Any:
    """A bound or a listed value, which the jobs cast to the column's type."""
    if column.type == "string":
        return text
    if column.type in ("date", "timestamp"):
        value = _moments(column)(_standard(column))(text)
    elif column.type == "double":
        value = float(text)
    elif column.type.startswith("decimal"):
        value = Decimal(text)
    else:
        value = _plain_reader(column)(text)
    if value is None:
        raise ContractError(f"contract rule {rule.code}: {text!r} is not a value of {column.type}")
    return value


def _range(rule: Rule, column: Column) -> Breaks:
    bounds = [(_OUTSIDE[name], _constant(rule, column, text)) for name, text in rule.params.items()]
    return lambda value, _: any(outside(value, bound) for outside, bound in bounds)


def _length(rule: Rule, _: Column) -> Breaks:
    shortest, longest = rule.params.get("minimum", 0), rule.params.get("maximum")
    return lambda value, _: len(value) < shortest or (longest is not None and len(value) > longest)


def _pattern(rule: Rule, _: Column) -> Breaks:
    search = compile_pattern(rule.code, rule.params["pattern"]).search
    return lambda value, _: search(value) is None


def _allowed(rule: Rule, column: Column) -> Breaks:
    values = frozenset(_constant(rule, column, text) for text in rule.params["values"])
    return lambda value, _: value not in values


def _encoding(_: Rule, __: Column) -> Breaks:
    return lambda value, _: REPLACEMENT in value


def _future(_: Rule, __: Column) -> Breaks:
    return lambda value, arrival: _at(value) >= arrival.next_day


def _late(rule: Rule, _: Column) -> Breaks:
    allowed = timedelta(seconds=rule.params["seconds"])
    return lambda value, arrival: _at(value) < arrival.moment - allowed


def _at(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


_COMPILERS: Mapping[str, Callable[[Rule, Column], Breaks]] = {
    "range": _range,
    "length": _length,
    "pattern": _pattern,
    "allowed": _allowed,
    "encoding": _encoding,
    "future": _future,
    "late": _late,
}

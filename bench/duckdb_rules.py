"""A contract's rules as DuckDB SQL: the same verdict on every row as the jobs', by another engine."""

from __future__ import annotations

from typing import Any

Contract = dict[str, Any]
Column = dict[str, Any]

BOUNDS = {"minimum": "<", "maximum": ">", "exclusive_minimum": "<=", "exclusive_maximum": ">="}


def text(column: Column) -> str:
    """Name of a column's raw text."""
    return f"text_{column['name']}"


def cast(column: Column) -> str:
    """What DuckDB makes of the text: NULL when it cannot, and more than the contract allows when it can."""
    return text(column) if column["type"] == "string" else f"try_cast({text(column)} as {column['type']})"


def typed(column: Column, value: str) -> str:
    """The value, of what was cast: NULL unless the text is a plain form of the type.

    Most texts are what the value is written as; only the others are matched with a pattern.
    """
    raw, of = text(column), column["type"]
    if of == "string":
        return f"nullif({value}, '')"
    form = "-"
    if of in ("int", "bigint"):
        form = "[+-]?[0-9]+"
    elif of.startswith("decimal"):
        precision, scale = (int(number) for number in of[8:-1].split(","))
        form = f"[+-]?0*[0-9]{{1,{precision - scale}}}([.][0-9]{{1,{scale}}}0*)?"
    return (
        f"case when cast({value} as varchar) = {raw} or regexp_full_match({raw}, '{form}') then {value} end"
    )


def reasons(contract: Contract, run_date: str) -> str:
    """List of every reason against a row whose texts, values and `missing_<column>` are at hand."""
    codes = [
        f"case when {_broken(rule, column, run_date)} then '{rule['id']}' end"
        for column in contract["columns"]
        for rule in column["rules"]
        if rule["kind"] != "unique"
    ]
    cut = f"{text(contract['columns'][-1])} is null"
    found = f"list_filter([{', '.join(codes)}], lambda code: code is not null)"
    return f"case when {cut} then ['row.malformed'] else {found} end"


def _broken(rule: dict[str, Any], column: Column, run_date: str) -> str:
    value, raw, given = column["name"], text(column), rule["params"]
    conditions = {
        "type": lambda: f"{raw} <> '' and {value} is null",
        "required": lambda: f"{raw} = ''",
        "range": lambda: _outside(value, {n: f"'{bound}'::{column['type']}" for n, bound in given.items()}),
        "length": lambda: _outside(f"length({value})", given),
        "pattern": lambda: f"not regexp_matches({value}, '{given['pattern']}')",
        "encoding": lambda: f"contains({value}, chr(65533))",
        "allowed": lambda: f"{value} not in ({', '.join(repr(allowed) for allowed in given['values'])})",
        "future": lambda: f"{value} >= date '{run_date}' + interval 1 day",
        "reference": lambda: f"{value} is not null and missing_{value}",
    }
    return conditions[rule["kind"]]()


def _outside(value: str, bounds: dict[str, Any]) -> str:
    return " or ".join(f"{value} {BOUNDS[name]} {bound}" for name, bound in bounds.items())

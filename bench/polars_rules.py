"""A contract's rules as Polars expressions: the same verdict on every row as the jobs', by a third engine."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

import polars as pl
from duckdb_rules import Column, Contract, text

OUTSIDE = {
    "minimum": lambda value, bound: value < bound,
    "maximum": lambda value, bound: value > bound,
    "exclusive_minimum": lambda value, bound: value <= bound,
    "exclusive_maximum": lambda value, bound: value >= bound,
}
WHOLE = {"smallint": pl.Int16, "int": pl.Int32, "bigint": pl.Int64}
FORMATS = {"date": ("%Y-%m-%d", 10, pl.Date), "timestamp": ("%Y-%m-%d %H:%M:%S", 19, pl.Datetime("us"))}


def typed(column: Column) -> pl.Expr:
    """The value: NULL unless the text is a plain form of the type."""
    raw, of = pl.col(text(column)), column["type"]
    if of == "string":
        return pl.when(raw != "").then(raw)
    if of == "boolean":
        return pl.when(raw.is_in(["true", "false"])).then(raw == "true")
    if of in FORMATS:
        form, length, kind = FORMATS[of]
        return pl.when(raw.str.len_bytes() == length).then(raw.str.strptime(kind, form, strict=False))
    if of in WHOLE:
        return raw.cast(WHOLE[of], strict=False)
    precision, scale = (int(number) for number in re.findall(r"\d+", of))
    form = f"^[+-]?0*[0-9]{{1,{precision - scale}}}([.][0-9]{{1,{scale}}}0*)?$"
    return pl.when(raw.str.contains(form)).then(raw).cast(pl.Decimal(precision, scale), strict=False)


def broken(contract: Contract, run_date: str) -> dict[str, pl.Expr]:
    """Whether a row breaks a rule, by reason; its texts, values and `missing_<column>` are at hand."""
    whole = pl.col(text(contract["columns"][-1])).is_not_null()
    reasons = {"row.malformed": ~whole}
    for column in contract["columns"]:
        for rule in column["rules"]:
            if rule["kind"] != "unique":
                reasons[rule["id"]] = (whole & _breaks(rule, column, run_date)).fill_null(False)
    return reasons


def _breaks(rule: dict[str, Any], column: Column, run_date: str) -> pl.Expr:
    value, raw, given = pl.col(column["name"]), pl.col(text(column)), rule["params"]
    next_day = datetime.fromisoformat(run_date) + timedelta(days=1)
    conditions = {
        "type": lambda: (raw != "") & value.is_null(),
        "required": lambda: raw == "",
        "range": lambda: _outside(value, {name: _bound(column, bound) for name, bound in given.items()}),
        "length": lambda: _outside(value.str.len_chars(), given),
        "pattern": lambda: ~value.str.contains(given["pattern"]),
        "encoding": lambda: value.str.contains("\ufffd", literal=True),
        "allowed": lambda: ~value.is_in(given["values"]),
        "future": lambda: value >= (next_day.date() if column["type"] == "date" else next_day),
        "reference": lambda: value.is_not_null() & pl.col(f"missing_{column['name']}"),
    }
    return conditions[rule["kind"]]()


def _outside(value: pl.Expr, bounds: dict[str, Any]) -> pl.Expr:
    return reduce(or_, [OUTSIDE[name](value, bound) for name, bound in bounds.items()])


def _bound(column: Column, bound: str) -> Any:
    if column["type"] == "date":
        return date.fromisoformat(bound)
    if column["type"] == "timestamp":
        return datetime.fromisoformat(bound)
    return int(bound) if column["type"] in WHOLE else pl.lit(bound).cast(pl.Decimal(18, 2))

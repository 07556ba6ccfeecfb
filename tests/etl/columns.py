"""Contracts of a column or two, for tests of one rule at a time."""

from __future__ import annotations

from typing import Any

from pyspark.sql import Column as Expression

from etl.model import Column, Contract, Rule
from etl.rules.casts import canonical, cast, readable

FORMATS = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}


def rule(of: str, kind: str, threshold: float = 0.1, **params: Any) -> Rule:
    """A rule of a column, of severity error."""
    return Rule(f"{of}.{kind}", kind, params, "error", "conformity", threshold)


def column(name: str, spark_type: str, *rules: Rule, form: str | None = None) -> Column:
    """A column that is nullable unless a rule says `required`."""
    required = any(each.kind == "required" for each in rules)
    return Column(name, name, spark_type, not required, form or FORMATS.get(spark_type), False, tuple(rules))


def contract(*columns: Column, **parts: Any) -> Contract:
    """A contract named `things`; its key is `id` and its version `at`."""
    return Contract(
        **{
            "name": "things",
            "version": "1.0.0",
            "columns": columns,
            "key": ("id",),
            "version_column": "at",
            "partition_by": None,
            "freshness": None,
            "volume": None,
            **parts,
        }
    )


def things(*more: Column, **parts: Any) -> Contract:
    """`things` with `id` and `at`, and more columns between them."""
    return contract(
        column("id", "bigint", rule("id", "type"), rule("id", "required"), rule("id", "unique")),
        *more,
        column("at", "timestamp", rule("at", "type"), rule("at", "required")),
        **parts,
    )


def accepted(of: Column, text: Expression) -> Expression:
    """Whether a text can be read."""
    value = cast(of, text)
    return readable(of, text, value, canonical(of, text, value))

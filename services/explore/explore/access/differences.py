"""Rewrites statements for which DuckDB has other values than Athena, or refuses them."""

from __future__ import annotations

from sqlglot import exp

from explore.access.statement import DIALECT, Statement
from explore.errors import ExploreError

#: What the error of a division by zero is recognized by; DuckDB itself answers with NULL.
BY_ZERO = "Division by zero"

_DIVIDE, _MODULO = "athena_divide", "athena_modulo"

# Integers and decimals fail in Athena, doubles are Infinity or NaN (Trino documentation, "Mathematical
# functions and operators"). A cast that fails is the error, since TRY accepts no function `error`.
_MACRO = """
CREATE MACRO {name}(a, b) AS CASE
    WHEN b = 0 AND a IS NOT NULL THEN cast_to_type(
        CASE
            WHEN typeof(a) NOT IN ('DOUBLE', 'FLOAT') AND typeof(b) NOT IN ('DOUBLE', 'FLOAT')
                THEN '{by_zero}'
            WHEN {is_nan} THEN 'nan'
            WHEN starts_with(CAST(a AS VARCHAR), '-') THEN '-inf'
            ELSE 'inf'
        END, a {operator} b)
    ELSE a {operator} b
END"""

#: Statements that a connection runs before those which `for_duckdb` returns.
MACROS = (
    _MACRO.format(
        name=_DIVIDE,
        operator="/",
        by_zero=BY_ZERO,
        is_nan="CAST(a AS VARCHAR) IN ('0', '-0', '0.0', '-0.0', 'nan')",
    ),
    _MACRO.format(name=_MODULO, operator="%", by_zero=BY_ZERO, is_nan="true"),
)


def for_duckdb(statement: Statement) -> Statement:
    """Return a statement whose values are Athena's. Raises ExploreError for what DuckDB cannot answer."""
    tree = statement.tree.copy()
    for limit in tree.find_all(exp.Fetch, exp.Limit):
        options = limit.args.get("limit_options")
        if options is not None and (options.args.get("with_ties") or options.args.get("percent")):
            raise ExploreError(
                f"{limit.sql(dialect=DIALECT).strip()}: on a laptop only a number of rows can be asked for",
                "write LIMIT <rows>, or rank() OVER (ORDER BY …) in a subquery and a WHERE on it for ties",
            )
    changed = tree.transform(_for_duckdb)
    assert isinstance(changed, exp.Query)
    return Statement(changed)


def _for_duckdb(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Div | exp.Mod):
        name = _DIVIDE if isinstance(node, exp.Div) else _MODULO
        return exp.Anonymous(this=name, expressions=[node.this, node.expression])
    # Sunday is 7 in Athena, and 0 in DuckDB.
    if isinstance(node, exp.Extract) and node.name.upper() in ("DOW", "DAY_OF_WEEK", "DAYOFWEEK"):
        node.set("this", exp.var("ISODOW"))
    return node

"""Types of results that all engines share, and their names in Athena."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_MOMENT = pa.timestamp("us", tz="UTC")

#: Arrow's types as Athena calls them (Amazon Athena User Guide, "Data types in Amazon Athena").
_NAMES = {
    pa.bool_(): "boolean",
    pa.int8(): "tinyint",
    pa.int16(): "smallint",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float32(): "real",
    pa.float64(): "double",
    pa.string(): "varchar",
    pa.binary(): "varbinary",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp(6)",
    _MOMENT: "timestamp(6) with time zone",
}


def align(table: pa.Table) -> pa.Table:
    """Return a table in the shared types: one width of text, microseconds, moments in UTC."""
    for position, field in enumerate(table.schema):
        wanted = _aligned(field.type)
        if wanted != field.type:
            table = table.set_column(position, field.name, table.column(position).cast(wanted))
    return table


def from_athena(table: pa.Table, description: Any) -> pa.Table:
    """Return what PyAthena read of Athena's CSV in the types that Athena says of each column.

    PyAthena leaves decimals and moments as text; `description` is that of its cursor (PEP 249).
    """
    for position, (name, kind, _, _, precision, scale, _) in enumerate(description):
        column = table.column(position)
        if kind == "decimal":
            column = column.cast(pa.decimal128(precision, scale))
        elif kind == "timestamp with time zone":
            moments = pc.replace_substring_regex(column, pattern=" UTC$", replacement="")
            column = moments.cast(pa.timestamp("us")).cast(_MOMENT)
        else:
            continue
        table = table.set_column(position, name, column)
    return align(table)


def type_name(kind: pa.DataType) -> str:
    """Return the name of a type in Athena."""
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_list(kind):
        return f"array({type_name(kind.value_type)})"
    return _NAMES.get(kind, str(kind))


def _aligned(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_large_binary(kind):
        return pa.binary()
    if pa.types.is_timestamp(kind):
        return _MOMENT if kind.tz else pa.timestamp("us")
    if pa.types.is_unsigned_integer(kind):
        return pa.int64()
    return kind

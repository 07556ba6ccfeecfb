"""Types of results that all engines share, and their names in Athena."""

from __future__ import annotations

import pyarrow as pa

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

#: Names without digits of a second, which Athena's interface leaves out.
_BY_NAME = {
    **{name: kind for kind, name in _NAMES.items()},
    "float": pa.float32(),
    "timestamp": pa.timestamp("us"),
    "timestamp with time zone": _MOMENT,
}


def align(table: pa.Table) -> pa.Table:
    """Return a table in the shared types: one width of text, microseconds, moments in UTC."""
    for position, field in enumerate(table.schema):
        wanted = _aligned(field.type)
        if wanted != field.type:
            table = table.set_column(position, field.name, table.column(position).cast(wanted))
    return table


def type_of(name: str, precision: int, scale: int) -> pa.DataType:
    """Return the type of a column by Athena's name for it; nested ones are text, as JSON."""
    if name == "decimal":
        return pa.decimal128(precision, scale)
    return _BY_NAME.get(name, pa.string())


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

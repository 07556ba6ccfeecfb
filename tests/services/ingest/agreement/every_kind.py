"""A compiled contract with every type, kind of rule and form of dates, nested fields and missing values."""

from __future__ import annotations

from typing import Any

Column = dict[str, Any]


def every_kind() -> dict[str, Any]:
    """Returns the contract as `./platform contract compile` would write it."""
    columns = [*_texts(), *_numbers(), *_moments(), *_nested()]
    return {
        "schema_version": 1,
        "name": "every_kind",
        "version": "1.0.0",
        "description": "Every type, kind of rule and form of dates.",
        "owner": "tests",
        "raw": {"format": "jsonl", "delimiter": ",", "header": True, "encoding": "UTF-8", "multiline": False},
        "columns": columns,
        "key": ["id"],
        "version_column": None,
        "partition_by": None,
        "freshness": None,
        "volume": None,
        "has_files": False,
        "stream": {
            "topic": "every_kind",
            "partitions": 3,
            "retention_hours": 168,
            "event_time": "at",
            "lateness_seconds": None,
            "tie_breaker": "position",
        },
    }


def _column(name: str, kind: str, *rules: tuple[str, Any], **others: Any) -> Column:
    named = [(rule, {}) if isinstance(rule, str) else rule for rule in rules]
    if kind != "string":
        named.insert(0, ("type", {}))
    found = [
        {
            "id": f"{name}.{rule}",
            "kind": rule,
            "params": params,
            "severity": "error",
            "dimension": "conformity",
            "threshold": 0.0,
        }
        for rule, params in named
    ]
    standard = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}.get(kind)
    column = {
        "name": name,
        "physical_name": name,
        "type": kind,
        "nullable": True,
        "format": standard,
        "personal": False,
        "rules": found,
        "description": "",
        "missing_values": [],
        "derived": None,
    }
    return {**column, **others}


def _texts() -> list[Column]:
    return [
        _column("id", "string", ("required", {}), ("pattern", {"pattern": "^[0-9a-f]{8}$"})),
        _column("Name", "string", ("length", {"minimum": 2, "maximum": 10}), ("encoding", {})),
        _column("anything", "string"),
        _column("line", "string", ("pattern", {"pattern": r"^[^@\s]+@\w+[.]\d?.$"})),
        _column("word", "string", ("pattern", {"pattern": r"(?:a|bc)*[^x-z\d]{1,3}\W$"})),
        _column(
            "mood", "string", ("allowed", {"values": ["good", "bad", "Größe"]}), missing_values=["NA", "-"]
        ),
        _column("flag", "boolean", ("allowed", {"values": ["true"]})),
        _column("both", "boolean", ("required", {})),
    ]


def _numbers() -> list[Column]:
    return [
        _column("small", "smallint", ("range", {"exclusive_minimum": "-5", "maximum": "300"})),
        _column("count", "int", ("range", {"minimum": "1"}), missing_values=["0", "-1"]),
        _column("big", "bigint", ("allowed", {"values": ["1", "9223372036854775807"]})),
        _column("whole", "bigint"),
        _column("ratio", "double", ("range", {"minimum": "-0.5", "exclusive_maximum": "1e21"})),
        _column("measure", "double"),
        _column("price", "decimal(12,2)", ("range", {"minimum": "0.01", "maximum": "100000"})),
        _column("tiny", "decimal(10,8)"),
        _column("unit", "decimal(4,4)", ("allowed", {"values": ["0.5", "0.25"]})),
        _column("long", "decimal(38,0)"),
    ]


def _moments() -> list[Column]:
    formats = {
        "at": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
        "packed": "yyyyMMddHHmmss",
        "named": "d MMM yyyy HH:mm",
        "american": "MMMM dd, yyyy HH:mm:ss.S",
        "exact": "yyyy/MM/dd HH:mm:ss.SSSSSSSSS",
    }
    moments = [_column(name, "timestamp", ("future", {}), format=form) for name, form in formats.items()]
    return [
        _column("day", "date", ("range", {"minimum": "2015-01-01"}), ("future", {})),
        _column("moment", "timestamp", ("range", {"minimum": "2015-01-01 00:00:00"})),
        _column("dotted", "date", format="d.M.yyyy"),
        *moments,
    ]


def _nested() -> list[Column]:
    return [
        _column("city", "string", ("required", {}), physical_name="$.address.city"),
        _column("post", "int", ("required", {}), physical_name="$.address['post code']"),
        _column("deep", "bigint", physical_name="$.address.at.x"),
        _column("quoted", "string", physical_name="$['a\\'b']"),
    ]

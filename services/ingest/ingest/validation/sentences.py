"""States each rule as a sentence: column, rule, allowed values; never an event's own values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest.validation.compiled import Column, Rule
from ingest.validation.moments import DATE_FORMAT, TIMESTAMP_FORMAT
from ingest.validation.numbers import INTEGER_TYPES, decimal_shape, integer_bounds

_BOUNDS = {
    "minimum": "at least {}",
    "exclusive_minimum": "more than {}",
    "maximum": "at most {}",
    "exclusive_maximum": "less than {}",
}


def sentence_of(rule: Rule, column: Column) -> str:
    """Returns the sentence of a rule; empty for those that only the stream checks."""
    say = _SENTENCES.get(rule.kind)
    return f"{column.name} {say(rule, column)}." if say else ""


def form_of(column: Column) -> str:
    """Returns how values of a column's type are written."""
    if column.type in INTEGER_TYPES:
        low, high = integer_bounds(column.type)
        return f"a whole number from {low} to {high}, without leading zeros or a plus sign"
    if column.type.startswith("decimal"):
        precision, scale = decimal_shape(column.type)
        return f"a number of at most {precision - scale} digits before the point and {scale} behind it"
    if column.type == "double":
        return "a number that a 64-bit float holds exactly"
    if column.type == "boolean":
        return "true or false"
    standard = DATE_FORMAT if column.type == "date" else TIMESTAMP_FORMAT
    return f"a {column.type} as {column.format or standard}, from the year 1 on"


def _length(rule: Rule, _: Column) -> str:
    return f"must have {_bounds(rule)} characters"


def _range(rule: Rule, _: Column) -> str:
    return f"must be {_bounds(rule)}"


def _bounds(rule: Rule) -> str:
    return " and ".join(say.format(rule.params[name]) for name, say in _BOUNDS.items() if name in rule.params)


def _late(rule: Rule, _: Column) -> str:
    return f"must be at most {_duration(rule.params['seconds'])} older than the event's arrival"


def _duration(seconds: int) -> str:
    """Returns a number of seconds in words: `2 days`, `1 hour and 30 minutes`."""
    parts = []
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count:,} {unit}{'' if count == 1 else 's'}")
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "0 seconds"


_SENTENCES: Mapping[str, Callable[[Rule, Column], str]] = {
    "type": lambda _, column: f"must be {form_of(column)}",
    "required": lambda _, __: "must have a value",
    "range": _range,
    "length": _length,
    "pattern": lambda rule, _: f"must match {rule.params['pattern']}",
    "allowed": lambda rule, _: f"must be one of {', '.join(rule.params['values'])}",
    "encoding": lambda _, __: "must be text in UTF-8, without the replacement character U+FFFD",
    "future": lambda _, __: "must not be after the end of the day of arrival (UTC)",
    "late": _late,
}

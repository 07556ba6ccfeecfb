"""Cuts one event into the texts of a contract's columns: the counterpart of etl/sources/json_lines.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.validation import json_text
from ingest.validation.compiled import Column, ContractError

#: Characters of a field's name that a message shows, and how many names.
_SHOWN, _MOST_NAMES = 60, 5

Texts = list[str | None]


class MalformedError(ValueError):
    """An event does not have the contract's shape. `is_json` says whether it is JSON at all."""

    def __init__(self, message: str, is_json: bool = True) -> None:
        super().__init__(message)
        self.is_json = is_json


@dataclass
class _Fields:
    """The fields of an object that a contract names: leaves with a column's number, and objects."""

    leaves: dict[str, int] = field(default_factory=dict)
    objects: dict[str, _Fields] = field(default_factory=dict)


class Cutter:
    """Cuts events into the texts of a contract's columns, in their order."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Raise ContractError when the path of one column leads into another."""
        self._columns = columns
        self._root = _Fields()
        for number, column in enumerate(columns):
            here = self._root
            for step in column.steps[:-1]:
                here = here.objects.setdefault(step, _Fields())
            here.leaves[column.steps[-1]] = number
        for column in columns:
            self._refuse_two_meanings(column)

    def cut(self, text: str) -> Texts:
        """The texts of one event, a missing one being None.

        Raises MalformedError, and TooDeepError for more levels in a column than the endpoint reads.
        """
        if json_text.has_forbidden(text):
            raise MalformedError("has a noncharacter, or half of a surrogate pair: send text in UTF-8")
        try:
            value = json_text.parse(text)
        except json_text.TooDeepError:
            raise
        except ValueError as error:
            raise MalformedError(f"is not JSON: {error}", is_json=False) from None
        return self.cut_value(value, text)

    def cut_value(self, value: Any, text: str) -> Texts:
        """The same for an event that has been parsed by `json_text.DECODER`."""
        if not isinstance(value, tuple):
            raise MalformedError("is not a JSON object")
        texts: Texts = [None] * len(self._columns)
        self._fill(texts, self._root, value, text)
        return texts

    def _fill(self, texts: Texts, fields: _Fields, pairs: tuple[tuple[str, Any], ...], event: str) -> None:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise MalformedError("has a name twice in one object")
        for name, value in pairs:
            number = fields.leaves.get(name)
            if number is not None:
                texts[number] = value if type(value) is str else self._written(value, number, event)
            elif name not in fields.objects:
                raise _unknown(found, fields)
            elif isinstance(value, tuple):
                self._fill(texts, fields.objects[name], value, event)
            elif value is not None:
                raise MalformedError(f"has a value in {name[:_SHOWN]!r}, where the contract has an object")

    def _written(self, value: Any, number: int, event: str) -> str | None:
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return json_text.compact(event, self._columns[number].steps)

    def _refuse_two_meanings(self, column: Column) -> None:
        here = self._root
        for step in column.steps[:-1]:
            if step in here.leaves:
                raise ContractError(
                    f"contract column {column.name}: its path leads into another column; "
                    "name the object or its fields, not both"
                )
            here = here.objects[step]


def _unknown(found: dict[str, Any], fields: _Fields) -> MalformedError:
    names = sorted(found.keys() - fields.leaves.keys() - fields.objects.keys())
    shown = ", ".join(repr(name[:_SHOWN]) for name in names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    allowed = ", ".join([*fields.leaves, *fields.objects])
    return MalformedError(f"has fields that the contract does not know: {shown}{more}; it knows {allowed}")

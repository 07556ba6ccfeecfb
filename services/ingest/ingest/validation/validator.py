"""Validates events by one contract: the counterpart of etl/rules/judging.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.validation import json_text
from ingest.validation.compiled import MALFORMED, Column, Contract
from ingest.validation.cutting import Cutter, MalformedError, Texts
from ingest.validation.rules import Arrival, Breaks, breaks, reader
from ingest.validation.sentences import sentence_of

#: Between the texts of a key of several columns.
_BETWEEN = "|"


@dataclass(frozen=True)
class Reason:
    """One reason against an event, in the contract's words."""

    code: str
    rule: str
    message: str
    column: str | None = None


@dataclass(frozen=True)
class Verdict:
    """Either a valid event's key, or every reason against it. `is_json` says whether it could be parsed."""

    key: str | None = None
    reasons: tuple[Reason, ...] = ()
    is_json: bool = True

    @property
    def codes(self) -> list[str]:
        """The reason codes, in the order of the contract."""
        return [reason.code for reason in self.reasons]


@dataclass
class _Check:
    """Checks the text of one column."""

    column: Column
    missing: Reason | None
    unreadable: Reason | None
    rules: list[tuple[Breaks, Reason]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.read = reader(self.column)
        self.no_values = self.column.missing_values | {""}


class Validator:
    """Validates events by one contract."""

    def __init__(self, contract: Contract) -> None:
        """Raise ContractError for what the endpoint could not validate as the jobs do."""
        self.contract = contract
        self._cutter = Cutter(contract.columns)
        self._checks = [_check_of(column) for column in contract.columns]
        names = [column.name for column in contract.columns]
        self._key = [names.index(name) for name in contract.key]

    def validate(self, value: bytes, arrival: Arrival) -> Verdict:
        """Validate one event.

        Raises TooDeepError when it is nested deeper than the endpoint reads.
        """
        return self.validate_text(json_text.decode(value), arrival)

    def validate_text(self, text: str, arrival: Arrival) -> Verdict:
        """The same for an event that has been decoded."""
        try:
            texts = self._cutter.cut(text)
        except MalformedError as error:
            return _malformed(error)
        return self._check(texts, arrival)

    def validate_parsed(self, value: Any, text: str, arrival: Arrival) -> Verdict:
        """The same for an event that `json_text.DECODER` has parsed from `text`."""
        if json_text.has_forbidden(text):
            return self.validate_text(text, arrival)
        try:
            texts = self._cutter.cut_value(value, text)
        except MalformedError as error:
            return _malformed(error)
        return self._check(texts, arrival)

    def _check(self, texts: Texts, arrival: Arrival) -> Verdict:
        reasons: list[Reason] = []
        for check, text in zip(self._checks, texts, strict=True):
            if text is None or text in check.no_values:
                if check.missing:
                    reasons.append(check.missing)
                continue
            value: Any = text
            if check.read is not None:
                value = check.read(text)
                if value is None:
                    if check.unreadable:
                        reasons.append(check.unreadable)
                    continue
            for broken, reason in check.rules:
                if broken(value, arrival):
                    reasons.append(reason)
        if reasons:
            return Verdict(reasons=tuple(reasons))
        return Verdict(key=_BETWEEN.join(texts[n] or "" for n in self._key) if self._key else None)


def _check_of(column: Column) -> _Check:
    missing, unreadable = column.rule("required"), column.rule("type")
    check = _Check(
        column,
        Reason(missing.code, "required", sentence_of(missing, column), column.name) if missing else None,
        Reason(unreadable.code, "type", sentence_of(unreadable, column), column.name) if unreadable else None,
    )
    for rule in column.rules:
        compiled = breaks(rule, column)
        if compiled is not None:
            check.rules.append(
                (compiled, Reason(rule.code, rule.kind, sentence_of(rule, column), column.name))
            )
    return check


def _malformed(error: MalformedError) -> Verdict:
    return Verdict(reasons=(Reason(MALFORMED, "malformed", f"The event {error}."),), is_json=error.is_json)

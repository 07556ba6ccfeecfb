"""Judges a run by what its contracts promise. Pure: counts in, verdicts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from etl.model import Contract, Rule


@dataclass(frozen=True)
class Check:
    """One promise and whether it was kept.

    `message` says what is wrong and what is allowed; empty when kept.
    """

    id: str
    dimension: str
    column: str | None
    rule: str
    severity: str
    failed_rows: int | None
    threshold: float | None
    message: str

    @property
    def passed(self) -> bool:
        """Whether the promise was kept."""
        return not self.message

    def as_result(self) -> dict[str, Any]:
        """The check as `results.json` has it."""
        result = {name: value for name, value in vars(self).items() if name != "message"}
        return {**result, "passed": self.passed}


def check_dataset(
    contract: Contract, read: int, reasons: Mapping[str, int], newest: str | None, run_date: date
) -> list[Check]:
    """Every promise of a contract against one batch: its rules in order, then freshness and volume.

    `reasons` counts quarantined rows by code, `newest` is the newest valid version (ISO 8601, UTC). Days are
    those of the run date, never of the clock.
    """
    checks = [_rule(contract, None, contract.malformed, read, reasons)]
    checks += [_rule(contract, c.name, rule, read, reasons) for c in contract.columns for rule in c.rules]
    if contract.freshness is not None:
        fresh = contract.freshness
        message = _freshness(contract, read, newest, run_date)
        checks.append(
            Check(fresh.id, fresh.dimension, fresh.column, "freshness", fresh.severity, None, None, message)
        )
    if contract.volume is not None:
        volume = contract.volume
        message = _volume(contract, read)
        checks.append(
            Check(volume.id, volume.dimension, None, "volume", volume.severity, None, None, message)
        )
    return checks


def check_files(contract: Contract, read: int, refused: int) -> Check:
    """Whether enough files of a batch could be read: a refused file has rows that no other rule counts.

    As many may be refused as lines may be malformed, by the strictest threshold of the contract.
    """
    allowed, listed = contract.malformed.threshold, read + refused
    message = ""
    if refused > allowed * listed:
        message = (
            f"{contract.name}: {refused:,} of {listed:,} files were refused ({refused / listed:.2%}); "
            f"at most {allowed:.2%} may be"
        )
    return Check("files.refused", "coverage", None, "files", "error", None, None, message)


def violations(checks: list[Check]) -> list[str]:
    """What fails the audit: broken promises of severity `error`. A warning is only reported."""
    return [check.message for check in checks if not check.passed and check.severity == "error"]


def _rule(contract: Contract, column: str | None, rule: Rule, read: int, reasons: Mapping[str, int]) -> Check:
    failed = reasons.get(rule.id, 0)
    message = ""
    if failed > rule.threshold * read:
        message = (
            f"{contract.name}: {rule.id} failed in {failed:,} of {read:,} rows ({failed / read:.2%}); "
            f"at most {rule.threshold:.2%} may fail"
        )
    return Check(rule.id, rule.dimension, column, rule.kind, rule.severity, failed, rule.threshold, message)


def _freshness(contract: Contract, read: int, newest: str | None, run_date: date) -> str:
    fresh = contract.freshness
    # Whether a batch may be empty is for the rule of its rows to say, where there is one.
    if fresh is None or (read == 0 and contract.volume is not None):
        return ""
    if newest is None:
        return f"{contract.name}: {fresh.id}: no valid row says how fresh the batch is"
    end = datetime.combine(run_date + timedelta(days=1), time(), timezone.utc)
    age = end - datetime.fromisoformat(newest.replace("Z", "+00:00"))
    allowed = timedelta(seconds=fresh.max_age_seconds)
    if age <= allowed:
        return ""
    return (
        f"{contract.name}: {fresh.id}: the newest row is of {newest}, "
        f"{age} before the end of {run_date}; at most {allowed} is allowed"
    )


def _volume(contract: Contract, read: int) -> str:
    volume = contract.volume
    if volume is None:
        return ""
    were_read = f"{contract.name}: {volume.id}: {read:,} rows were read"
    if volume.minimum is not None and read < volume.minimum:
        return f"{were_read}; at least {volume.minimum:,} are expected"
    if volume.maximum is not None and read > volume.maximum:
        return f"{were_read}; at most {volume.maximum:,} are expected"
    return ""

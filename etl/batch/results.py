"""Puts the results of a run together: the document that `contracts/run-results.schema.json` describes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from etl.batch.accounting import Account
from etl.batch.audit import Check
from etl.batch.run import Run
from etl.model import Contract
from etl.model.layout import RESULTS_VERSION
from etl.storage.lake import utc_now


def dataset_result(contract: Contract, account: Account, checks: list[Check]) -> dict[str, Any]:
    """One dataset: its files, its rows by disposition and reason, its promises."""
    ingested = account.ingested
    return {
        "name": contract.name,
        "contract_version": ingested.contract_version,
        "renamed": _renamed(contract),
        "files": {"read": ingested.files_read, "refused": [dict(refusal) for refusal in ingested.refused]},
        "dispositions": account.dispositions,
        "reasons": [
            {"code": code, "rows": rows, "examples": account.examples(code)}
            for code, rows in account.reasons.items()
        ],
        "checks": [check.as_result() for check in checks],
    }


def _renamed(contract: Contract) -> dict[str, str]:
    """Names in the files that are not those of the table; a column may have none there."""
    return {c.name: c.physical_name or '""' for c in contract.raw_columns if c.physical_name != c.name}


def run_result(
    run: Run, started_at: str, stages: list[dict[str, Any]], violations: list[str]
) -> dict[str, Any]:
    """What is said of the run as a whole."""
    return {
        "schema_version": RESULTS_VERSION,
        "run_id": run.run_id,
        "run_date": run.run_date.isoformat(),
        "release": run.release,
        "started_at": started_at,
        "finished_at": utc_now(),
        "outcome": "rejected" if violations else "published",
        "stages": stages,
        "audit": {"passed": not violations, "violations": violations},
    }


def cell(value: Any) -> Any:
    """A value as JSON has it: decimals as numbers, days and moments (UTC) as ISO text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    return value

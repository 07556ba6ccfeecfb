"""A run's `results.json`, as rows of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from platform_metadata.errors import MetadataError
from platform_metadata.layout import RESULTS_VERSION

Row = dict[str, Any]


class ResultsError(MetadataError):
    """The document is not the results of a run that this release of the store understands."""


@dataclass(frozen=True)
class Records:
    """The rows of one run, by table."""

    run: Row
    dataset_versions: list[Row]
    quality_results: list[Row]


def records_of(results: Mapping[str, Any]) -> Records:
    """Make rows of the results of one run.

    :param results: conform to `contracts/run-results.schema.json`, which their writer ensures.
    :raises ResultsError: another version of the document, or a part of it is missing or of another kind.
    """
    version = results.get("schema_version") if isinstance(results, Mapping) else None
    if version != RESULTS_VERSION:
        raise ResultsError(
            f"schema_version is {version!r}, the store reads {RESULTS_VERSION!r}: "
            f"publish jobs and DAGs of the same source together"
        )
    try:
        return Records(_run(results), _versions(results), _quality(results))
    except KeyError as error:
        raise ResultsError(f"{error.args[0]!r} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ResultsError(str(error)) from error


def _run(results: Mapping[str, Any]) -> Row:
    started, finished = _instant(results["started_at"]), _instant(results["finished_at"])
    return {
        "run_id": results["run_id"],
        "run_date": date.fromisoformat(results["run_date"]),
        "release": results["release"],
        "status": results["outcome"],
        "started_at": started,
        "finished_at": finished,
        "seconds": (finished - started).total_seconds(),
        "violations": list(results["audit"]["violations"]),
    }


def _versions(results: Mapping[str, Any]) -> list[Row]:
    contracts = {dataset["name"]: dataset["contract_version"] for dataset in results["datasets"]}
    return [
        {
            "run_id": results["run_id"],
            "table_name": table["name"],
            "rows": table["rows"],
            "files": table["files"],
            "bytes": table["bytes"],
            "location": table["location"],
            "contract_version": contracts.get(table["name"]),
        }
        for table in results["tables"]
    ]


def _quality(results: Mapping[str, Any]) -> list[Row]:
    return [
        {
            "run_id": results["run_id"],
            "dataset": dataset["name"],
            "contract_version": dataset["contract_version"],
            "files_read": dataset["files"]["read"],
            "refused_files": list(dataset["files"]["refused"]),
            "rows_read": dataset["dispositions"]["read"],
            **{
                name: dataset["dispositions"][name]
                for name in ("inserted", "updated", "superseded", "quarantined")
            },
            "reasons": {reason["code"]: reason["rows"] for reason in dataset["reasons"]},
            "checks": list(dataset["checks"]),
        }
        for dataset in results["datasets"]
    ]


def _instant(text: str) -> datetime:
    # Python before 3.11 reads no Z.
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

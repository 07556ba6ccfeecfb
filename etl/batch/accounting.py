"""What each job tells the next about a dataset.

Files, rows by disposition, reasons. All of it counted from files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.storage.folders import folders_document, parse_folders
from etl.storage.snapshot import Version
from etl.storage.staging import Staged


@dataclass(frozen=True)
class Ingested:
    """A dataset after ingest.

    `reasons` counts quarantined rows by code, `examples` shows some of them by the same; `newest` is the
    newest valid version.
    """

    name: str
    contract_version: str
    files_read: int
    refused: tuple[Mapping[str, str], ...]
    staged: Staged
    quarantined: int
    reasons: Mapping[str, int]
    newest: str | None
    examples: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """The record as JSON."""
        tables = {
            "judged": self.staged.judged,
            "suspects": self.staged.suspects,
            "resolved": self.staged.resolved,
        }
        return {
            **vars(self),
            "refused": [dict(refusal) for refusal in self.refused],
            "staged": folders_document({role: table for role, table in tables.items() if table}),
            "reasons": dict(self.reasons),
        }

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Ingested:
        """Read what `as_document` wrote."""
        tables = parse_folders(document["staged"])
        staged = Staged(tables["judged"], tables.get("suspects"), tables.get("resolved"))
        return Ingested(**{**document, "refused": tuple(document["refused"]), "staged": staged})


@dataclass(frozen=True)
class Curated:
    """A dataset after curate.

    What became of its accepted rows, and the table as this run would publish it. `examples` shows some of the
    quarantined ones by reason.
    """

    name: str
    inserted: int
    updated: int
    superseded: int
    quarantined: int
    table: Version
    examples: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """The record as JSON."""
        return {**vars(self), "table": self.table.as_document()}

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Curated:
        """Read what `as_document` wrote."""
        return Curated(**{**document, "table": Version(document["name"], **document["table"])})


@dataclass(frozen=True)
class Account:
    """A dataset after both: every row read in exactly one disposition."""

    ingested: Ingested
    curated: Curated
    unique_code: str

    @property
    def dispositions(self) -> dict[str, int]:
        """Rows by disposition.

        Raises ArithmeticError when they do not add up: no result is better than a wrong one.
        """
        counts = {
            "read": self.ingested.staged.read,
            "inserted": self.curated.inserted,
            "updated": self.curated.updated,
            "superseded": self.ingested.staged.rows("superseded") + self.curated.superseded,
            "quarantined": self.ingested.quarantined + self.curated.quarantined,
        }
        if counts["read"] != sum(counts.values()) - counts["read"]:
            raise ArithmeticError(f"{self.ingested.name}: rows were lost or counted twice: {counts}")
        return counts

    @property
    def reasons(self) -> dict[str, int]:
        """Quarantined rows by reason code, most rows first."""
        counts = dict(self.ingested.reasons)
        if self.curated.quarantined:
            counts[self.unique_code] = counts.get(self.unique_code, 0) + self.curated.quarantined
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def examples(self, code: str) -> list[dict[str, Any]]:
        """Two quarantined rows at most of a reason; one of either job, where both have some."""
        ingested, curated = (job.examples.get(code, []) for job in (self.ingested, self.curated))
        return [ingested[0], curated[-1]] if ingested and curated else ingested or curated

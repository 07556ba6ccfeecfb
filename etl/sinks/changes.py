"""What to ask of an index so that it holds some documents, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import Row

from etl.sinks.documents import BODY, HASH, ID, VERSION

#: Longest identifier, in bytes. A request with a longer one is refused whole.
#: Source: OpenSearch 2.19, `IndexRequest.validate`.
_LONGEST_ID = 512


@dataclass(frozen=True)
class Refusal:
    """A document that cannot be stored, and why."""

    id: str
    body: str
    reason: str


@dataclass
class Outcome:
    """Counts of the rows of one index: each row is stored, refused, or older than the stored document."""

    rows: int = 0
    written: int = 0
    deleted: int = 0
    unchanged: int = 0
    #: By identifier.
    refused: dict[str, Refusal] = field(default_factory=dict)
    #: Identifiers of documents whose stored version is newer than the table's.
    newer: set[str] = field(default_factory=set)

    @property
    def left(self) -> int:
        """Documents, each sent once, that the server had no room for."""
        return self.rows - self.written - self.unchanged - len(self.refused) - len(self.newer)


#: Returns those of some identifiers that have a row by now.
StillThere = Callable[[Iterable[str]], set[str]]


@dataclass(frozen=True)
class Stored:
    """A document in an index: its digest, its version, and the sequence number of its last change."""

    hash: str
    version: int
    seq_no: int
    primary_term: int


class Changes:
    """The requests that make an index equal to the rows of a table."""

    def __init__(
        self,
        index: str,
        stored: dict[str, Stored],
        outcome: Outcome,
        has_versions: bool,
        still_there: StillThere = lambda _: set(),
    ) -> None:
        """Compare with what an index has; what becomes of rows without a request is put down in `outcome`."""
        self._index = index
        self._stored = stored
        self._outcome = outcome
        self._has_versions = has_versions
        self._still_there = still_there
        self.rows = 0
        self.equal = 0
        #: What was sent and not answered yet, by identifier.
        self.bodies: dict[str, str] = {}

    def of(self, documents: Iterator[Row]) -> Iterator[tuple[dict[str, Any], str | None]]:
        """Yield each action with its document; after the rows those that delete what no row has."""
        for row in documents:
            self.rows += 1
            stored = self._stored.pop(row[ID], None)
            if stored is not None and stored.hash == row[HASH]:
                self.equal += 1
            elif not self._is_settled(row, stored):
                self.bodies[row[ID]] = row[BODY]
                yield {"index": self._versioned(row)}, row[BODY]
        there = self._still_there(self._stored) if self._stored else set()
        for name, stored in self._stored.items():
            if name in there:
                continue
            yield {"delete": {"_index": self._index, "_id": name, **self._place(stored)}}, None

    def _place(self, stored: Stored) -> dict[str, Any]:
        """Return what a document must still be to be deleted: neither newer nor changed.

        A deletion has the version of what it deletes, so that older ones stay refused for the minute in which
        the server remembers it. After that the next comparison decides.
        """
        if self._has_versions:
            return {"version": stored.version, "version_type": "external_gte"}
        return {"if_seq_no": stored.seq_no, "if_primary_term": stored.primary_term}

    def _is_settled(self, row: Row, stored: Stored | None) -> bool:
        """Return whether a row needs no request. The server refuses a whole request for an impossible row."""
        reason = _impossible(row)
        if reason is not None:
            self._outcome.refused[row[ID]] = Refusal(row[ID], row[BODY], reason)
        return row[ID] in self._outcome.refused or (stored is not None and row[ID] in self._outcome.newer)

    def _versioned(self, row: Row) -> dict[str, Any]:
        """The table decides between two documents of one version, of which it has been corrected."""
        action = {"_index": self._index, "_id": row[ID]}
        if not self._has_versions:
            return action
        return {**action, "version": row[VERSION], "version_type": "external_gte"}


def _impossible(row: Row) -> str | None:
    if len(row[ID].encode()) > _LONGEST_ID:
        return f"the key has {len(row[ID].encode())} bytes; an identifier has {_LONGEST_ID} at most"
    if row[VERSION] is not None and row[VERSION] < 0:
        return "the version is before 1970; versions count from there"
    return None

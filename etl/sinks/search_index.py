"""One index of OpenSearch: made as its template says, and brought to hold the documents of some rows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import ConnectionError as NotReachedError
from opensearchpy.exceptions import NotFoundError, RequestError, TransportError
from pyspark.sql import DataFrame, Row

from etl.errors import DifferentError
from etl.sinks.documents import BODY, HASH, ID, ROW_HASH, VERSION, SearchTarget
from etl.sinks.errors import GoneError

#: Documents and bytes of a request. AWS takes 10 MiB at least.
#: Source: Amazon OpenSearch Service, "Network quotas".
_BATCH, _BATCH_BYTES = 1_000, 5 * 1024 * 1024

#: How often a document is sent again that the server had no room for, with seconds in between that double.
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 8, 1, 30

#: Comparisons until what remains different is a problem of its own.
_COMPARISONS = 5

#: Seconds that a server may be away.
_PATIENCE = 120

#: Longest identifier, in bytes. A request with a longer one is refused whole.
#: Source: OpenSearch 2.19, `IndexRequest.validate`.
_LONGEST_ID = 512

_CONFLICT, _MISSING = 409, 404

#: Answers of a server, or of what is before it, that will answer otherwise later.
_UNAVAILABLE = (429, 502, 503, 504)


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


@dataclass(frozen=True)
class _Stored:
    """A document in an index: its digest, its version, and the sequence number of its last change."""

    hash: str
    version: int
    seq_no: int
    primary_term: int


class SearchIndex:
    """An index by its name; nothing is made or read yet."""

    def __init__(self, client: OpenSearch, target: SearchTarget, name: str) -> None:
        """Bind to a server."""
        self._client = client
        self._target = target
        self.name = name

    def make(self) -> None:
        """Make the index, unless it is there.

        Raises GoneError when it has the mapping of another contract's version.
        """
        self._client.indices.put_index_template(self._target.prefix, self._target.template)
        try:
            self._client.indices.create(self.name)
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
        found = self._client.indices.get_mapping(index=self.name)[self.name]["mappings"]["_meta"]
        if found["hash"] != self._target.hash:
            raise GoneError(
                f"{self.name} has the mapping {found['hash']}, not {self._target.hash}: another run with "
                "another release indexes the same dataset; start the newer one again"
            )

    def fill(self, documents: DataFrame) -> Outcome:
        """Let the index hold these documents and nothing else.

        Index and rows are compared until they are equal, so that a run that was killed, a lost answer or a
        server that was away leave nothing behind. Newer versions stay; what is refused is left as it was.
        Raises DifferentError when they do not become equal, GoneError when the index goes away.
        """
        outcome = Outcome()
        for number in range(_COMPARISONS):
            try:
                if not self._compare(documents, outcome, is_first=number == 0):
                    return outcome
            except NotFoundError as error:
                raise self._gone() from error
            except TransportError as error:
                if not _is_away(error):
                    raise
                self._wait()
        raise DifferentError(
            f"{self.name}: still not what the table holds after {_COMPARISONS} comparisons; "
            "is another run writing to it?"
        )

    def _compare(self, documents: DataFrame, outcome: Outcome, is_first: bool) -> int:
        """Write what differs, and return how much that was."""
        stored = self._stored()
        changes = _Changes(self.name, stored, outcome, self._target.version is not None)
        sent = 0
        for is_done, answer in self._send(changes.of(documents.toLocalIterator(prefetchPartitions=True))):
            sent += 1
            self._note(is_done, answer, changes, outcome)
        if is_first:
            outcome.unchanged = changes.equal
        outcome.rows = changes.rows
        return sent

    def _stored(self) -> dict[str, _Stored]:
        """Return what the index has, by identifier."""
        self._client.indices.refresh(index=self.name)
        query = {
            "_source": False,
            "docvalue_fields": [ROW_HASH],
            "version": True,
            "seq_no_primary_term": True,
        }
        found = helpers.scan(self._client, query, index=self.name, size=5_000)
        return {hit["_id"]: _stored_of(hit) for hit in found}

    def _send(self, actions: Iterable[tuple[dict[str, Any], str | None]]) -> Iterator[tuple[bool, Any]]:
        yield from helpers.streaming_bulk(
            self._client,
            actions,
            chunk_size=_BATCH,
            max_chunk_bytes=_BATCH_BYTES,
            expand_action_callback=lambda action: action,
            raise_on_error=False,
            max_retries=_RETRIES,
            initial_backoff=_FIRST_WAIT,
            max_backoff=_LONGEST_WAIT,
        )

    def _note(self, is_done: bool, answer: dict[str, Any], changes: _Changes, outcome: Outcome) -> None:
        ((operation, result),) = answer.items()
        name = result["_id"]
        if is_done:
            outcome.written += operation == "index"
            outcome.deleted += operation == "delete"
        elif result["status"] == _CONFLICT and operation == "index":
            outcome.newer.add(name)
        elif result["status"] == _MISSING and operation == "index":
            raise self._gone()
        elif operation == "index" and result["status"] not in _UNAVAILABLE:
            reason = _reason(result["error"])
            outcome.refused[name] = Refusal(name, changes.bodies.get(name, ""), reason)
        changes.bodies.pop(name, None)

    def _gone(self) -> GoneError:
        return GoneError(f"{self.name} is gone: another run has replaced it; start again")

    def _wait(self) -> None:
        """Wait until the server answers. Raises TransportError when it does not."""
        end = time.monotonic() + _PATIENCE
        while True:
            time.sleep(_FIRST_WAIT)
            try:
                self._client.cluster.health(index=self.name, wait_for_status="yellow")
                return
            except TransportError as error:
                if not _is_away(error) or time.monotonic() > end:
                    raise


class _Changes:
    """The requests that make an index equal to the rows of a table."""

    def __init__(self, index: str, stored: dict[str, _Stored], outcome: Outcome, has_versions: bool) -> None:
        self._index = index
        self._stored = stored
        self._outcome = outcome
        self._has_versions = has_versions
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
        for name, stored in self._stored.items():
            yield {"delete": {"_index": self._index, "_id": name, **self._place(stored)}}, None

    def _place(self, stored: _Stored) -> dict[str, Any]:
        """Return what a document must still be to be deleted: neither newer nor changed.

        A deletion has the version of what it deletes, so that older ones stay refused for the minute in which
        the server remembers it. After that the next comparison decides.
        """
        if self._has_versions:
            return {"version": stored.version, "version_type": "external_gte"}
        return {"if_seq_no": stored.seq_no, "if_primary_term": stored.primary_term}

    def _is_settled(self, row: Row, stored: _Stored | None) -> bool:
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


def _stored_of(hit: dict[str, Any]) -> _Stored:
    """Read a document's place; one that somebody else wrote has no digest, and equals no row."""
    (digest,) = hit.get("fields", {}).get(ROW_HASH, [""])
    return _Stored(digest, hit["_version"], hit["_seq_no"], hit["_primary_term"])


def _is_away(error: TransportError) -> bool:
    return isinstance(error, NotReachedError) or error.status_code in _UNAVAILABLE


def _impossible(row: Row) -> str | None:
    if len(row[ID].encode()) > _LONGEST_ID:
        return f"the key has {len(row[ID].encode())} bytes; an identifier has {_LONGEST_ID} at most"
    if row[VERSION] is not None and row[VERSION] < 0:
        return "the version is before 1970; versions count from there"
    return None


def _reason(error: Any) -> str:
    """Return the sentence of an error with that of its innermost cause."""
    sentences = []
    while isinstance(error, dict):
        sentences.append(str(error.get("reason")))
        error = error.get("caused_by")
    return ": ".join(sentences)

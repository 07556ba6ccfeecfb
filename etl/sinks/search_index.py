"""One index of OpenSearch: made as its template says, and brought to hold the documents of some rows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import ConnectionError as NotReachedError
from opensearchpy.exceptions import NotFoundError, RequestError, TransportError
from pyspark.sql import DataFrame, Row

from etl.errors import DifferentError
from etl.sinks.changes import Changes, Outcome, Refusal, StillThere, Stored
from etl.sinks.documents import ROW_HASH, SearchTarget
from etl.sinks.errors import ForbiddenError, GoneError

#: Documents and bytes of a request. AWS takes 10 MiB at least.
#: Source: Amazon OpenSearch Service, "Network quotas".
_BATCH, _BATCH_BYTES = 1_000, 5 * 1024 * 1024

#: How often a document is sent again that the server had no room for, with seconds in between that double.
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 8, 1, 30

#: Comparisons until what remains different is a problem of its own.
_COMPARISONS = 5

#: Seconds that a server may be away.
_PATIENCE = 120

_CONFLICT, _MISSING, _FORBIDDEN = 409, 404, 403

#: Answers of a server, or of what is before it, that will answer otherwise later.
_UNAVAILABLE = (429, 502, 503, 504)


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

    def fill(self, documents: DataFrame, still_there: StillThere = lambda _: set()) -> Outcome:
        """Let the index hold these documents and nothing else.

        Index and rows are compared until they are equal, so that a run that was killed, a lost answer or a
        server that was away leave nothing behind. Newer versions stay; what is refused is left as it was.
        A document without a row goes, unless it has one by now: `still_there` is asked before.
        Raises DifferentError when they do not become equal, GoneError when the index goes away.
        """
        outcome = Outcome()
        for number in range(_COMPARISONS):
            try:
                if not self._compare(documents, still_there, outcome, is_first=number == 0):
                    return outcome
            except NotFoundError as error:
                raise self._gone() from error
            except TransportError as error:
                if not is_away(error):
                    raise
                self._wait()
        raise DifferentError(
            f"{self.name}: still not what the table holds after {_COMPARISONS} comparisons; "
            "is another run writing to it?"
        )

    def put(self, documents: Iterable[Row]) -> Outcome:
        """Write documents, no two of one identifier, and delete none; newer versions stay.

        Each is sent once: what the server has no room for is left, to be sent with all others again.
        Raises TransportError when the server is away, GoneError when the index is.
        """
        outcome = Outcome()
        changes = Changes(self.name, {}, outcome, self._target.version is not None)
        for is_done, answer in self._send(changes.of(iter(documents)), retries=0):
            self._note(is_done, answer, changes, outcome)
        outcome.rows = changes.rows
        return outcome

    def _compare(
        self, documents: DataFrame, still_there: StillThere, outcome: Outcome, is_first: bool
    ) -> int:
        """Write what differs, and return how much that was."""
        stored = self._stored()
        changes = Changes(self.name, stored, outcome, self._target.version is not None, still_there)
        sent = 0
        for is_done, answer in self._send(changes.of(documents.toLocalIterator(prefetchPartitions=True))):
            sent += 1
            self._note(is_done, answer, changes, outcome)
        if is_first:
            outcome.unchanged = changes.equal
        outcome.rows = changes.rows
        return sent

    def _stored(self) -> dict[str, Stored]:
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

    def _send(
        self, actions: Iterable[tuple[dict[str, Any], str | None]], retries: int = _RETRIES
    ) -> Iterator[tuple[bool, Any]]:
        yield from helpers.streaming_bulk(
            self._client,
            actions,
            chunk_size=_BATCH,
            max_chunk_bytes=_BATCH_BYTES,
            expand_action_callback=lambda action: action,
            raise_on_error=False,
            max_retries=retries,
            initial_backoff=_FIRST_WAIT,
            max_backoff=_LONGEST_WAIT,
        )

    def _note(self, is_done: bool, answer: dict[str, Any], changes: Changes, outcome: Outcome) -> None:
        ((operation, result),) = answer.items()
        name = result["_id"]
        if is_done:
            outcome.written += operation == "index"
            outcome.deleted += operation == "delete"
        elif result["status"] == _CONFLICT and operation == "index":
            outcome.newer.add(name)
        elif result["status"] == _MISSING and operation == "index":
            raise self._gone()
        elif result["status"] == _FORBIDDEN:
            raise ForbiddenError(
                f"{self.name}: the server forbids to {operation}: {_reason(result['error'])}"
            )
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
                if not is_away(error) or time.monotonic() > end:
                    raise


def _stored_of(hit: dict[str, Any]) -> Stored:
    """Read a document's place; one that somebody else wrote has no digest, and equals no row."""
    (digest,) = hit.get("fields", {}).get(ROW_HASH, [""])
    return Stored(digest, hit["_version"], hit["_seq_no"], hit["_primary_term"])


def is_away(error: TransportError) -> bool:
    """Return whether a server, or what is before it, will answer otherwise later."""
    return isinstance(error, NotReachedError) or error.status_code in _UNAVAILABLE


def _reason(error: Any) -> str:
    """Return the sentence of an error with that of its innermost cause."""
    sentences = []
    while isinstance(error, dict):
        sentences.append(str(error.get("reason")))
        error = error.get("caused_by")
    return ": ".join(sentences)

"""Brings what a stream changes into OpenSearch, micro-batch by micro-batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.errors import DifferentError
from etl.logs import log
from etl.model import Contract
from etl.model.layout import STREAM_STATE_FOLDER
from etl.rules.duplicates import INSERTED, UPDATED
from etl.sinks.changes import Outcome
from etl.sinks.documents import ID, VERSION, SearchTarget
from etl.sinks.errors import ForbiddenError, GoneError
from etl.sinks.search import behind, connect, index_table, is_of, parts, put_aside, searched
from etl.streaming.deciding import decided_ddl
from etl.streaming.ledger import Entry
from etl.streaming.microbatch import MicroBatches

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

#: Seconds until a server that was away, or had no room, is asked again; they double.
_FIRST_REST, _LONGEST_REST = 1.0, 60.0


class BehindError(RuntimeError):
    """The index does not have all that the ledger has."""


def following_search(url: str) -> Callable[[MicroBatches], LiveSearch]:
    """Return what brings streams into the OpenSearch at `url`, `http://host:port`."""
    return lambda batches: LiveSearch(batches, url)


class LiveSearch:
    """The indices of an owner's datasets.

    A dataset begins with a comparison of index and table. After that each entry of the ledger brings the rows
    that it has inserted and updated. Once they are committed they are sent, and sent again until the server
    has answered for each: sent twice, a document is the same, and an older version never replaces a newer.
    """

    def __init__(self, batches: MicroBatches, url: str) -> None:
        """Bind to streams; the server is asked with the first update.

        Raises ValueError when no dataset of the streams is searched.
        """
        targets = searched(batches.streams)
        if not targets:
            raise ValueError(
                f"{', '.join(batches.streams)}: no contract names an OpenSearch server (docs/search.md): "
                "leave --search out, or stream a dataset that is searched"
            )
        client = connect(url)
        self._datasets = [_Dataset(batches, client, url, target) for target in targets]
        self._rest, self._next = _FIRST_REST, 0.0

    def update(self, due: bool = False) -> None:
        """Send what the ledgers have and the indices have not; with `due`, when it is time to.

        Raises BehindError when something is left, with `due` it is logged: the stream goes on, and what is
        left is sent later.
        """
        if due and time.monotonic() < self._next:
            return
        try:
            for dataset in self._datasets:
                dataset.update()
        except BehindError as error:
            if not due:
                raise
            log.warning("search is behind", extra={"reason": str(error), "seconds": self._rest})
            self._next = time.monotonic() + self._rest
            self._rest = min(2 * self._rest, _LONGEST_REST)
        else:
            self._rest = _FIRST_REST


class _Dataset:
    """The indices of one dataset."""

    def __init__(self, batches: MicroBatches, client: OpenSearch, url: str, target: SearchTarget) -> None:
        self._batches = batches
        self._lake = batches.lake.beside({"spark.sql.shuffle.partitions": "1"})
        self._client = client
        self._target = target
        self._place = {"search": url, "hash": target.hash}
        self._file = f"{STREAM_STATE_FOLDER}/search/{target.name}.json"
        #: The entry that the indices were brought up to; None before the first look.
        self._entry: int | None = None
        #: Indices that are there, and that the alias names.
        self._made: set[str] = set()

    def update(self) -> None:
        """Bring the indices up to the last entry. Raises BehindError when the server does not take it all."""
        last = self._batches.streams[self._target.name].ledger.last
        if last is None or self._entry == last.number:
            return
        from opensearchpy.exceptions import OpenSearchException  # noqa: PLC0415 (not in every environment)

        try:
            if self._entry is None:
                self._entry = self._begin(last)
            if self._entry < last.number:
                self._bring(last)
        except (OpenSearchException, DifferentError, ForbiddenError, GoneError) as error:
            raise BehindError(
                f"{self._target.name}: {self._place['search']} has {self._entry or 0} of {last.number} "
                f"entries of the ledger; the next update sends the rest: {error}"
            ) from error

    def _begin(self, last: Entry) -> int:
        """Return the entry that the indices were brought up to; without one, compare them with the table."""
        mark = self._lake.files.read_json(self._file) or {}
        named = behind(self._client, self._target.alias)
        if named and all(is_of(self._target, index) for index in named):
            self._made = named
            if {name: mark.get(name) for name in self._place} == self._place:
                return int(mark["entry"])
        result = index_table(self._lake, self._client, self._target, f"stream-{last.number}")
        self._made = set(result["indices"])
        self._note(last.number)
        return last.number

    def _bring(self, last: Entry) -> None:
        """Send the rows that the entries since the last time have inserted or updated."""
        began, target = time.monotonic(), self._target
        stream = self._batches.streams[target.name]
        numbers = range((self._entry or 0) + 1, last.number + 1)
        folders = [
            folder for number in numbers for folder in stream.ledger.entry(number).folders(INSERTED, UPDATED)
        ]
        outcomes = self._send(self._rows(folders, stream.contract)) if folders else []
        refused = put_aside(self._lake, target, outcomes, f"stream-{last.number}")
        written, left = (sum(each) for each in ([o.written for o in outcomes], [o.left for o in outcomes]))
        if left:
            raise GoneError(f"the server had no room for {left} documents")
        self._note(last.number)
        seconds = round(time.monotonic() - began, 3)
        log.info(
            "indexed",
            extra={"dataset": target.name, "written": written, "refused": refused, "seconds": seconds},
        )

    def _rows(self, folders: Sequence[str], contract: Contract) -> DataFrame:
        rows = self._lake.read_folders(folders, decided_ddl(contract))
        return rows.select(*[field.name for field in self._target.fields])

    def _send(self, rows: DataFrame) -> list[Outcome]:
        from etl.sinks.search_index import SearchIndex  # noqa: PLC0415 (needs opensearch-py)

        outcomes = []
        for name, documents in parts(rows, self._target):
            index = SearchIndex(self._client, self._target, name)
            if name not in self._made:
                self._make(index)
            outcomes.append(index.put(_newest(documents).toLocalIterator(prefetchPartitions=True)))
        return outcomes

    def _make(self, index: Any) -> None:
        """Make the index of another day, unless a run of another release has replaced all others."""
        others = [name for name in behind(self._client, self._target.alias) if not is_of(self._target, name)]
        if others:
            raise GoneError(
                f"{self._target.alias} names {', '.join(sorted(others))}: another release indexes the dataset"
            )
        index.make()
        self._client.indices.put_alias(index=index.name, name=self._target.alias)
        self._made.add(index.name)

    def _note(self, number: int) -> None:
        self._batches.owner.require(self._target.name)
        self._lake.files.replace_json(self._file, {"entry": number, **self._place})
        self._entry = number


def _newest(documents: DataFrame) -> DataFrame:
    """Of each identifier the newest version: entries of one update may have several."""
    newest = Window.partitionBy(ID).orderBy(F.desc(VERSION))
    return documents.withColumn("_place", F.row_number().over(newest)).where("_place = 1").drop("_place")

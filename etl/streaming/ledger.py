"""The ledger of a streamed dataset: what was read, decided and applied. It decides where a stream goes on.

Entries are numbered from 1 and written once. An entry is decided first, `<number>.decided.json`, then
applied, `<number>.json`. Whoever finds the next number taken is no longer the owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pyspark.sql import SparkSession

from etl.model.layout import STREAM_LEDGER_FOLDER
from etl.rules.duplicates import DISPOSITION
from etl.storage.files import Files
from etl.storage.pointer import create_whole
from etl.streaming.ownership import TakenOverError

SCHEMA_VERSION = 1

#: Digits of an entry's number: entries sort by name.
_DIGITS = 12

#: Offsets of each partition: the first one, and the one behind the last.
Ranges = Mapping[int, tuple[int, int]]

#: What dispositions of records begin with that had to wait.
RELEASED = "released_"

#: Dispositions that records are counted by.
COUNTED = ("inserted", "updated", "superseded", "quarantined")


@dataclass(frozen=True)
class Entry:
    """A slice of a stream: records of one dataset and one run date, contiguous in each partition.

    `counts` has the records that were read, by disposition; `released` has those that an earlier entry had
    put in quarantine until the row that they refer to arrived. `next` and `totals` are of the ledger up to
    this entry. `pending` names the folders of the records that wait, by run date: `decided`, and what
    quarantine shows of them.
    """

    dataset: str
    number: int
    generation: int
    run_date: str
    offsets: Ranges
    #: Offsets without a record, such as those of a transaction's markers.
    holes: int
    archive: Mapping[str, Any] | None
    #: Folder of the decided records, and how many there are of each disposition.
    decision: str
    parts: Mapping[str, int]
    counts: Mapping[str, int]
    released: Mapping[str, int]
    reasons: Mapping[str, int]
    #: Some of the records that were quarantined, by reason, without anything personal.
    examples: Mapping[str, Any]
    base: Mapping[str, Any]
    next: Mapping[int, int]
    totals: Mapping[str, int]
    pending: Mapping[str, Mapping[str, Any]]
    #: The first entry of each day that is open, and of the one that was closed last.
    opened: Mapping[str, int]
    #: What quarantine showed of the records that waited before this entry.
    replaced: str = ""
    #: The day that was closed last; empty before the first.
    closed: str = ""
    arrivals: Mapping[str, Any] = field(default_factory=dict)
    decided_at: str = ""
    applied_at: str = ""
    snapshot: str = ""
    #: What the brokers had dropped before it was read, which was accepted by hand; the records are lost.
    lost: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def folders(self, *dispositions: str) -> list[str]:
        """Return the folders of decided records of some dispositions, whether they had to wait or not."""
        labels = [f"{prefix}{each}" for each in dispositions for prefix in ("", RELEASED)]
        return [f"{self.decision}/{DISPOSITION}={label}" for label in labels if self.parts.get(label)]

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Entry:
        """Read an entry. Raises ValueError when a later release wrote it."""
        if document["schema_version"] != SCHEMA_VERSION:
            raise ValueError(
                f"the ledger of {document['dataset']} has schema_version {document['schema_version']}, these "
                f"jobs know {SCHEMA_VERSION}: run the release that wrote it, or a later one"
            )
        ranges = {
            part: {int(partition): tuple(pair) for partition, pair in document[part].items()}
            for part in ("offsets", "lost")
        }
        offsets = {int(partition): offset for partition, offset in document["next"].items()}
        return Entry(**{**document, **ranges, "next": offsets})


class Ledger:
    """The entries of one dataset."""

    def __init__(self, spark: SparkSession, files: Files, dataset: str) -> None:
        """Find the last entry; where there is none, the stream begins."""
        self._spark = spark
        self._files = files
        self._dataset = dataset
        self._folder = f"{STREAM_LEDGER_FOLDER}/{dataset}"
        self.last = self._find_last()

    @property
    def next_number(self) -> int:
        """The number of the next entry."""
        return (self.last.number if self.last else 0) + 1

    @property
    def next_offsets(self) -> Mapping[int, int]:
        """The first offset of each partition that was not read; a partition may be missing."""
        return self.last.next if self.last else {}

    def unapplied(self) -> Entry | None:
        """Return the entry that was decided and not applied."""
        document = self._files.read_json(self._decided(self.next_number))
        return None if document is None else Entry.parse(document)

    def decide(self, entry: Entry) -> None:
        """Write down what was decided. Raises TakenOverError when somebody else has decided."""
        self._create(self._decided(entry.number), entry)

    def apply(self, entry: Entry) -> None:
        """Write down that what was decided is in the tables."""
        self._create(self._applied(entry.number), entry)
        # Where to begin to look; entries themselves decide.
        self._files.replace_json(self._head(), {"number": entry.number})
        self.last = entry

    def entry(self, number: int) -> Entry:
        """Read an applied entry. Raises FileNotFoundError when it is not there."""
        document = self._files.read_json(self._applied(number))
        if document is None:
            raise FileNotFoundError(f"{self._files.path(self._applied(number))} is missing")
        return Entry.parse(document)

    def of_day(self, day: str) -> list[Entry]:
        """Return the applied entries of a run date that is open or was closed last, in their order."""
        first = self.last.opened.get(day) if self.last else None
        if self.last is None or first is None:
            return []
        entries = (self.entry(number) for number in range(first, self.last.number + 1))
        return [entry for entry in entries if entry.run_date == day]

    def without_records(self, generation: int, day: str) -> Entry:
        """Return the next entry of a day as it is when nothing was read."""
        nothing = dict.fromkeys(("read", *COUNTED), 0)
        last = self.last
        return Entry(
            dataset=self._dataset,
            number=self.next_number,
            generation=generation,
            run_date=day,
            offsets={},
            holes=0,
            archive=None,
            decision="",
            parts={},
            counts=nothing,
            released=nothing,
            reasons={},
            examples={},
            base={},
            next=self.next_offsets,
            totals=last.totals if last else nothing,
            pending=last.pending if last else {},
            opened=self.opened_with(day),
            closed=last.closed if last else "",
        )

    def opened_with(self, day: str) -> dict[str, int]:
        """Return what `Entry.opened` says in the next entry, which is of `day`."""
        before = self.last.opened if self.last else {}
        closed = self.last.closed if self.last else ""
        opened = {known: number for known, number in before.items() if known >= closed}
        opened.setdefault(day, self.next_number)
        return opened

    def _find_last(self) -> Entry | None:
        head = self._files.read_json(self._head())
        number = int(head["number"]) if head else 0
        while self._files.exists(self._applied(number + 1)):
            number += 1
        return self.entry(number) if number else None

    def _create(self, path: str, entry: Entry) -> None:
        if not create_whole(self._spark, self._files, path, asdict(entry)):
            raise TakenOverError(
                f"{self._files.path(path)} is there already: another process has taken the stream of "
                f"{self._dataset} over"
            )

    def _head(self) -> str:
        return f"{self._folder}/head.json"

    def _applied(self, number: int) -> str:
        return f"{self._folder}/{number:0{_DIGITS}}.json"

    def _decided(self, number: int) -> str:
        return f"{self._folder}/{number:0{_DIGITS}}.decided.json"


def entry_name(number: int, generation: int) -> str:
    """Return what folders of an entry are named by: no two owners write into the same one."""
    return f"{number:0{_DIGITS}}-{generation}"


def added(totals: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """Return sums by name."""
    return {name: totals.get(name, 0) + counts.get(name, 0) for name in {**totals, **counts}}

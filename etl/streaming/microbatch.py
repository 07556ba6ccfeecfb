"""One micro-batch: archive, decide, apply, and a ledger entry for each slice of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import (
    RUN_DATE_KEY,
    STREAM_ARCHIVE_FOLDER,
    STREAM_DECISIONS_FOLDER,
)
from etl.rules.duplicates import DISPOSITION
from etl.rules.positions import PENDING
from etl.sources.records import ARCHIVE_COLUMNS, read_archive
from etl.storage.folders import Folders
from etl.storage.lake import Lake, utc_now
from etl.streaming.applying import apply
from etl.streaming.deciding import WAITING, Deciding, decided_ddl
from etl.streaming.ledger import COUNTED, RELEASED, Entry, Ledger, added, entry_name
from etl.streaming.live import Live
from etl.streaming.ownership import Ownership
from etl.streaming.published import Published
from etl.streaming.quarantining import put_aside
from etl.streaming.recovering import recover
from etl.streaming.slices import Arrived, Slice, count_arrivals, cut
from etl.streaming.streamed import Streamed, earlier_waiting, parents_of, topic_of


class MicroBatches:
    """Processes micro-batches of the datasets of one owner."""

    def __init__(self, lake: Lake, contracts: Mapping[str, Contract], datasets: Sequence[str]) -> None:
        """Take the datasets over, and finish what an earlier owner had decided.

        `contracts` has those of the datasets and of all that they refer to, those first that others refer to.
        """
        self.lake = lake
        self.owner = Ownership(lake.spark, lake.files, datasets)
        self.published = Published(lake, contracts)
        self.published.refresh()
        #: What the records of a dataset and day that wait were compared with last.
        self._looked_at: dict[tuple[str, str], Any] = {}
        # Rows of datasets that another job streams are looked at, too.
        self.live = {name: Live(lake, contract) for name, contract in contracts.items() if contract.stream}
        for tables in self.live.values():
            tables.ensure()
        self.streams = {
            name: Streamed(
                contract,
                Ledger(lake.spark, lake.files, name),
                self.live[name],
                Deciding(lake, contract, contracts, self.published, self.live),
            )
            for name, contract in contracts.items()
            if name in datasets
        }
        for stream in self.streams.values():
            recover(lake, self.owner, stream)

    def process(self, records: DataFrame) -> list[Entry]:
        """Process a micro-batch: `records` as Kafka's source has them. Return the entries that were written.

        Records that the ledger knows are passed over: they were read before.
        """
        new = records.where(self._is_new()).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            arrived = count_arrivals(new)
            self.published.refresh()
            done = [self._slice(slice_, new, _within(slice_, own)) for slice_, own in self._slices(arrived)]
        finally:
            new.unpersist()
        return [*done, *self.retry()]

    def retry(self) -> list[Entry]:
        """Decide again about records that wait for others, where something has changed that they wait for."""
        entries = []
        for name, stream in self.streams.items():
            last = stream.ledger.last
            for day in sorted(last.pending if last else {}):
                if self._looked_at.get((name, day)) != self._waits_for(stream, day):
                    entries.append(self._slice(Slice(name, day, {}), None, []))
        return entries

    def finish(self, dataset: str, day: str) -> None:
        """Decide for good about records of a day that wait for others: nothing more can arrive."""
        # No record may have come for long, which is when the pointer is looked at otherwise.
        self.published.refresh()
        last = self.streams[dataset].ledger.last
        if last and day in last.pending:
            self._slice(Slice(dataset, day, {}), None, [], final=True)

    def _slices(self, arrived: Sequence[Arrived]) -> list[tuple[Slice, list[Arrived]]]:
        """The slices of all datasets by day, those first that others refer to, with what has arrived."""
        slices = []
        for name, stream in self.streams.items():
            own = [each for each in arrived if each.topic == topic_of(stream.contract)]
            found = cut(name, own, stream.ledger.next_offsets, stream.first_open)
            slices += [(each, own) for each in found]
        return sorted(slices, key=lambda pair: pair[0].run_date)

    def _is_new(self) -> Any:
        """Whether a record was not read before, by the ledger."""
        is_new = F.lit(False)
        for stream in self.streams.values():
            of_topic = F.col("topic") == topic_of(stream.contract)
            offset = F.lit(0)
            for partition, after in stream.ledger.next_offsets.items():
                offset = F.when(F.col("partition") == partition, F.lit(after)).otherwise(offset)
            is_new = is_new | (of_topic & (F.col("offset") >= offset))
        return is_new

    def _slice(
        self, slice_: Slice, records: DataFrame | None, arrived: Sequence[Arrived], final: bool = False
    ) -> Entry:
        """Archive, decide and apply one slice; without records, those that wait are decided again."""
        stream = self.streams[slice_.dataset]
        name = entry_name(stream.ledger.next_number, self.owner.generations[slice_.dataset])
        archive = None if records is None else self._archive(stream, slice_, records, name)
        decided = self._decide(stream, slice_, archive, name, final)
        entry = replace(decided, arrivals=_arrivals(arrived), decided_at=utc_now())
        self.owner.require(slice_.dataset)
        stream.ledger.decide(entry)
        return apply(self.lake, stream.contract, stream.live, stream.ledger, self.owner, entry)

    def _archive(self, stream: Streamed, slice_: Slice, records: DataFrame, name: str) -> dict[str, Any]:
        """Write the records of a slice as Kafka has them."""
        of_topic = F.col("topic") == topic_of(stream.contract)
        rows = records.where(of_topic & slice_.condition()).select(*ARCHIVE_COLUMNS)
        first = "_".join(f"{partition}-{begin}" for partition, (begin, _) in sorted(slice_.offsets.items()))
        dataset = stream.contract.name
        folder = f"{STREAM_ARCHIVE_FOLDER}/{dataset}/{RUN_DATE_KEY}={slice_.run_date}/{name}_{first}.parquet"
        self.owner.require(dataset)
        written = self.lake.write_folders(rows, dataset, folder)
        files = sum(part.files for part in written.parts.values())
        size = sum(part.bytes for part in written.parts.values())
        return {"folder": folder, "records": written.rows, "files": files, "bytes": size}

    def _decide(
        self, stream: Streamed, slice_: Slice, archive: Mapping[str, Any] | None, name: str, final: bool
    ) -> Entry:
        """Decide about the records of a slice and those of its day that wait, and write that down."""
        contract, last, day = stream.contract, stream.ledger.last, slice_.run_date
        pending = dict(last.pending) if last else {}
        before = pending.pop(day, None)
        base = self._base(stream)
        self._looked_at[contract.name, day] = self._waits_for(stream, day)
        folder = f"{STREAM_DECISIONS_FOLDER}/{contract.name}/{name}"
        written = self._write_decided(stream, archive, before, folder, day, final)
        counts, released = _counted(written)
        read = archive["records"] if archive else 0
        if counts["read"] != read:
            raise ArithmeticError(
                f"{contract.name}: {read} records were archived and {counts['read']} decided"
            )
        self.owner.require(contract.name)
        quarantine, found = put_aside(self.lake, contract, written, name)
        waiting = [written.parts[label] for label in (PENDING, WAITING) if written.rows_of(label)]
        if waiting:
            pending[day] = {
                "decided": [part.folder for part in waiting],
                "quarantine": quarantine,
                "rows": sum(part.rows for part in waiting),
            }
        ends = {partition: end for partition, (_, end) in slice_.offsets.items()}
        holes = slice_.size - read
        return replace(
            stream.ledger.without_records(self.owner.generations[contract.name], day),
            offsets=slice_.offsets,
            holes=holes,
            archive=archive,
            decision=folder,
            parts={label: part.rows for label, part in sorted(written.parts.items())},
            counts=counts,
            released=released,
            reasons=dict(found.counts),
            examples=dict(found.examples),
            base=base,
            next={**stream.ledger.next_offsets, **ends},
            totals=added(last.totals if last else {}, {**counts, "holes": holes}),
            pending=pending,
            replaced=before["quarantine"] if before else "",
        )

    def _write_decided(
        self,
        stream: Streamed,
        archive: Mapping[str, Any] | None,
        before: Mapping[str, Any] | None,
        folder: str,
        day: str,
        final: bool,
    ) -> Folders:
        ddl = decided_ddl(stream.contract)
        waiting = self.lake.read_folders(before["decided"], ddl) if before else None
        records = read_archive(self.lake, [archive["folder"]]) if archive else None
        judged = stream.deciding.judged(records, waiting, day)
        rows = stream.deciding.decided(judged, day, final, earlier_waiting(stream, day))
        self.owner.require(stream.contract.name)
        return self.lake.write_folders(rows, stream.contract.name, folder, DISPOSITION)

    def _base(self, stream: Streamed) -> dict[str, Any]:
        """What the records of a slice are compared with."""
        names = [stream.contract.name, *parents_of(stream.contract)]
        tables = self.published.snapshot.tables
        return {
            "published_run": self.published.snapshot.run_id,
            "published": {name: tables[name].snapshot_id for name in names if name in tables},
            "live": {name: self.live[name].snapshot() for name in names if name in self.live},
        }

    def _waits_for(self, stream: Streamed, day: str) -> tuple[str, ...]:
        """What decides whether a record waits on: pointer, live parents, what waits of earlier days."""
        parents = parents_of(stream.contract)
        live = (self.live[name].snapshot() for name in parents if name in self.live)
        return (self.published.snapshot.run_id, *live, *earlier_waiting(stream, day))


def _counted(decided: Folders) -> tuple[dict[str, int], dict[str, int]]:
    """New records by disposition, and those that had to wait and no longer do."""
    counts = {name: decided.rows_of(name) for name in COUNTED}
    counts["quarantined"] += decided.rows_of(PENDING)
    released = {name: decided.rows_of(RELEASED + name) for name in COUNTED}
    return {"read": sum(counts.values()), **counts}, released


def _within(slice_: Slice, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The seconds whose first record is in the slice."""
    ranges = slice_.offsets
    return [
        each
        for each in arrived
        if each.partition in ranges and ranges[each.partition][0] <= each.first < ranges[each.partition][1]
    ]


def _arrivals(arrived: Sequence[Arrived]) -> dict[str, Any]:
    """When the records of a slice arrived: seconds since 1970, and how many records each has."""
    seconds: dict[int, int] = {}
    for each in arrived:
        seconds[each.second] = seconds.get(each.second, 0) + each.records
    return {str(second): records for second, records in sorted(seconds.items())}

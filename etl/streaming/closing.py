"""Closes days: once nothing more of a day can arrive, its archive becomes the input of the day's batch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from etl.logs import log
from etl.sources.records import manifest_of, published_marker
from etl.storage.lake import utc_now
from etl.storage.pointer import create_whole
from etl.streaming.applying import note
from etl.streaming.brokers import Brokers
from etl.streaming.ledger import Ledger, added
from etl.streaming.microbatch import MicroBatches
from etl.streaming.slices import next_day
from etl.streaming.streamed import Streamed, first_open_day, parents_of, topic_of

MANIFEST_VERSION = 1

#: How long after midnight a partition without newer records is waited for.
GRACE = timedelta(minutes=5)


def due_days(batches: MicroBatches, brokers: Brokers, now: datetime) -> list[str]:
    """Return the days that no stream of the owner can get records of any more, in their order.

    A partition has no more of a day when a record of a later day was read, or when nothing is left to read
    some time after midnight.
    """
    opened = [day for stream in batches.streams.values() if (day := first_open_day(stream)) is not None]
    today = now.astimezone(timezone.utc).date().isoformat()
    day, due = min(opened, default=today), []
    while day < today and all(_is_read(stream, brokers, day, now) for stream in batches.streams.values()):
        due.append(day)
        day = next_day(day)
    return due


def require_arrived(day: str, now: datetime) -> None:
    """Raise ValueError when a day (UTC) is still to come.

    Closing it would close every day until then, and records of a closed day count for the first open one: it
    cannot be undone.
    """
    today = now.astimezone(timezone.utc).date().isoformat()
    if day > today:
        raise ValueError(
            f"{day} cannot be closed: it is still to come, and every record until then would count for the "
            f"day after it; name a day up to {today}, which is today in UTC"
        )


def close_day(batches: MicroBatches, day: str) -> list[str]:
    """Close a day and the open ones before it, for every stream of the owner; return the datasets.

    What still waits for other rows is refused. Raises ValueError when the day is still to come, and
    RuntimeError when a dataset that is streamed by another job and referred to has not closed the day.
    """
    require_arrived(day, datetime.now(timezone.utc))
    closed = []
    for name, stream in batches.streams.items():
        current = first_open_day(stream) or day
        while current <= day:
            _require_parents(batches, stream, current)
            batches.finish(name, current)
            _close(batches, stream, current)
            log.info("closed day", extra={"dataset": name, "day": current})
            closed.append(name)
            current = next_day(current)
    return closed


def write_missing_manifests(batches: MicroBatches) -> None:
    """Write the manifest of the day that was closed last, where a kill came before it."""
    for stream in batches.streams.values():
        last, name = stream.ledger.last, stream.contract.name
        if last and last.closed and not batches.lake.files.exists(manifest_of(name, last.closed)):
            _write_manifest(batches, stream, last.closed)


def evict_published(batches: MicroBatches, now: datetime, patience: timedelta) -> list[str]:
    """Remove days from live tables whose batch was published some time ago; return dataset and day."""
    evicted = []
    for name, stream in batches.streams.items():
        published = [
            day
            for day in stream.live.days()
            if (at := published_at(batches, name, day)) is not None and now - at >= patience
        ]
        if published:
            batches.owner.require(name)
            stream.live.evict(published)
            evicted += [f"{name} {day}" for day in published]
    return evicted


def published_at(batches: MicroBatches, dataset: str, day: str) -> datetime | None:
    """Return when the batch of a day was published; None where it was not."""
    marker: Any = batches.lake.files.read_json(published_marker(dataset, day))
    return None if marker is None else datetime.fromisoformat(marker["published_at"].replace("Z", "+00:00"))


def _is_read(stream: Streamed, brokers: Brokers, day: str, now: datetime) -> bool:
    topic, midnight = topic_of(stream.contract), _midnight_after(day)
    after, read = brokers.since(topic, midnight), stream.ledger.next_offsets
    ends: Mapping[int, int] = brokers.ends(topic)
    for partition, offset in after.items():
        if offset is not None and read.get(partition, 0) < offset:
            return False
        if offset is None and (now < midnight + GRACE or read.get(partition, 0) < ends[partition]):
            return False
    return True


def _require_parents(batches: MicroBatches, stream: Streamed, day: str) -> None:
    for parent in parents_of(stream.contract):
        if parent in batches.live and parent not in batches.streams:
            last = Ledger(batches.lake.spark, batches.lake.files, parent).last
            if last is not None and last.closed < day:
                raise RuntimeError(
                    f"{day} cannot be closed for {stream.contract.name}: {parent}, which it refers to, has "
                    f"closed {last.closed or 'no day'}; close {day} for {parent} first"
                )


def _close(batches: MicroBatches, stream: Streamed, day: str) -> None:
    last = stream.ledger.last
    pending = {key: value for key, value in last.pending.items() if key != day} if last else {}
    note(batches.owner, stream, day, closed=day, pending=pending)
    _write_manifest(batches, stream, day)


def _write_manifest(batches: MicroBatches, stream: Streamed, day: str) -> None:
    name, files = stream.contract.name, batches.lake.files
    entries = stream.ledger.of_day(day)
    archives = [dict(entry.archive) for entry in entries if entry.archive]
    counts: dict[str, int] = {}
    offsets: dict[int, tuple[int, int]] = {}
    for entry in entries:
        counts = added(counts, entry.counts)
        for partition, (begin, end) in entry.offsets.items():
            offsets[partition] = (offsets.get(partition, (begin, end))[0], end)
    published, names = batches.published.snapshot, [name, *parents_of(stream.contract)]
    manifest = {
        "schema_version": MANIFEST_VERSION,
        "dataset": name,
        "run_date": day,
        "records": sum(archive["records"] for archive in archives),
        "files": sum(archive["files"] for archive in archives),
        "bytes": sum(archive["bytes"] for archive in archives),
        "offsets": {str(partition): pair for partition, pair in sorted(offsets.items())},
        "counts": counts,
        "archives": archives,
        "decisions": [entry.decision for entry in entries if entry.decision],
        "published_run": published.run_id,
        "published": {
            each: published.tables[each].as_document() for each in names if each in published.tables
        },
        "live": {each: batches.live[each].snapshot() for each in names if each in batches.live},
        "closed_at": entries[-1].applied_at if entries else utc_now(),
    }
    batches.owner.require(name)
    create_whole(batches.lake.spark, files, manifest_of(name, day), manifest)


def _midnight_after(day: str) -> datetime:
    return datetime.fromisoformat(next_day(day)).replace(tzinfo=timezone.utc)

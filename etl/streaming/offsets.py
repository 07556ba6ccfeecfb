"""Where a stream begins to read: where its ledger ends, if the brokers still have what comes next."""

from __future__ import annotations

from dataclasses import replace

from etl.storage.lake import utc_now
from etl.streaming.brokers import Brokers
from etl.streaming.ledger import COUNTED, Entry, Ranges
from etl.streaming.microbatch import MicroBatches
from etl.streaming.streamed import Streamed, topic_of


class LossError(RuntimeError):
    """The brokers no longer have records that were not read."""


def starting_offsets(batches: MicroBatches, brokers: Brokers, accept_loss: bool) -> dict[str, dict[str, int]]:
    """Return the first offset to read of each topic and partition.

    Raises LossError when records were dropped, or a topic was made again; with `accept_loss` dropped records
    are written into the ledger as lost, and the stream goes on behind them.
    """
    starting = {}
    for stream in batches.streams.values():
        topic = topic_of(stream.contract)
        begins, ends, read = brokers.beginnings(topic), brokers.ends(topic), stream.ledger.next_offsets
        _refuse_new_topic(topic, ends, read)
        lost = {
            partition: (read.get(partition, 0), begin)
            for partition, begin in begins.items()
            if read and begin > read.get(partition, 0)
        }
        if lost:
            if not accept_loss:
                raise LossError(_told(topic, lost))
            _write_lost(batches, stream, lost)
        after = stream.ledger.next_offsets
        starting[topic] = {
            str(partition): after.get(partition, begin) for partition, begin in sorted(begins.items())
        }
    return starting


def _refuse_new_topic(topic: str, ends: dict[int, int], read: object) -> None:
    known = dict(read) if isinstance(read, dict) else {}
    for partition, offset in known.items():
        end = ends.get(partition)
        if end is None or end < offset:
            raise LossError(
                f"{topic}, partition {partition}: {offset} records were read, and the brokers have "
                f"{'no such partition' if end is None else end}: the topic was made again, or the brokers "
                "lost its data; see docs/guides/recover-lost-records.md"
            )


def _told(topic: str, lost: Ranges) -> str:
    parts = [
        f"partition {partition}: offsets {begin} to {end - 1}" for partition, (begin, end) in lost.items()
    ]
    return (
        f"{topic}: the brokers have dropped records that were not read ({'; '.join(parts)}); restore "
        "them, or go on without them with --accept-loss, which the ledger keeps; see "
        "docs/guides/recover-lost-records.md"
    )


def _write_lost(batches: MicroBatches, stream: Streamed, lost: Ranges) -> None:
    ledger, name = stream.ledger, stream.contract.name
    last = ledger.last
    if last is None:
        return
    nothing = dict.fromkeys(("read", *COUNTED), 0)
    entry: Entry = replace(
        last,
        number=ledger.next_number,
        generation=batches.owner.generations[name],
        offsets={},
        holes=0,
        archive=None,
        decision="",
        parts={},
        counts=nothing,
        released=nothing,
        reasons={},
        examples={},
        arrivals={},
        replaced="",
        opened=ledger.opened_with(last.run_date),
        next={**last.next, **{partition: end for partition, (_, end) in lost.items()}},
        totals={
            **last.totals,
            "lost": last.totals.get("lost", 0) + sum(end - begin for begin, end in lost.values()),
        },
        lost=lost,
        decided_at=utc_now(),
    )
    batches.owner.require(name)
    ledger.decide(entry)
    ledger.apply(replace(entry, applied_at=utc_now()))

"""Where a stream begins to read: where its ledger ends, if the brokers still have what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from etl.storage.files import Files
from etl.streaming.applying import note
from etl.streaming.brokers import Brokers
from etl.streaming.ledger import Entry, Ranges
from etl.streaming.microbatch import MicroBatches
from etl.streaming.streamed import Streamed, topic_of


class LossError(RuntimeError):
    """The brokers no longer have records that were not read."""


def starting_offsets(
    batches: MicroBatches, brokers: Brokers, accept_loss: bool, checkpoint: Files
) -> dict[str, dict[str, int]]:
    """Return the first offset to read of each topic and partition.

    Raises LossError when records were dropped, or a topic was made again; with `accept_loss` dropped records
    are written into the ledger as lost, and the stream goes on behind them. The checkpoint is removed then:
    it names offsets that the brokers no longer have.
    """
    starting = {}
    for stream in batches.streams.values():
        topic = topic_of(stream.contract)
        last, read = stream.ledger.last, stream.ledger.next_offsets
        begins, ends = brokers.beginnings(topic), brokers.ends(topic)
        _refuse_new_topic(topic, ends, read)
        lost = {
            partition: (read.get(partition, 0), begin)
            for partition, begin in begins.items()
            if read and begin > read.get(partition, 0)
        }
        if last and lost:
            if not accept_loss:
                raise LossError(_told(topic, lost))
            # Before the ledger: whoever finds both the loss accepted and the checkpoint would fail for good.
            checkpoint.delete("")
            _write_lost(batches, stream, last, lost)
        after = stream.ledger.next_offsets
        starting[topic] = {
            str(partition): after.get(partition, begin) for partition, begin in sorted(begins.items())
        }
    return starting


def _refuse_new_topic(topic: str, ends: Mapping[int, int], read: Mapping[int, int]) -> None:
    for partition, offset in read.items():
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


def _write_lost(batches: MicroBatches, stream: Streamed, last: Entry, lost: Ranges) -> None:
    ends = {partition: end for partition, (_, end) in lost.items()}
    records = last.totals.get("lost", 0) + sum(end - begin for begin, end in lost.values())
    note(
        batches.owner,
        stream,
        last.run_date,
        lost=lost,
        next={**last.next, **ends},
        totals={**last.totals, "lost": records},
    )

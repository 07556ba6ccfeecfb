"""The work between micro-batches: live tables lose published days, and marts follow."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from etl.logs import log
from etl.streaming.closing import evict_published
from etl.streaming.marts import needed_since, update_marts
from etl.streaming.microbatch import MicroBatches

#: A published day stays in the live table this long: readers that have the old pointer still ask for it.
PATIENCE = timedelta(minutes=10)

#: Snapshots of live tables stay this long: readers name the one that they began with.
KEPT = timedelta(hours=6)

#: Entries after which the files of a live table are joined.
TIDY_AFTER = 50


class StreamUpkeep:
    """The upkeep of the streams of one owner. Done again, it changes nothing more."""

    def __init__(
        self,
        batches: MicroBatches,
        lock: threading.Lock,
        patience: timedelta = PATIENCE,
        kept: timedelta = KEPT,
        tidy_after: int = TIDY_AFTER,
    ) -> None:
        """Bind to streams; `lock` is held by whoever writes live tables, a micro-batch or this."""
        self._batches = batches
        self._lock = lock
        self._patience = patience
        self._kept = kept
        self._tidy_after = tidy_after
        #: The number of each ledger's last entry when its live table was tidied last.
        self._tidied = {name: stream.ledger.next_number - 1 for name, stream in batches.streams.items()}

    def run(self, now: datetime) -> None:
        """Do what is due. Raises TakenOverError when another process owns a stream."""
        with self._lock:
            for evicted in evict_published(self._batches, now, self._patience):
                log.info("evicted", extra={"partition": evicted})
            self._tidy(now)
        # No micro-batch waits for them.
        update_marts(self._batches)

    def _tidy(self, now: datetime) -> None:
        for name, stream in self._batches.streams.items():
            number = stream.ledger.next_number - 1
            if number - self._tidied[name] >= self._tidy_after:
                self._batches.owner.require(name)
                # A mart that is behind asks what rows were before those that came since.
                stream.live.tidy(min([now - self._kept, *needed_since(self._batches, name)]))
                self._tidied[name] = number

"""The work between micro-batches: live tables lose published days, and their small files are joined."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

from etl.logs import log
from etl.streaming.closing import evict_published
from etl.streaming.marts import StreamMarts
from etl.streaming.microbatch import MicroBatches

#: A published day stays in the live table this long: readers that have the old pointer still ask for it.
PATIENCE = timedelta(minutes=10)

#: Snapshots of live tables stay this long: readers name the one that they began with.
KEPT = timedelta(hours=6)

#: Entries after which the files of a live table are joined.
JOIN_AFTER = 30


class StreamUpkeep:
    """The upkeep of the streams of one owner. Done again, it changes nothing more."""

    def __init__(
        self,
        batches: MicroBatches,
        marts: StreamMarts,
        lock: threading.Lock,
        patience: timedelta = PATIENCE,
        kept: timedelta = KEPT,
        join_after: int = JOIN_AFTER,
    ) -> None:
        """Bind to streams; `lock` is held by whoever writes live tables, a micro-batch or this."""
        self._batches = batches
        self._marts = marts
        self._lock = lock
        self._patience = patience
        self._kept = kept
        self._join_after = join_after
        #: The number of each ledger's last entry when the files of its live table were joined last.
        self._joined = {name: stream.ledger.next_number - 1 for name, stream in batches.streams.items()}

    def run(self, now: datetime) -> None:
        """Do what is due. Raises TakenOverError when another process owns a stream."""
        with self._lock:
            for evicted in evict_published(self._batches, now, self._patience):
                log.info("evicted", extra={"partition": evicted})
            joined = self._join_files()
        # No micro-batch waits for what follows.
        for name in joined:
            # A mart that is behind asks what rows were before those that came since.
            self._batches.streams[name].live.tidy(min([now - self._kept, *self._marts.needed_since(name)]))

    def _join_files(self) -> list[str]:
        """Join the files of live tables that have many; return the datasets."""
        joined = []
        for name, stream in self._batches.streams.items():
            number = stream.ledger.next_number - 1
            if number - self._joined[name] >= self._join_after:
                began = time.monotonic()
                self._batches.owner.require(name)
                stream.live.join_files()
                self._joined[name] = number
                seconds = round(time.monotonic() - began, 3)
                log.info("joined files", extra={"dataset": name, "seconds": seconds})
                joined.append(name)
        return joined

"""A token bucket for each client: so many events a second, and so many at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: Clients that are remembered; the one that was silent for longest goes first.
_MOST_CLIENTS = 10_000

#: Seconds of events that may come at once where no burst is set.
_BURST_SECONDS = 10


@dataclass
class _Bucket:
    level: float
    filled_at: float


class RateLimits:
    """Limits the events of each client. A request may overdraw the bucket: the next ones wait for it."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst or rate * _BURST_SECONDS
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_of(self, client: str) -> float:
        """Returns the seconds until a client may send again; 0 when it may now."""
        if not self._rate:
            return 0.0
        level = self._bucket(client).level
        return 0.0 if level > 0 else (1 - level) / self._rate

    def charge(self, client: str, events: int) -> None:
        """Take the events of a request out of its client's bucket."""
        if self._rate:
            self._bucket(client).level -= events

    def _bucket(self, client: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(client, _Bucket(self._burst, now))
        self._buckets.move_to_end(client)
        bucket.level = min(self._burst, bucket.level + (now - bucket.filled_at) * self._rate)
        bucket.filled_at = now
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return bucket

"""Times pieces of work of one process in turn (A B A B …), after a run of each that warms up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Callable


def timed(work: Callable[[], object]) -> float:
    """Seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Seconds of every run of each piece of work, in turn, after one that warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(runs + 1):
        for name, work in works.items():
            took = timed(work)
            if turn:
                seconds[name].append(took)
    return seconds

"""Where a stream can be killed: every moment at which the disk shows something else than before.

As `boundaries` does for runs: an undisturbed stream is watched, and each call of a method that has changed
a file is a boundary before and after it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import FunctionType
from unittest.mock import patch

from pyspark.sql import SparkSession

from boundaries import Boundary, Calls, files_of, traced_calls
from etl.model.layout import STREAM_JOB
from etl.streaming import job
from etl.streaming.job import StreamOptions
from etl.streaming.ledger import Ledger
from etl.streaming.live import Live
from etl.streaming.marts import StreamMarts
from etl.streaming.ownership import Ownership
from etl.streaming.upkeep import StreamUpkeep
from stream_records import STREAMED, open_streams

#: The day that the stream closes at its end.
DAY = "2024-12-31"

#: What its upkeep is called among jobs.
UPKEEP = "upkeep"

#: Whatever a stream writes is written by a method of one of these, or of the doors of runs.
STREAM_DOORS = (Live, Ledger, Ownership)


def options_of(root: Path, bootstrap: str, datasets: Sequence[str]) -> StreamOptions:
    """A stream of two micro-batches that closes the day at its end. Days do not close by themselves."""
    return StreamOptions(
        bootstrap=bootstrap,
        datasets=datasets,
        output=str(root),
        checkpoint=str(root / "checkpoint"),
        available_now=True,
        max_records=40,
        close=DAY,
        patience=timedelta(days=1),
    )


def arguments_of(root: Path, bootstrap: str, datasets: Sequence[str]) -> list[str]:
    """The same stream on the command line."""
    options = options_of(root, bootstrap, datasets)
    return [
        STREAM_JOB,
        "--available-now",
        *("--bootstrap", options.bootstrap, "--datasets", ",".join(options.datasets)),
        *("--output", options.output, "--checkpoint", options.checkpoint),
        *("--max-records", str(options.max_records), "--close", DAY),
    ]


def run_stream(spark: SparkSession, root: Path, bootstrap: str, datasets: Sequence[str]) -> None:
    """Stream until nothing is left to read, then close the day."""
    with patch.object(job, "due_days", lambda *_: []):
        job.run(spark, options_of(root, bootstrap, datasets))


def run_upkeep(spark: SparkSession, root: Path) -> None:
    """Evict, join files and bring marts up to date, however young everything is."""
    datasets = [name for name in STREAMED if (root / "stream_ledger" / name).exists()]
    batches = open_streams(spark, root, datasets)
    marts, none = StreamMarts(batches), timedelta(0)
    at_once = StreamUpkeep(batches, marts, threading.Lock(), none, kept=none, join_after=0)
    at_once.run(datetime.now(timezone.utc))
    marts.update()


def trace(calls: Calls) -> ExitStack:
    """Trace the doors of streams, too."""
    patches = ExitStack()
    for door in STREAM_DOORS:
        for name, member in list(vars(door).items()):
            if isinstance(member, FunctionType):
                patches.enter_context(patch.object(door, name, calls.traced(member)))
    return patches


def watch_stream(spark: SparkSession, root: Path, bootstrap: str, datasets: Sequence[str]) -> list[Boundary]:
    """Stream undisturbed; the boundaries in their order."""
    return _watch(root, "stream", lambda: run_stream(spark, root, bootstrap, datasets))


def watch_upkeep(spark: SparkSession, root: Path) -> list[Boundary]:
    """Do the upkeep undisturbed; the boundaries in their order."""
    return _watch(root, UPKEEP, lambda: run_upkeep(spark, root))


def _watch(root: Path, job: str, work: Callable[[], None]) -> list[Boundary]:
    found: list[Boundary] = []
    last = files_of(root)

    def look(moment: str, kind: str) -> None:
        nonlocal last
        # The main thread asks whether to stop, at any moment.
        if threading.current_thread() is threading.main_thread() and "stop.json" in moment:
            return
        now = files_of(root)
        if now != last:
            # What an entry is numbered by does not make another kind; where a folder lies does.
            zone = moment.partition("(")[2].partition("/")[0].rpartition(" ")[2]
            found.append(Boundary(job, moment, f"{re.sub('[0-9]+', '#', kind)} {zone}", True))
            last = now

    with traced_calls() as calls, trace(calls):
        calls.begin(look)
        work()
    return found

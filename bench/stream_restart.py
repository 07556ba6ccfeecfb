"""Seconds from a SIGKILL of the streaming job to the first row that its successor commits.

    make install-stream .venv/etl/.test
    .venv/etl/bin/python bench/stream_restart.py [--kills 5] [--rate 1000]

A real broker takes web events at a steady rate. The job, Python and its JVM, is killed in the middle of its
work and started again at once; the time ends when the ledger has one more entry with records. It includes the
start of Python, of the JVM and of Spark, the recovery of what the killed job had decided and not applied,
and, where there was nothing to recover, a first micro-batch.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from lake_session import BUNDLE, ROOT, release_settings, stream_settings
from stream_lake import ORDERS, entries, today
from stream_topics import BOOTSTRAP, TOPIC, Events, broker, flush, producer

PLACE = ROOT / "build" / "bench" / "stream_restart"
LAKE = PLACE / "lake"

#: Entries that a job writes before it is killed: its start is over then.
ENTRIES = 3

#: Seconds that a job has to write an entry.
PATIENCE = 300


def publish() -> None:
    """Publish a batch of yesterday into a new lake, in a process that ends before the job starts."""
    day = today() - timedelta(days=1)
    command = [ROOT / "platform", "run", "--rows", ORDERS, "--run-date", day, "--output", LAKE]
    subprocess.run(list(map(str, command)), check=True, cwd=ROOT, stdout=sys.stderr)


@contextmanager
def events(rate: int) -> Iterator[None]:
    """Send events at a steady rate."""
    ended = threading.Event()

    def send() -> None:
        made, target, sent, began = Events(), producer(), 0, time.monotonic()
        while not ended.wait(0.01):
            due = int((time.monotonic() - began) * rate)
            made.send(target, due - sent)
            sent = due
        flush(target)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def start_job(settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the job as `./platform stream` does, in a process group with its JVM."""
    words = ["--master", "local[2]"]
    for key, value in settings.items():
        words += ["--conf", f"{key}={value}"]
    arguments = {
        "--bootstrap": BOOTSTRAP,
        "--datasets": TOPIC,
        "--output": LAKE,
        "--checkpoint": LAKE / "streams" / "checkpoint",
        "--trigger-seconds": 1,
    }
    environment = {
        **os.environ,
        "PYTHONPATH": str(BUNDLE / "etl.zip"),
        "PYSPARK_SUBMIT_ARGS": shlex.join([*words, "pyspark-shell"]),
    }
    options = [word for pair in arguments.items() for word in pair]
    command = [str(word) for word in (sys.executable, BUNDLE / "main.py", "stream", *options)]
    with (PLACE / "job.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def applied() -> int:
    """Return how many entries with records the ledger has: a start after a kill may add one without."""
    return sum(map(has_records, (LAKE / "stream_ledger" / TOPIC).glob("0*[0-9].json")))


@cache
def has_records(entry: Path) -> bool:
    """Return whether an entry has records that were read."""
    return json.loads(entry.read_text())["archive"] is not None


def wait_for_entry(job: subprocess.Popen[bytes], number: int) -> None:
    """Wait until the ledger has an entry. Raises SystemExit when the job ends before."""
    end = time.monotonic() + PATIENCE
    while applied() < number:
        if job.poll() is not None or time.monotonic() > end:
            sys.exit(f"the job has not written entry {number}: see {PLACE}/job.log")
        time.sleep(0.02)


def kill(job: subprocess.Popen[bytes]) -> None:
    """End a job and its JVM at once."""
    if job.poll() is None:
        os.killpg(job.pid, signal.SIGKILL)
        job.wait()


def measure(kills: int, settings: Mapping[str, str]) -> list[float]:
    """Kill the job so many times; return the seconds until there was a new entry."""
    seconds, source = [], random.Random(42)
    job = start_job(settings)
    try:
        for _ in range(kills):
            wait_for_entry(job, applied() + ENTRIES)
            time.sleep(source.uniform(0, 2))
            began = time.monotonic()
            kill(job)
            before = applied()
            job = start_job(settings)
            wait_for_entry(job, before + 1)
            seconds.append(time.monotonic() - began)
    finally:
        kill(job)
    return seconds


def main() -> None:
    """Kill the job again and again, and print the seconds."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--rate", type=int, default=1_000, help="events a second")
    given = arguments.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    publish()
    settings = {**release_settings(), **stream_settings()}
    with broker(PLACE / "broker"), events(given.rate):
        seconds = measure(given.kills, settings)
    median, spread = statistics.median(seconds), f"{min(seconds):.1f} to {max(seconds):.1f}"
    print(f"SIGKILL to the next entry: median {median:.1f} s ({spread}, {given.kills} kills)")
    last = entries(LAKE, TOPIC)[-1]
    read, offsets = last["totals"]["read"], sum(last["next"].values())
    if read != offsets:
        sys.exit(f"{offsets:,} records by their offsets, {read:,} in the ledger: they should be equal")


if __name__ == "__main__":
    main()

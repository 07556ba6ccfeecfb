"""From POST to the commit of the snapshot that contains the row, with all programs of a stream running.

    make install-stream && .venv/etl/bin/python bench/stream_latency.py [--rate 1000] [--minutes 30]

Runs `./platform stream` in a new folder: a broker, the endpoint, the streaming job with a trigger of five
seconds, and the generator, which sends both datasets at a rate that does not wait for answers, 30 % of it
straight to the broker. Afterwards the ledger tells when records arrived at the broker, by second, and when
their entry was applied, which follows the commit. Latency counts from the start of the second, so it is up
to a second too long. The endpoint's own time, from a batch's first record to its answer, is in the
generator's account; the way of a record from POST to commit is the sum of both. Targets: p95 of the last
third at most 1.2 times that of the first third, and under 15 s.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lake_session import ROOT
from stream_lake import applied_at, entries

PLACE = ROOT / "build" / "bench" / "stream_latency"

DATASETS = ("web_events", "orders")

#: Ports that a stream of the user's does not have.
PORT, BROKER_PORT = 28081, 29292

#: Records of one second and latency: (second of arrival, seconds until their entry was applied, records).
Arrival = tuple[int, float, int]


def run_stream(rate: int, minutes: float, trigger: int) -> None:
    """Run a stream to its end. Raises SystemExit when it fails."""
    shutil.rmtree(PLACE, ignore_errors=True)
    options = {
        "--events": int(rate * 60 * minutes),
        "--rate": rate,
        "--seed": 42,
        "--folder": PLACE,
        "--port": PORT,
        "--broker-port": BROKER_PORT,
        "--trigger-seconds": trigger,
    }
    words = [str(word) for pair in options.items() for word in pair]
    finished = subprocess.run([ROOT / "platform", "stream", *words], cwd=ROOT, check=False)
    if finished.returncode:
        sys.exit(f"`./platform stream` ended with {finished.returncode}: see {PLACE}/logs")


def arrivals(found: Iterable[dict[str, Any]]) -> list[Arrival]:
    """Return what the entries of a ledger say about latency."""
    return [
        (int(second), applied_at(entry) - int(second), records)
        for entry in found
        for second, records in entry["arrivals"].items()
    ]


def percentile(of: Iterable[Arrival], share: float) -> float:
    """Return the latency that a share of the records does not exceed."""
    ordered = sorted((latency, records) for _, latency, records in of)
    wanted, seen = share * sum(records for _, records in ordered), 0
    for latency, records in ordered:
        seen += records
        if seen >= wanted:
            return latency
    return 0.0


def thirds(of: Sequence[Arrival], began: float, ended: float) -> tuple[list[Arrival], list[Arrival]]:
    """Return what arrived in the first and in the last third of a time."""
    length = (ended - began) / 3
    first = [each for each in of if each[0] < began + length]
    last = [each for each in of if each[0] >= ended - length]
    return first, last


def report(name: str, of: Sequence[Arrival], began: float, ended: float) -> None:
    """Print the latency of a dataset."""
    first, last = (percentile(part, 0.95) for part in thirds(of, began, ended))
    records = sum(each[2] for each in of)
    p50, p95 = percentile(of, 0.5), percentile(of, 0.95)
    print(f"{name}: {records:,} records; broker to commit p50 {p50:.1f} s, p95 {p95:.1f} s (asked: under 15)")
    ratio = f"{last / first:.2f}" if first else "unknown"
    print(f"  p95 of the last third {last:.1f} s, of the first {first:.1f} s: {ratio} (asked: at most 1.2)")


def seconds_since_1970(moment: str) -> float:
    """Return a moment of the account."""
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


def conclude(rate: int, folder: Path) -> None:
    """Print the figures of a stream that has ended."""
    account = json.loads((folder / "traffic.json").read_text())
    began, ended = (seconds_since_1970(account[name]) for name in ("started_at", "finished_at"))
    outcomes = {name: account[name] for name in ("acknowledged", "refused", "unknown")}
    print(f"{account['sent'] / (ended - began):,.0f} of {rate:,} records/s sent, {outcomes}")
    own = account["latency"]
    print("endpoint, a batch's first record to its answer:", *(f"{name} {own[name]} s" for name in own))
    for name in DATASETS:
        report(name, arrivals(entries(folder / "lake", name)), began, ended)


def main() -> None:
    """Run a stream and print its latency."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rate", type=int, default=1_000, help="records a second of both datasets")
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--trigger-seconds", type=int, default=5)
    given = arguments.parse_args()
    run_stream(given.rate, given.minutes, given.trigger_seconds)
    conclude(given.rate, PLACE)


if __name__ == "__main__":
    main()

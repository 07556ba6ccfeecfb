"""Generating: ours (three datasets, 24 columns, faults counted, gzip CSV) beside three Python UDFs (Parquet).

.venv/etl/bin/python bench/generate.py [rows]
"""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from typing import Callable

import original_jobs
from lake_session import ROOT, peak_gigabytes, start_session

PLACE = ROOT / "build" / "bench" / "generate"
RUNS = 3


def timed(work: Callable[[], object]) -> float:
    """Seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Run both in turn and print the table. The first run of each is the cold one."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    spark = start_session("bench generate")
    from etl.synthetic import generate  # noqa: PLC0415 - the release is on the path only now

    def ours() -> None:
        shutil.rmtree(PLACE / "raw", ignore_errors=True)
        generate.run(spark, str(PLACE / "raw"), rows, 42, date(2024, 12, 31))

    def original() -> None:
        original_jobs.generate(spark, rows, str(PLACE / "original"))

    seconds: dict[str, list[float]] = {"ours": [], "Python UDFs": []}
    for _ in range(RUNS):
        seconds["ours"].append(timed(ours))
        seconds["Python UDFs"].append(timed(original))
    best = min(seconds["ours"][1:])
    print(f"{rows:,} orders, JVM peak {peak_gigabytes(spark):.1f} GB, {RUNS} runs in turn")
    print(f"{'generator':14} {'cold s':>8} {'warm s':>8} {'M rows/s warm':>14} {'to ours':>8}")
    for name, (cold, *warm) in seconds.items():
        print(
            f"{name:14} {cold:8.1f} {min(warm):8.1f} {rows / min(warm) / 1e6:14.2f} {min(warm) / best:7.1f}x"
        )
    shutil.rmtree(PLACE)


main()

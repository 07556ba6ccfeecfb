"""The original's way of splitting a table, beside ours: seconds, and how many of the rows are left.

.venv/etl/bin/python bench/original.py [rows]
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from datetime import date

import original_jobs
from lake_session import ROOT, start_session

PLACE = ROOT / "build" / "bench" / "original"
DAY = date(2024, 12, 31)


def main() -> None:
    """Run both once on tables of the same size and print what became of every row."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    spark = start_session("bench original")
    from etl.batch import curate, ingest, marts  # noqa: PLC0415 - the release is on the path only now
    from etl.batch.run import Run  # noqa: PLC0415 - the same
    from etl.synthetic import generate  # noqa: PLC0415 - the release is on the path only now

    shutil.rmtree(PLACE, ignore_errors=True)
    generate.run(spark, str(PLACE / "raw"), rows, 42, DAY)
    original_jobs.generate(spark, rows, str(PLACE / "table"))

    start = time.perf_counter()
    original_jobs.split_and_save(spark.read.parquet(str(PLACE / "table")), rows, str(PLACE / "parts"))
    original_seconds = time.perf_counter() - start
    kept = spark.read.parquet(str(PLACE / "parts")).count()

    start = time.perf_counter()
    run = Run(
        run_id="bench", run_date=DAY, release="bench", input=str(PLACE / "raw"), output=str(PLACE / "lake")
    )
    for job in (ingest, curate, marts):
        job.run(spark, run)
    our_seconds = time.perf_counter() - start
    results = json.loads((PLACE / "lake" / "runs" / "run=bench" / "results.json").read_text())
    counts = next(d["dispositions"] for d in results["datasets"] if d["name"] == "orders")
    accounted = sum(counts[name] for name in ("inserted", "updated", "superseded", "quarantined"))

    print(f"{rows:,} orders, one run, cold")
    print(f"{'job':42} {'seconds':>8} {'ratio':>7} {'rows accounted for':>19} {'lost':>10}")
    for name, seconds, found in (
        ("ours: ingest, curate, three marts", our_seconds, accounted),
        ("original: limit, subtract, overwrite", original_seconds, kept),
    ):
        print(f"{name:42} {seconds:8.1f} {seconds / our_seconds:6.1f}x {found:19,} {rows - found:10,}")
    print("ours by disposition: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))
    shutil.rmtree(PLACE)


main()

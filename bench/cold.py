"""From a cold start to finished marts: whole processes, beside the same work in DuckDB.

    .venv/etl/bin/python bench/cold.py [rows …]

`./platform run` on raw files that are there, with the report, in turn with a process that loads DuckDB.
"""

from __future__ import annotations

import shutil
import statistics
import sys

from process import ROOT, Measure, finished
from spark_pipeline import DAY, sources

PLACE = ROOT / "build" / "bench" / "cold"

ROWS, RUNS = (100_000, 1_000_000, 5_000_000), 3

DUCKDB = """
import sys
from pathlib import Path
sys.path.insert(0, "bench")
import duckdb_pipeline
bundle, source, day, output = sys.argv[1:]
duckdb_pipeline.run(duckdb_pipeline.contracts_of(Path(bundle)), source, day, Path(output))
"""


def compare(rows: int) -> None:
    """Generate so many orders, run both sides in turn, and print a line for each."""
    shutil.rmtree(PLACE, ignore_errors=True)
    lake = PLACE / "lake"
    run = ["./platform", "run", "--run-date", DAY, "--output", lake, "--report", PLACE / "report.html"]
    finished([*run, "--rows", rows])
    raw = (lake / "raw").rename(PLACE / "raw")
    duckdb = [ROOT / "build" / "bundle", sources(raw, PLACE)["gzip CSV"], DAY, PLACE / "duckdb"]
    commands = {"ours": [*run, "--input", raw], "DuckDB": [sys.executable, "-c", DUCKDB, *duckdb]}
    took: dict[str, list[Measure]] = {side: [] for side in commands}
    for _ in range(RUNS):
        for side, command in commands.items():
            shutil.rmtree(lake, ignore_errors=True)
            took[side].append(finished(command))
    ours = statistics.median(each.seconds for each in took["ours"])
    for side, of_side in took.items():
        seconds = [each.seconds for each in of_side]
        median, spread = statistics.median(seconds), f"{min(seconds):.1f} to {max(seconds):.1f}"
        processor = statistics.median(each.processor_seconds for each in of_side)
        peak = max(each.peak_mb for each in of_side)
        cells = f"{rows:10,} {side:7} {median:8.1f} {spread:>14} {processor:13.1f} {peak:6.0f}"
        print(f"{cells} {ours / median:6.1f}x", flush=True)


def main() -> None:
    """Measure every size, remove what was made."""
    print(
        f"{'orders':>10} {'side':7} {'median s':>8} {'range':>14} {'of processor':>13} {'MB':>6} {'ratio':>7}"
    )
    for rows in [int(given) for given in sys.argv[1:]] or ROWS:
        compare(rows)
    shutil.rmtree(PLACE)


main()

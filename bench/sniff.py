"""Inference next to DuckDB's sniffer: one large file, and very many small tables that share columns.

    .venv/etl/bin/python bench/sniff.py one [megabytes]
    .venv/etl/bin/python bench/sniff.py tables [count]

`one` writes the plain CSV file of `files.py`. `tables` writes so many CSV files of 10,000 rows, all with the
columns `id`, `customer_id`, `product_id`, `status`, `amount` and `noted_at`. Each side is a whole process:
`./platform contract infer`, which reads every row and looks for ranges, keys and references; and a Python
that asks DuckDB's `sniff_csv` for the dialect and the types, from a sample of 20,480 rows and from all rows.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import duckdb
from files import PLACE, TRIP, TRIPS
from process import finished

ROWS = 10_000

#: Keys of the first table are 1 to 10,000, and those of the others begin where no other's do.
TABLE = """
select
  i + 1 as id,
  1 + hash(i, {n}) % 500 as customer_id,
  1 + hash(i, {n}, 1) % 300 as product_id,
  ['new', 'paid', 'sent', 'back'][1 + (hash(i, {n}, 2) % 4)::bigint] as status,
  ((hash(i, {n}, 3) % 90000) / 100)::decimal(8, 2) as amount,
  (timestamp '2024-01-01' + to_seconds((hash(i, {n}, 4) % 31622400)::bigint))::varchar as noted_at
from range({rows}) numbers(i)
"""

SNIFF = """
import duckdb, sys
for path in sys.argv[1:]:
    duckdb.sql(f"from sniff_csv('{path}', sample_size = SAMPLE)").fetchall()
"""

#: Rows of DuckDB's sample by default (DuckDB documentation, "CSV Auto Detection"), and its word for all.
SAMPLES = {"20,480 rows": "20480", "all rows": "-1"}


def write_one(megabytes: int) -> list[Path]:
    """One large file."""
    rows = megabytes * 1_000_000 // TRIP
    path = PLACE / "trips.csv"
    duckdb.sql(f"copy ({TRIPS.format(rows=rows)}) to '{path}' (header)")
    return [path]


def write_tables(count: int) -> list[Path]:
    """Tables that all have the same columns."""
    paths = [PLACE / f"table_{chr(97 + n // 26)}{chr(97 + n % 26)}.csv" for n in range(count)]
    for n, path in enumerate(paths):
        duckdb.sql(f"copy ({TABLE.format(n=n, rows=ROWS)}) to '{path}' (header)")
    return paths


def compare(paths: list[Path]) -> None:
    """Time all sides once and print what they took, and the ratios."""
    output = PLACE / "contracts"
    commands = {"./platform contract infer": ["./platform", "contract", "infer", PLACE, "--output", output]}
    for name, sample in SAMPLES.items():
        commands[f"sniff_csv, {name}"] = [sys.executable, "-c", SNIFF.replace("SAMPLE", sample), *paths]
    print(f"{'command':28} {'seconds':>9} {'of processor':>13} {'peak MB':>9} {'ours takes':>11}")
    ours = None
    for name, command in commands.items():
        took = finished(command)
        ours = ours or took.seconds
        figures = f"{took.seconds:9.1f} {took.processor_seconds:13.1f} {took.peak_mb:9.0f}"
        print(f"{name:28} {figures} {ours / took.seconds:10.1f}x", flush=True)


def main() -> None:
    """Write the files, time both sides, remove the files.

    Raises SystemExit when a command fails: it has no time then.
    """
    kind, size = (*sys.argv[1:3], *("tables", "50")[len(sys.argv) - 1 :])
    if kind not in ("one", "tables"):
        sys.exit(__doc__)
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    try:
        compare(write_one(int(size)) if kind == "one" else write_tables(int(size)))
    finally:
        shutil.rmtree(PLACE)


if __name__ == "__main__":
    main()

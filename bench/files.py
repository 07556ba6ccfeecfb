"""The same rows as one large file, packed, and as very many small files: looking at them, and running.

    .venv/etl/bin/python bench/files.py one [megabytes]
    .venv/etl/bin/python bench/files.py many [files]

`one` writes a CSV file of that size with sixteen columns, and the same packed with gzip. `many` writes so
many CSV files of ten orders each, and the same orders as eight. Each is given to the command line, once, as a
whole process.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
from process import ROOT, finished

PLACE = ROOT / "build" / "bench" / "files"

#: Bytes of one trip as text, on average.
TRIP = 152

ROWS_OF_SMALL, LARGE_FILES = 10, 8

TRIPS = """
select
  i + 1 as trip_id,
  'V' || lpad((hash(i) % 900)::varchar, 3, '0') as vendor,
  (timestamp '2024-01-01' + to_seconds(i * 31622400 // {rows}))::varchar as pickup_at,
  (timestamp '2024-01-01' + to_seconds(i * 31622400 // {rows} + 120 + (hash(i, 1) % 3600)::bigint))::varchar
    as dropoff_at,
  case when hash(i, 2) % 50 = 0 then 'NA' else (1 + hash(i, 3) % 6)::varchar end as passengers,
  ((hash(i, 4) % 4000) / 100)::decimal(8, 2) as distance_km,
  1 + hash(i, 5) % 265 as pickup_zone,
  1 + hash(i, 6) % 265 as dropoff_zone,
  50.6 + (hash(i, 7) % 1000000) / 2000000.0 as latitude,
  4.2 + (hash(i, 8) % 1000000) / 2000000.0 as longitude,
  ['card', 'cash', 'account', 'voucher'][1 + (hash(i, 9) % 4)::bigint] as payment,
  ((300 + hash(i, 10) % 9000) / 100)::decimal(8, 2) as fare,
  case when hash(i, 11) % 3 > 0 then ((hash(i, 12) % 1500) / 100)::decimal(8, 2) end as tip,
  hash(i, 13) % 10 = 0 as shared,
  'rider' || (hash(i, 14) % 300000) || '@example.com' as rider_email,
  ['quiet', 'late, but friendly', 'a "receipt"', 'airport'][1 + (hash(i, 15) % 4)::bigint] as note
from range({rows}) numbers(i)
"""

ORDERS = """
select
  i + 1 as order_id,
  (hash(i) % 50000)::varchar as customer,
  (timestamp '2024-01-01' + to_seconds((hash(i, 1) % 31622400)::bigint))::varchar as ordered_at,
  1 + hash(i, 2) % 9 as quantity,
  ((hash(i, 3) % 90000) / 100)::decimal(8, 2) as price,
  ['paid', 'sent', 'back'][1 + (hash(i, 4) % 3)::bigint] as status
from range({rows}) numbers(i)
"""


def write_one(megabytes: int) -> dict[str, Path]:
    """One large file, plain and packed."""
    plain, packed = PLACE / "plain" / "trips.csv", PLACE / "packed" / "trips.csv.gz"
    for path in (plain, packed):
        path.parent.mkdir(parents=True)
    rows = megabytes * 1_000_000 // TRIP
    duckdb.sql(f"copy ({TRIPS.format(rows=rows)}) to '{plain}' (header)")
    with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    return {"plain": plain, "gzip": packed}


def write_many(count: int) -> dict[str, Path]:
    """The same orders in many small files and in a few large ones."""
    rows = count * ROWS_OF_SMALL
    everything = PLACE / "all.csv"
    PLACE.mkdir(parents=True)
    duckdb.sql(f"copy ({ORDERS.format(rows=rows)}) to '{everything}' (header)")
    header, *lines = everything.read_text().splitlines(keepends=True)
    folders = {}
    for files in (LARGE_FILES, count):
        folder = folders[f"{files:,} files"] = PLACE / f"in-{files}" / "orders"
        folder.mkdir(parents=True)
        for number in range(files):
            own = lines[rows * number // files : rows * (number + 1) // files]
            (folder / f"orders-{number:06}.csv").write_text(header + "".join(own))
    return folders


def compare(data: Mapping[str, Path]) -> None:
    """Look at each, run each by the contract that came of it, and print what both took.

    Raises SystemExit when a command fails: it has no time then.
    """
    print(f"{'input':16} {'command':8} {'seconds':>9} {'of processor':>13} {'peak MB':>9}")
    for name, path in data.items():
        place = PLACE / "made" / name.replace(" ", "-")
        contract, lake, report = place / "data.odcs.yaml", place / "lake", place / "report.html"
        place.mkdir(parents=True)
        contracts = ["--contract", contract, "--output", lake, "--report", report]
        commands = {
            "infer": ["./platform", "contract", "infer", path, "--output", contract],
            "run": ["./platform", "run", "--data", path, *contracts],
        }
        for verb, command in commands.items():
            took = finished(command)
            figures = f"{took.seconds:9.1f} {took.processor_seconds:13.1f} {took.peak_mb:9.0f}"
            print(f"{name:16} {verb:8} {figures}", flush=True)


def main() -> None:
    """Write the files, time the commands, remove the files."""
    kind, size = (*sys.argv[1:3], *("one", "1000")[len(sys.argv) - 1 :])
    if kind not in ("one", "many"):
        sys.exit(__doc__)
    shutil.rmtree(PLACE, ignore_errors=True)
    try:
        compare(write_one(int(size)) if kind == "one" else write_many(int(size)))
    finally:
        shutil.rmtree(PLACE)


if __name__ == "__main__":
    main()

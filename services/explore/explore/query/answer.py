"""Runs a statement and puts its rows where they are wanted."""

from __future__ import annotations

import shutil
import sys

from explore.access.choice import engine_at
from explore.access.contracts import load_contracts
from explore.access.engine import Engine, Result
from explore.query.files import write_rows
from explore.query.listing import list_names
from explore.query.options import Options
from explore.query.table import render_table
from explore.wording import size


def answer(options: Options) -> None:
    """Ask the statement; print its rows, or write them to the file. Raises ExploreError."""
    sql = sys.stdin.read() if options.sql is None else options.sql
    engine = engine_of(options)
    result = list_names(engine, sql) or engine.query(sql, options.rows)
    if options.output is not None:
        write_rows(result.table, options.output)
        print(f"{options.output}: {summary(result)}")
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    print(render_table(result.table, width))
    if result.has_more:
        print(f"… and more rows: --rows {result.table.num_rows * 10} shows more, --output FILE writes all")
    print(summary(result))


def engine_of(options: Options) -> Engine:
    """Return the engine that the options choose."""
    return engine_at(options.lake, options.athena, load_contracts(options.contracts))


def summary(result: Result) -> str:
    """Return rows, bytes and seconds of a result, as people read them."""
    rows = f"{result.table.num_rows:,} {'row' if result.table.num_rows == 1 else 'rows'}"
    scanned = "" if result.bytes_scanned is None else f", {size(result.bytes_scanned)} scanned"
    reused = ", an earlier result" if result.from_cache else ""
    return f"{rows}{scanned}, {result.seconds:.2f} s{reused}"

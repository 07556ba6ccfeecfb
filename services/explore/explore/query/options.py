"""Options of a statement on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explore.access.place import AthenaPlace

#: Rows of a table on the terminal, when nothing else is asked for.
TERMINAL_ROWS = 100

#: Endings of output files.
FORMATS = (".csv", ".parquet")


@dataclass(frozen=True)
class Options:
    """What is asked, of which tables, and where the rows go.

    `sql` is the statement; None for standard input. `athena` is None for the lake on this machine. `output`
    is None for a table on the terminal. `rows` is the most rows to return; None for all of them.
    """

    sql: str | None
    lake: Path
    contracts: Path
    athena: AthenaPlace | None
    output: Path | None
    rows: int | None


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line. Ends the process with exit code 2 when it cannot be understood."""
    parser = argparse.ArgumentParser(prog="python -m explore.query", allow_abbrev=False)
    parser.add_argument("--sql", help="the statement (default: standard input)")
    parser.add_argument("--lake", type=Path, default=Path("build/lake"), help="root of the lake")
    parser.add_argument("--contracts", type=Path, required=True, help="folder of compiled contracts")
    parser.add_argument("--workgroup", help="Athena's workgroup, instead of the lake")
    parser.add_argument("--database-prefix", default="", help="what the names of Glue's databases begin with")
    parser.add_argument("--region", default="", help="region of the workgroup")
    parser.add_argument("--output", type=Path, help="a .csv or .parquet file (default: the terminal)")
    parser.add_argument("--rows", type=int, help=f"most rows (default: {TERMINAL_ROWS} on the terminal)")
    found = parser.parse_args(arguments)
    if found.output is not None and found.output.suffix not in FORMATS:
        parser.error(f"--output {found.output}: must end in {' or '.join(FORMATS)}")
    if found.rows is not None and found.rows < 1:
        parser.error(f"--rows {found.rows}: must be at least 1")
    athena = AthenaPlace(found.workgroup, found.database_prefix, found.region) if found.workgroup else None
    rows = TERMINAL_ROWS if found.rows is None and found.output is None else found.rows
    return Options(found.sql, found.lake, found.contracts, athena, found.output, rows)

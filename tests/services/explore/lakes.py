"""Lakes of the tests, and what other readers than the explorer make of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyarrow as pa
from processes import free_ports
from pyiceberg.table import StaticTable

ROOT = Path(__file__).resolve().parents[3]

#: Events that the stream is sent: a thousand visits, orders of all kinds, some terms that many search for.
_EVENTS = 5_000

_SECONDS = 900


def make_lake(folder: Path) -> Path:
    """Run a stream in a folder, and return the root of its lake."""
    endpoint, broker = free_ports()
    command = [ROOT / "platform", "stream", "--folder", folder, "--events", str(_EVENTS), "--rate", "0"]
    ports = ["--port", str(endpoint), "--broker-port", str(broker), "--seed", "7"]
    run = subprocess.run([*command, *ports], capture_output=True, text=True, check=False, timeout=_SECONDS)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "lake"


def newest_metadata(lake: Path, table: str) -> Path:
    """Return the newest metadata file of a table, named `<schema>.<table>`."""
    folder = lake / table.replace(".", "/") / "metadata"
    return max(folder.glob("v*.metadata.json"), key=lambda path: int(path.name[1:].partition(".")[0]))


def read_by_pyiceberg(lake: Path, table: str, snapshot: str) -> pa.Table:
    """Return the rows of a snapshot as PyIceberg reads them."""
    found = StaticTable.from_metadata(str(newest_metadata(lake, table)))
    return found.scan(snapshot_id=int(snapshot)).to_arrow()

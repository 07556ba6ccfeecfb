"""A server of OpenSearch with generated products and events, for benchmarks of the application."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "services" / "explore"))
from processes import search_in  # noqa: E402


@dataclass(frozen=True)
class Filled:
    """A running server, its process, and the compiled contracts that it was filled by."""

    url: str
    process: int
    contracts: Path
    folder: Path


@contextlib.contextmanager
def filled_search(products: int, events: int) -> Iterator[Filled]:
    """Start a server and fill it, for as long as the caller needs it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # The server does not run as root, and its folder is below this one.
        folder.chmod(0o755)
        contracts = folder / "contracts"
        compiling = [ROOT / "platform", "contract", "compile", "--out", contracts]
        subprocess.run(compiling, check=True, stdout=subprocess.DEVNULL)
        with search_in(folder) as url:
            python = ROOT / ".venv" / "etl" / "bin" / "python"
            filling = [python, ROOT / "bench" / "search_fill.py", contracts, url]
            subprocess.run([*filling, str(products), str(events), folder / "lake"], check=True)
            nodes = httpx.get(f"{url}/_nodes/process").json()["nodes"]
            (node,) = nodes.values()
            yield Filled(url, node["process"]["id"], contracts, folder)


def memory(process: int, line: str = "VmRSS") -> float:
    """Return a figure of /proc/<process>/status in MB: what it has, or its peak (`VmHWM`)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith(line))

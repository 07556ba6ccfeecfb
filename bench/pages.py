"""How long the pages of the application take to be drawn in a real Chromium, beside an empty page.

    make demo ROWS=100000 && make install-search .venv/explore/.test
    .venv/explore/bin/python bench/pages.py [--lake build/lake] [--products 2000] [--events 100000] [--runs 7]

Serves the application on a lake, with an OpenSearch that has generated products and events, and next to it a
page of Streamlit with nothing but a title. Each page is opened in turn, each time by a browser that knows
nothing; a page is drawn when Streamlit has ended its script and charts are there. The first visit, on which
the application reads the tables, is apart. The ratio is that of the medians to the empty page.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filled_search import ROOT, filled_search, memory

sys.path.insert(0, str(ROOT / "tests" / "services" / "explore"))
from processes import free_ports, running, settings_of

PAGES = {
    "freshness": "",
    "sales": "sales",
    "products": "products?q=raeding+lmap",
    "insights": "insights",
    "dictionary": "dictionary",
}

EMPTY = "empty page"


@contextmanager
def served(log: Path, command: Sequence[str], environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Return the URL and the process of a program that serves pages on the port that it is given last."""
    port, _ = free_ports()
    url = f"http://127.0.0.1:{port}"
    words = [sys.executable, "-m", *command, str(port)]
    with running(words, log, f"{url}/_stcore/health", environment) as process:
        yield url, process


def visits(urls: dict[str, str], runs: int) -> dict[str, list[float]]:
    """Return the milliseconds of each visit of each page, in turn."""
    given = json.dumps({"urls": urls, "runs": runs})
    command = ["node", str(ROOT / "bench" / "pages.cjs"), given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the browser ended with {done.returncode}: {done.stderr}")
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def report(found: dict[str, list[float]]) -> None:
    """Print the first visit, the median of the others, and its ratio to the empty page."""
    base = statistics.median(found[EMPTY][1:])
    print(f"{'page':12} {'first ms':>9} {'median':>8} {'min..max':>13} {'ratio':>6}")
    for name, (first, *others) in found.items():
        median, spread = statistics.median(others), f"{min(others):.0f}..{max(others):.0f}"
        print(f"{name:12} {first:9.0f} {median:8.0f} {spread:>13} {median / base:6.2f}")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--lake", type=Path, default=ROOT / "build" / "lake")
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    with ExitStack() as stack:
        filled = stack.enter_context(filled_search(given.products, given.events))
        empty = filled.folder / "empty.py"
        empty.write_text('import streamlit as st\n\nst.title("Empty")\n')
        environment = settings_of(given.lake.resolve(), filled.contracts, SEARCH_URL=filled.url)
        ours, process = stack.enter_context(
            served(filled.folder / "application.log", ["explore", "--port"], environment)
        )
        options = ["--server.address", "127.0.0.1", "--server.headless", "true"]
        options += ["--browser.gatherUsageStats", "false", "--server.port"]
        command = ["streamlit", "run", str(empty), *options]
        bare, other = stack.enter_context(served(filled.folder / "empty.log", command, dict(os.environ)))
        before = memory(process)
        report(visits({EMPTY: bare, **{name: f"{ours}/{page}" for name, page in PAGES.items()}}, given.runs))
        print(
            f"memory: application {before:.0f} MB before, {memory(process):.0f} MB after, peak "
            f"{memory(process, 'VmHWM'):.0f} MB; empty page {memory(other):.0f} MB; OpenSearch "
            f"{memory(filled.process):.0f} MB"
        )


if __name__ == "__main__":
    main()

"""Web events into OpenSearch: the job `index` beside the bulk helpers of its client, in turn.

    make install-search .venv/etl/.test && .venv/etl/bin/python bench/index.py [--events 1000000] [--runs 3]

All read the same Parquet files of three days and fill empty indices of the same template, one a day, on one
server of this repository. The job's work is what `main.py index` does with the rows: it makes the documents,
sends them, and compares index and rows until they are equal. `helpers.bulk` and `helpers.parallel_bulk` (two
threads) of opensearch-py get a dictionary for each row, with their own sizes of requests; they compare
nothing. `again` is the job on an index that is equal already, for which the helpers would send everything.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Callable

import pyarrow.parquet as pq
from lake_session import ROOT, peak_gigabytes, start_session
from opensearchpy import OpenSearch, helpers
from pyspark.sql import SparkSession
from turns import timed
from web_events import DAYS, FIRST_DAY, event_rows

sys.path.insert(0, str(ROOT / "tests" / "etl"))
from search_server import SearchServer

PLACE = ROOT / "build" / "bench" / "index"

#: Products that events name.
PRODUCTS = 20_000

JOB, BULK, PARALLEL, AGAIN = "job `index`", "helpers.bulk", "helpers.parallel_bulk", "job again"


class Sides:
    """The ways from files to an index."""

    def __init__(self, spark: SparkSession, client: OpenSearch, events: int) -> None:
        """Write the events."""
        # The release is on the path only now.
        from etl.sinks.search import index_rows, load_search  # noqa: PLC0415
        from etl.storage.lake import Lake  # noqa: PLC0415

        self._client, self._events = client, events
        self._index_rows, self._target = index_rows, load_search("web_events")
        self._lake, self._spark = Lake(spark, str(PLACE / "lake")), spark
        columns = [(field.name, field.type) for field in self._target.fields]
        self._files = PLACE / "events"
        event_rows(spark, events, PRODUCTS, columns).write.mode("overwrite").parquet(str(self._files))
        client.indices.put_index_template(self._target.prefix, self._target.template)

    def clear(self) -> None:
        """Remove all indices."""
        self._client.indices.delete(f"{self._target.prefix}-*")

    def job(self) -> None:
        """Let the job fill the indices, or compare them."""
        rows = self._spark.read.parquet(str(self._files))
        self._index_rows(self._lake, self._client, self._target, rows, "bench")

    def bulk(self) -> None:
        """Send every row by `helpers.bulk`."""
        self._make()
        helpers.bulk(self._client, self._actions())

    def parallel_bulk(self) -> None:
        """Send every row by `helpers.parallel_bulk`."""
        self._make()
        for _ in helpers.parallel_bulk(self._client, self._actions(), thread_count=2):
            pass

    def check(self) -> None:
        """Raise SystemExit unless every event is there: a side that loses some has no time."""
        self._client.indices.refresh(index=f"{self._target.prefix}-*")
        found = self._client.count(index=f"{self._target.prefix}-*")["count"]
        if found != self._events:
            sys.exit(f"{found:,} of {self._events:,} events are in the index")

    def _make(self) -> None:
        """Make the indices, which the server does not by itself."""
        for day in range(DAYS):
            self._client.indices.create(self._index(FIRST_DAY + timedelta(days=day)))

    def _index(self, day: date) -> str:
        return f"{self._target.prefix}-{day.isoformat()}-{self._target.hash}"

    def _actions(self) -> Iterator[dict[str, Any]]:
        for path in sorted(self._files.glob("*.parquet")):
            for batch in pq.ParquetFile(path).iter_batches(10_000):
                for row in batch.to_pylist():
                    yield {
                        "_index": self._index(row["event_time"].date()),
                        "_id": row["event_id"],
                        "_source": {name: value for name, value in row.items() if value is not None},
                    }


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds of a piece of work, and the peak of this process's memory meanwhile, in MB."""
    # 5 forgets the peak before. Source: proc(5), /proc/pid/clear_refs.
    Path("/proc/self/clear_refs").write_text("5")
    seconds = timed(work)
    return seconds, memory("self", "VmHWM")


def memory(process: object, line: str) -> float:
    """Return a figure of /proc/<process>/status in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith(line))


def measure(sides: Sides, runs: int) -> dict[str, list[tuple[float, float]]]:
    """Run each side on nothing, in turn, after one turn that warms up."""
    works = {JOB: sides.job, BULK: sides.bulk, PARALLEL: sides.parallel_bulk}
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in (*works, AGAIN)}
    for turn in range(runs + 1):
        for name, work in works.items():
            sides.clear()
            taken = {name: measured(work)}
            sides.check()
            if name == JOB:
                taken[AGAIN] = measured(sides.job)
            if turn:
                for each, figures in taken.items():
                    results[each].append(figures)
    return results


def report(results: dict[str, list[tuple[float, float]]], events: int) -> None:
    """Print medians, and how long the job takes beside each of the others."""
    medians = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in results.items()}
    print(f"{events:,} events\n{'side':24} {'s':>7} {'min..max':>15} {'events/s':>9} {'MB':>6}  job takes")
    for name, runs in results.items():
        seconds = [each for each, _ in runs]
        spread = f"{min(seconds):.1f}..{max(seconds):.1f}"
        ratio = "" if name in (JOB, AGAIN) else f"  {medians[JOB] / medians[name]:.2f} times as long"
        peak = max(peak for _, peak in runs)
        print(
            f"{name:24} {medians[name]:7.1f} {spread:>15} {events / medians[name]:9,.0f} {peak:6.0f}{ratio}"
        )


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    spark = start_session("index")
    server = SearchServer(PLACE / "server")
    try:
        with server.client as client:
            report(measure(Sides(spark, client, given.events), given.runs), given.events)
            (node,) = client.nodes.info(metric="process")["nodes"].values()
            print(f"OpenSearch: {memory(node['process']['id'], 'VmHWM'):,.0f} MB at its peak")
        print(f"Spark's JVM: {peak_gigabytes(spark) * 1024:,.0f} MB at its peak")
    finally:
        server.kill()
        spark.stop()


if __name__ == "__main__":
    main()

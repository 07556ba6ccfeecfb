"""Streams in a process that kills itself, JVM and all, with SIGKILL: `killed_streams.py <plan.json>`.

As `killed_runs.py` does for runs: each stream goes as far as its boundary and stands still there for good.
The kill then takes all of them at once.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from pyspark.sql import SparkSession  # noqa: E402 - the path comes first

from boundaries import Calls, traced_calls  # noqa: E402 - the same
from stream_boundaries import run_stream, trace  # noqa: E402 - the same


def stop_at(spark: SparkSession, calls: Calls, plan: dict[str, Any], moment: str) -> None:
    """Stream until a call of a door. It never goes on."""
    reached = threading.Event()

    def stand(now: str, _: str) -> None:
        if now == moment:
            reached.set()
            threading.Event().wait()

    calls.begin(stand)
    where = (spark, Path(plan["root"]), plan["bootstrap"], plan["datasets"])
    stream = threading.Thread(target=run_stream, args=where, daemon=True)
    stream.start()
    while not reached.wait(0.01):
        if not stream.is_alive():
            print(f"{moment} was never reached", file=sys.stderr, flush=True)
            os._exit(1)


def main(plan: dict[str, Any]) -> None:
    """Bring a stream to each boundary of the plan, then die."""
    builder = SparkSession.builder
    for key, value in plan["settings"].items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    jvm = spark._jvm.java.lang.ProcessHandle.current().pid()
    root = Path(plan["root"])
    with traced_calls() as calls, trace(calls):
        for number, moment in enumerate(plan["moments"]):
            shutil.copytree(plan["before"], root)
            stop_at(spark, calls, plan, moment)
            # Tables name their files by whole path: every stream was at this place, and is read there.
            root.rename(Path(plan["killed"]) / str(number))
        os.kill(jvm, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))

"""A stream that kills itself, JVM and all, when it comes to a call: `killed_streams.py <plan.json>`."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from pyspark.sql import SparkSession  # noqa: E402 - the path comes first

from boundaries import traced_calls  # noqa: E402 - the same
from stream_boundaries import run_stream, trace  # noqa: E402 - the same


def main(plan: dict[str, Any]) -> None:
    """Stream until the call, then die."""
    builder = SparkSession.builder
    for key, value in plan["settings"].items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    jvm = spark._jvm.java.lang.ProcessHandle.current().pid()

    def die(now: str, _: str) -> None:
        if now == plan["moment"]:
            os.kill(jvm, signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)

    with traced_calls() as calls, trace(calls):
        calls.begin(die)
        run_stream(spark, Path(plan["root"]), plan["bootstrap"], plan["datasets"])


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))

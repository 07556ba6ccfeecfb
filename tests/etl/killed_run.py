"""A run in a process of its own that kills itself, JVM and all, with SIGKILL: `killed_run.py <root> <point>`.

A point is a function of the door and which of its calls is the last: `publish:0` dies before the first.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from pyspark.sql import SparkSession  # noqa: E402 - the path comes first

from batches import NEXT_DAY, run_pipeline  # noqa: E402 - the same
from etl.storage.files import Files  # noqa: E402 - the same
from etl.storage.tables import Tables  # noqa: E402 - the same

POINTS = {"follow": (Tables, "follow"), "pointer": (Files, "replace_json")}


def dying(spark: SparkSession, real: Callable[..., Any], is_counted: Callable[..., bool], last: int) -> Any:
    """The function, whose call number `last` never begins."""
    jvm = spark._jvm.java.lang.ProcessHandle.current().pid()
    calls = 0

    def wrapped(*arguments: Any) -> Any:
        nonlocal calls
        if is_counted(*arguments):
            calls += 1
            if calls > last:
                os.kill(jvm, signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments)

    return wrapped


def main(root: Path, point: str, settings: dict[str, str]) -> None:
    """Run the batch of the next day up to the point."""
    builder = SparkSession.builder
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    name, _, last = point.partition(":")
    owner, function = POINTS[name]
    is_counted = (lambda *given: "current.json" in str(given[1])) if name == "pointer" else lambda *_: True
    setattr(owner, function, dying(spark, getattr(owner, function), is_counted, int(last)))
    run_pipeline(spark, root, NEXT_DAY, f"killed-{name}")


main(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]))

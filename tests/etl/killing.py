"""Processes that kill themselves, and what they leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pyspark.sql import SparkSession

from boundaries import Boundary

RUNS = Path(__file__).with_name("killed_runs.py")


def session_to_kill(settings: Mapping[str, str]) -> tuple[SparkSession, Callable[[], None]]:
    """A session, and what ends its JVM and this process at once."""
    builder = SparkSession.builder
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    jvm = spark._jvm.java.lang.ProcessHandle.current().pid()

    def die() -> None:
        os.kill(jvm, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    return spark, die


def killed_at(
    root: Path, before: Path, boundaries: Sequence[Boundary], settings: Mapping[str, str]
) -> list[Path]:
    """The lake of each boundary, as a process left it that was killed there.

    Tables name their files by whole path: a lake must be brought back to `root`, where it was, to be read.
    `before` has the lake before each job.
    """
    place = before.parent / "killed"
    place.mkdir()
    plan = place / "plan.json"
    document = {
        "settings": settings,
        "root": str(root),
        "before": str(before),
        "killed": str(place),
        "boundaries": [vars(each) for each in boundaries],
    }
    plan.write_text(json.dumps(document))
    ended = subprocess.run([sys.executable, RUNS, plan], capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return [place / str(number) for number in range(len(boundaries))]

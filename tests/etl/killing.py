"""Sessions of processes that kill themselves."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping

from pyspark.sql import SparkSession


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

"""Spark as a release runs it on a laptop: its own code and settings, two cores, a bounded heap."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "build" / "bench-bundle"

#: Heap of the JVM. The whole process stays under 4.5 GB with it.
HEAP = "3g"


def start_session(name: str) -> SparkSession:
    """Build the release, put its code on the path, and start Spark with its settings."""
    command = [ROOT / "platform", "bundle", "--out", BUNDLE]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    sys.path.insert(0, str(BUNDLE / "etl.zip"))
    builder = SparkSession.builder.appName(name).master("local[2]").config("spark.driver.memory", HEAP)
    jars = sorted(str(jar) for jar in (ROOT / "build" / "jars").glob("iceberg-*-1.10.1.jar"))
    place = {
        "spark.driver.extraClassPath": ":".join(jars),
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.defaultJavaOptions": "-XX:+UseParallelGC",
    }
    settings = json.loads((BUNDLE / "manifest.json").read_text())["spark_conf"]
    for key, value in {**settings, **place}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def peak_gigabytes(session: SparkSession) -> float:
    """Largest resident set of the JVM so far (VmHWM of proc(5))."""
    process = session._jvm.java.lang.ProcessHandle.current().pid()
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024**2

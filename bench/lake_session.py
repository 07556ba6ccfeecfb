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
    return session_of(name, {**release_settings(), "spark.driver.memory": HEAP})


def start_stream_session(name: str) -> SparkSession:
    """Start Spark as `./platform stream` does: with the jars for Kafka, and a smaller heap."""
    return session_of(name, {**release_settings(), **stream_settings()})


def release_settings() -> dict[str, str]:
    """Build the release, put its code on the path, and return Spark's settings."""
    command = [ROOT / "platform", "bundle", "--out", BUNDLE]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    sys.path.insert(0, str(BUNDLE / "etl.zip"))
    place = {
        "spark.driver.extraClassPath": class_path("iceberg-*-1.10.1.jar"),
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.defaultJavaOptions": "-XX:+UseParallelGC",
    }
    settings: dict[str, str] = json.loads((BUNDLE / "manifest.json").read_text())["spark_conf"]
    return {**settings, **place}


def stream_settings() -> dict[str, str]:
    """Return the settings that `./platform stream` adds (cli/stream/job.ts)."""
    jars = ("iceberg-*-1.10.1.jar", "spark-*-kafka-*.jar", "kafka-clients-*.jar", "commons-pool2-*.jar")
    return {
        "spark.driver.extraClassPath": class_path(*jars),
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
    }


def class_path(*patterns: str) -> str:
    """Return the class path of jars in build/jars. Raises SystemExit when one is missing."""
    found = [sorted((ROOT / "build" / "jars").glob(pattern)) for pattern in patterns]
    for pattern, jars in zip(patterns, found):
        if not jars:
            sys.exit(f"build/jars has no {pattern}: run `make install-stream`")
    return ":".join(str(jar) for jars in found for jar in jars)


def session_of(name: str, settings: dict[str, str]) -> SparkSession:
    """Start Spark on two cores."""
    builder = SparkSession.builder.appName(name).master("local[2]")
    for key, value in settings.items():
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

"""Kafka Connect's Iceberg sink on the topic of the other benchmarks of streams, and what kills of it leave.

    make .venv/etl/.test build/jars/.stream build/kafka/.run build/connect/.run
    .venv/etl/bin/python bench/stream_connect.py [--events 1000000] [--interval 5] [--kills 3]

The sink appends web events to an Iceberg table and commits every five seconds, as often as
`./platform stream` does. It validates nothing and cannot update, so the bare append of `bench/stream.py` is
what it compares with. Its time goes from the start of its process to the commit after which the table has all
events. Then another table gets the same topic while the worker is killed by SIGKILL after a commit; rows that
are there twice are its duplicates, and events that are not there are missing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from lake_session import ROOT, start_stream_session
from stream_topics import BOOTSTRAP, TOPIC, Events, broker, flush, make_topic, producer

PLACE = ROOT / "build" / "bench" / "stream_connect"
JARS = ROOT / "build" / "connect"

REST_PORT = 29283

#: Seconds without a new row after which the sink counts as stuck.
PATIENCE = 180

#: Seconds without a new row after which the sink has appended all: Kafka gives up a killed consumer after 45.
QUIET = 120


def write_settings(table: str, interval: int) -> list[Path]:
    """Write the settings of a worker and of a sink into a table; return their files."""
    control = f"control-{table}"
    make_topic(control, 1)
    worker = {
        "bootstrap.servers": BOOTSTRAP,
        "key.converter": "org.apache.kafka.connect.storage.StringConverter",
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        "value.converter.schemas.enable": "false",
        "offset.storage.file.filename": PLACE / "offsets",
        # While no record arrives, the sink learns that it should commit this often only.
        "offset.flush.interval.ms": 1_000,
        "listeners": f"http://127.0.0.1:{REST_PORT}",
        "connector.client.config.override.policy": "All",
    }
    sink = {
        "name": f"sink-{table}",
        "connector.class": "org.apache.iceberg.connect.IcebergSinkConnector",
        "tasks.max": 1,
        "topics": TOPIC,
        "iceberg.tables": f"db.{table}",
        "iceberg.tables.auto-create-enabled": "true",
        "iceberg.control.topic": control,
        "iceberg.control.commit.interval-ms": interval * 1000,
        "iceberg.control.commit.timeout-ms": 30_000,
        "iceberg.catalog": "bench",
        "iceberg.catalog.type": "hadoop",
        "iceberg.catalog.warehouse": PLACE / "warehouse",
        "consumer.override.auto.offset.reset": "earliest",
    }
    files = []
    for name, settings in (("worker", worker), (f"sink-{table}", sink)):
        file = PLACE / f"{name}.properties"
        file.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        files.append(file)
    return files


def start(files: list[Path]) -> subprocess.Popen[bytes]:
    """Start a worker with the heap that the streaming job has, and with the settings of the broker's log."""
    main = "org.apache.kafka.connect.cli.ConnectStandalone"
    # The broker's jars have the logger.
    classes = ":".join([f"{JARS}/*", *map(str, (ROOT / "build" / "kafka").glob("*reload4j-*.jar"))])
    settings = f"-Dlog4j.configuration=file:{PLACE}/broker/log4j.properties"
    command = ["java", "-Xmx2g", settings, "-cp", classes, main, *map(str, files)]
    with (PLACE / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def rows(table: str) -> int:
    """Return how many rows the newest snapshot of a table has, by its own account; 0 before the first."""
    metadata = PLACE / "warehouse" / "db" / table / "metadata"
    hint = metadata / "version-hint.text"
    if not hint.exists():
        return 0
    document = json.loads((metadata / f"v{hint.read_text().strip()}.metadata.json").read_text())
    current = document.get("current-snapshot-id")
    found = [each for each in document.get("snapshots", []) if each["snapshot-id"] == current]
    return int(found[0]["summary"]["total-records"]) if found else 0


def wait_for(worker: subprocess.Popen[bytes], table: str, enough: int) -> None:
    """Wait until a table has enough rows. Raises SystemExit when no more come."""
    seen, since = rows(table), time.monotonic()
    while seen < enough:
        if worker.poll() is not None or time.monotonic() - since > PATIENCE:
            sys.exit(f"{table} has {seen:,} of {enough:,} rows and gets no more: see {PLACE}/log")
        time.sleep(0.1)
        if (now := rows(table)) != seen:
            seen, since = now, time.monotonic()


def wait_until_quiet(table: str, seconds: float) -> None:
    """Wait until a table has had no new row for so long."""
    seen, since = rows(table), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.5)
        if (now := rows(table)) != seen:
            seen, since = now, time.monotonic()


def stop(worker: subprocess.Popen[bytes]) -> None:
    """End a worker in order."""
    worker.send_signal(signal.SIGTERM)
    worker.wait(60)


def append_seconds(events: int, interval: int) -> float:
    """Return the seconds from the start of a worker until its table has all events."""
    files, began = write_settings("appended", interval), time.monotonic()
    worker = start(files)
    try:
        wait_for(worker, "appended", events)
        return time.monotonic() - began
    finally:
        stop(worker)


def append_with_kills(events: int, interval: int, kills: int) -> int:
    """Append all events again and kill the worker whenever it has committed; return the number of kills."""
    done = 0
    files = write_settings("killed", interval)
    worker = start(files)
    try:
        while done < kills and (before := rows("killed")) < events:
            wait_for(worker, "killed", before + 1)
            worker.kill()
            worker.wait()
            worker = start(files)
            done += 1
        wait_until_quiet("killed", max(QUIET, 6 * interval))
    finally:
        stop(worker)
    return done


def report_kills(events: int, kills: int) -> None:
    """Print how many rows are there twice, and how many events are not there."""
    spark = start_stream_session("bench stream_connect")
    for key, value in {"": "org.apache.iceberg.spark.SparkCatalog", ".type": "hadoop"}.items():
        spark.conf.set(f"spark.sql.catalog.sink{key}", value)
    spark.conf.set("spark.sql.catalog.sink.warehouse", str(PLACE / "warehouse"))
    question = "SELECT count(*), count(DISTINCT event_id) FROM sink.db.killed"
    found, distinct = spark.sql(question).collect()[0]
    print(f"{kills} kills: {found - distinct:,} duplicates, {events - distinct:,} of {events:,} missing")
    spark.stop()


def main() -> None:
    """Append all events once undisturbed and once with kills, and print what came of it."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--interval", type=int, default=5, help="seconds between commits")
    arguments.add_argument("--kills", type=int, default=3)
    given = arguments.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    with broker(PLACE / "broker"):
        target = producer()
        Events().send(target, given.events)
        flush(target)
        took = append_seconds(given.events, given.interval)
        print(f"{given.events:,} events in {took:.1f} s, {given.events / took:,.0f} rows/s with the start")
        kills = append_with_kills(given.events, given.interval, given.kills)
    report_kills(given.events, kills)
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    main()

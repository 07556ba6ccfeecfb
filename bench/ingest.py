"""The HTTP endpoint under an open-loop load, with a real broker: latency and memory.

    .venv/services/bin/python bench/ingest.py [--seconds 60 | --minutes 10] [--rate 10000] [--batch 100]

The endpoint has processor 0 alone; the load and the broker share the others. First come batches for half of
the time, then `--singles` requests a second with one event. Requests are due at fixed times and latency
counts from then, so that a slow answer is not followed by a pause (Tene, "How NOT to Measure Latency",
2013). Targets: p99 of single requests under 50 ms, and at most 200 MB of resident memory that does not
grow.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROKER_PORT, PORT = 29092, 28080

#: Connections of the load.
CONNECTIONS = 32

HEAD = "POST /ingest/web_events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Load:
    """Counts of events and their answers."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    processor_seconds: float = 0.0


def event() -> str:
    """Returns a web event of today."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return (
        f'{{"event_id":"{uuid.uuid4()}","event_time":"{now}","event_type":"page_view","session_id":"s-{os.getpid()}",'
        '"customer_id":731,"product_id":17,"order_id":null,"url":"https://shop.example.com/en/products/17?from=home",'
        f'"referrer":"https://www.example.com/","user_agent":"{AGENT}","search_text":null,"language":"en"}}'
    )


def request_of(events: int) -> Callable[[], bytes]:
    """Returns what makes a request with so many new events."""

    def make() -> bytes:
        body = event() if events == 1 else f"[{','.join(event() for _ in range(events))}]"
        head = f"{HEAD}content-length: {len(body)}"
        return f"{head}\r\n\r\n{body}".encode()

    return make


async def connection(due: asyncio.Queue[float | None], make: Callable[[], bytes], load: Load) -> None:
    """Send what is due, one request after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    while (when := await due.get()) is not None:
        writer.write(make())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        load.latencies.append(time.perf_counter() - when)
        load.statuses[head[9:12].decode()] += 1
    writer.close()


async def run(rate: float, events: int, seconds: float, endpoint: int) -> Load:
    """Send so many requests a second."""
    load, due = Load(), asyncio.Queue[float | None]()
    tasks = [asyncio.create_task(connection(due, request_of(events), load)) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    sample, before = start, processor_seconds(endpoint)
    for number in range(int(rate * seconds)):
        when = start + number / rate
        await asyncio.sleep(max(0.0, when - time.perf_counter()))
        due.put_nowait(when)
        if when >= sample:
            load.memory.append(resident(endpoint))
            sample += seconds / 30
    for _ in tasks:
        due.put_nowait(None)
    await asyncio.gather(*tasks)
    load.processor_seconds = processor_seconds(endpoint) - before
    return load


def processor_seconds(pid: int) -> float:
    """Processor time that a process has taken."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes of memory that a process has."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def report(title: str, load: Load, rate: float, seconds: float) -> None:
    """Print the figures of one load."""
    ordered = sorted(load.latencies)
    p50, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
    third = max(1, len(load.memory) // 3)
    first, last = (statistics.mean(part) for part in (load.memory[:third], load.memory[-third:]))
    print(f"{title}: {len(ordered) / seconds:,.0f} of {rate:,.0f} requests/s, answers {dict(load.statuses)}")
    print(f"  processor time of the endpoint: {load.processor_seconds / seconds:.0%} of one")
    print(f"  latency ms: p50 {p50:.1f}, p99 {p99:.1f}, largest {ordered[-1] * 1000:.1f}")
    print(f"  memory MB: largest {max(load.memory):.0f}, mean of last third / first third {last / first:.2f}")


def start(folder: Path) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """Start the broker, make the topics, start the endpoint on processor 0."""
    others = ",".join(map(str, range(1, os.cpu_count() or 2)))
    broker = subprocess.Popen(
        ["taskset", "-c", others, ROOT / "services/broker/run", folder / "broker", str(BROKER_PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    subprocess.run(
        [ROOT / "platform", "contract", "compile", "--out", folder / "contracts"],
        check=True,
        stdout=sys.stderr,
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "services/ingest"),
        "INGEST_CONTRACTS": str(folder / "contracts"),
        "INGEST_BOOTSTRAP": f"127.0.0.1:{BROKER_PORT}",
        "INGEST_PORT": str(PORT),
        "INGEST_LOG_LEVEL": "warning",
    }
    subprocess.run([sys.executable, "-m", "ingest.topics"], check=True, env=environment)
    endpoint = subprocess.Popen(["taskset", "-c", "0", sys.executable, "-m", "ingest"], env=environment)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/ready").close()
            break
        except OSError:
            time.sleep(0.2)
    os.sched_setaffinity(0, set(range(1, os.cpu_count() or 2)))
    return broker, endpoint


def main() -> None:
    """Run both loads and print their figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--minutes", type=float)
    arguments.add_argument("--rate", type=float, default=10_000, help="events a second in batches")
    arguments.add_argument("--batch", type=int, default=100)
    arguments.add_argument("--singles", type=float, default=1_000, help="single requests a second")
    given = arguments.parse_args()
    seconds = (given.minutes * 60 if given.minutes else given.seconds) / 2
    with tempfile.TemporaryDirectory() as folder:
        broker, endpoint = start(Path(folder))
        try:
            loads = ((given.rate / given.batch, given.batch), (given.singles, 1))
            asyncio.run(run(given.singles, 1, 3, endpoint.pid))
            for rate, events in loads:
                load = asyncio.run(run(rate, events, seconds, endpoint.pid))
                report(f"{rate:,.0f} requests/s of {events}", load, rate, seconds)
        finally:
            for process in (endpoint, broker):
                process.send_signal(signal.SIGTERM)
                process.wait(30)


if __name__ == "__main__":
    main()

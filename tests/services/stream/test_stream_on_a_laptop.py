"""`./platform stream` for real: broker, endpoint, Spark and generator, interrupted and started again."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 600
DISPOSITIONS = ("inserted", "updated", "superseded", "quarantined")
#: Planted kinds that the endpoint finds by the event alone.
REFUSED = ("bad_enum", "missing_field", "wrong_type", "not_json", "unknown_field", "future", "too_late")


def free_ports() -> tuple[int, int]:
    """Returns a free port, and one whose successor is free, too: the broker's controller has it."""
    while True:
        with socket.socket() as one, socket.socket() as other, socket.socket() as third:
            one.bind(("127.0.0.1", 0))
            other.bind(("127.0.0.1", 0))
            broker = other.getsockname()[1]
            try:
                third.bind(("127.0.0.1", broker + 1))
            except OSError:
                continue
            return one.getsockname()[1], broker


class Platform:
    """`./platform stream` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        endpoint, broker = free_ports()
        self._own = ["--folder", str(folder), "--port", str(endpoint), "--broker-port", str(broker)]

    def start(self, *options: str) -> subprocess.Popen[str]:
        command = [str(ROOT / "platform"), "stream", *self._own, *options]
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, *options: str) -> str:
        running = self.start(*options)
        output, _ = running.communicate(timeout=SECONDS)
        assert running.returncode == 0, output
        return output

    @property
    def account(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "traffic.json").read_text())
        return found

    def totals(self) -> Counter[str]:
        """Adds the totals of the last ledger entry of each dataset."""
        sums: Counter[str] = Counter()
        for dataset in (self.folder / "lake" / "stream_ledger").iterdir():
            last = max(path for path in dataset.glob("[0-9]*.json") if ".decided" not in path.name)
            sums.update(json.loads(last.read_text())["totals"])
        return sums

    def processes(self) -> list[str]:
        """Returns the programs that have this folder in their command lines or environments."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            except OSError:
                continue
            if str(self.folder).encode() in command and process.name != "self":
                found.append((process / "cmdline").read_text().replace("\0", " "))
        return found


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Platform:
    return Platform(tmp_path_factory.mktemp("stream"))


def test_interrupted_and_started_again_it_accounts_for_every_acknowledged_record(platform: Platform) -> None:
    running = platform.start("--events", "0", "--rate", "300", "--seed", "1")
    assert running.stdout is not None
    output = ""
    for line in running.stdout:
        output += line
        if "inserted" in line and "inserted 0" not in line:
            break
    else:
        pytest.fail(output)
    running.send_signal(signal.SIGINT)
    output += running.communicate(timeout=SECONDS)[0]
    assert running.returncode == 130, output
    assert "the next start goes on where this one ended" in output
    assert platform.processes() == []
    first = platform.account
    assert first["interrupted"]
    assert first["pending"] == first["unknown"] == 0

    output = platform.run("--events", "3000", "--rate", "0", "--seed", "2")
    second = platform.account
    assert second["sent"] == 3000 == second["acknowledged"] + second["refused"]
    totals = platform.totals()
    assert totals["read"] == first["acknowledged"] + second["acknowledged"], output
    assert totals["read"] == sum(totals[name] for name in DISPOSITIONS)
    assert_planted(first, second, totals)
    assert platform.processes() == []


def assert_planted(first: dict[str, Any], second: dict[str, Any], totals: Counter[str]) -> None:
    """What was planted is quarantined; orphans of the first batch's own faults are, too."""
    planted = sum(
        row["acknowledged"]
        for account in (first, second)
        for row in account["records"]
        if row["expected"] == "quarantined"
    )
    assert 0 < planted <= totals["quarantined"] < planted + 0.05 * totals["read"]
    for row in second["records"]:
        if row["route"] == "endpoint":
            assert row["refused"] == (row["sent"] if row["kind"] in REFUSED else 0), row


def test_a_port_in_use_is_named_before_anything_starts(tmp_path: Path) -> None:
    platform = Platform(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        began = time.monotonic()
        running = platform.start("--port", str(port))
        output, _ = running.communicate(timeout=SECONDS)
    assert running.returncode == 1
    assert f"port {port} on 127.0.0.1, which the endpoint needs, is in use" in output
    assert time.monotonic() - began < 10
    assert not (tmp_path / "kafka").exists()

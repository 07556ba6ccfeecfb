"""A stream of another process that stands still at moments of its work, as whoever overtakes it sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("standing_streams.py")


class StandingStream:
    """A process of Python and its JVM that stops and is continued, both at once."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        """Bind to a process that leads its group; what it logs is in `log`."""
        self._process = process
        self._log = log

    def stopped(self) -> dict[str, Any]:
        """Wait until it stands still; return what it says. Raises AssertionError when it ends instead."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        assert line, self._log.read_text()[-3000:]
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED)
        told: dict[str, Any] = json.loads(line)
        return told

    def go_on(self) -> None:
        """Let it continue."""
        os.killpg(self._process.pid, signal.SIGCONT)

    def reasons(self) -> list[str]:
        """Why its jobs ended, one for each that did not succeed."""
        lines = [line for line in self._log.read_text().splitlines() if line.startswith("{")]
        return [entry["reason"] for entry in map(json.loads, lines) if entry["level"] == "ERROR"]


@contextmanager
def standing_stream(folder: Path, **plan: Any) -> Iterator[StandingStream]:
    """Start a process that stands still as the plan says; end it with the block."""
    path, log = folder / "plan.json", folder / "log"
    path.write_text(json.dumps(plan))
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, RUNNER, path],
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
            start_new_session=True,
        )
    with process:
        try:
            yield StandingStream(process, log)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)

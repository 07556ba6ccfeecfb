"""Times whole processes in turn (A B A B …) and prints the medians and the ratio from this one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measure:
    """One finished process: wall seconds, peak resident set in MB, exit code, processor seconds."""

    seconds: float
    peak_mb: float
    code: int
    processor_seconds: float


def measure(command: list[str]) -> Measure:
    """Run a command from the repository's root with its output thrown away.

    The peak is `ru_maxrss` of wait4(2): the largest resident set of the process or of one it waited for.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return Measure(
        time.perf_counter() - start,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
        usage.ru_utime + usage.ru_stime,
    )


def finished(command: Sequence[object]) -> Measure:
    """Measure a command that has to end well.

    Raises SystemExit when it does not: a failed run has no time.
    """
    words = [str(word) for word in command]
    took = measure(words)
    if took.code != 0:
        sys.exit(f"ended with {took.code}: {' '.join(words)}")
    return took


def compare(commands: dict[str, list[str]], expected_code: int = 0, runs: int = 5) -> None:
    """Print median seconds and peak MB of each command, and its ratio to the first one.

    Raises SystemExit when a command does not end with the expected exit code: a failed run has no time.
    """
    results: dict[str, list[Measure]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            result = measure(command)
            if result.code != expected_code:
                sys.exit(f"{name} ended with {result.code} instead of {expected_code}: {' '.join(command)}")
            if turn > 0:
                results[name].append(result)
    base = statistics.median(m.seconds for m in next(iter(results.values())))
    print(f"{'command':40} {'median s':>9} {'min..max s':>13} {'peak MB':>8} {'ratio':>7}   ({runs} runs)")
    for name, measures in results.items():
        seconds = [m.seconds for m in measures]
        spread = f"{min(seconds):.2f}..{max(seconds):.2f}"
        peak = max(m.peak_mb for m in measures)
        median = statistics.median(seconds)
        print(f"{name:40} {median:9.2f} {spread:>13} {peak:8.0f} {median / base:6.1f}x")

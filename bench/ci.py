"""What the jobs of ci.yml take here, one after the other: all, or the targets that are given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from process import ROOT


def targets() -> list[str]:
    """The targets that the workflow names, a matrix of them too, in its order."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    lines = re.findall(r"run: make ([a-z-]+(?: ROWS=\d+)?)|target: \[(.*)\]", text)
    return [target for made, matrix in lines for target in ([made] if made else matrix.split(", "))]


def main() -> None:
    """Run each, and print wall and processor seconds: the first depend on what else the machine does."""
    print(f"{'target':24} {'wall s':>8} {'processor s':>12}")
    for target in sys.argv[1:] or targets():
        start = time.perf_counter()
        process = subprocess.Popen(
            ["make", *target.split()], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"make {target} failed")
        processor = usage.ru_utime + usage.ru_stime
        print(f"make {target:19} {time.perf_counter() - start:8.1f} {processor:12.1f}", flush=True)


main()

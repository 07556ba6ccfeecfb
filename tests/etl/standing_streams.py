"""A stream that stands still, JVM and all, when it comes to a call: `standing_streams.py <plan.json>`.

It does so at each moment of the plan, each time on a fresh lake. It stops by SIGSTOP, as a machine does that
is frozen. Continued, it ends as the job ends, and stops again, so that the lake can be looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from boundaries import Calls, traced_calls  # noqa: E402 - the path comes first
from etl import cli  # noqa: E402 - the same
from etl.streaming import job  # noqa: E402 - the same
from killing import session_to_kill  # noqa: E402 - the same
from stream_boundaries import arguments_of, trace  # noqa: E402 - the same


def stand_still(**told: Any) -> None:
    """Say so, and stop until whoever started this process continues it."""
    print(json.dumps(told), flush=True)
    os.killpg(0, signal.SIGSTOP)


def stop_at(calls: Calls, moment: str) -> None:
    """Stop at the moment, once."""

    def look(now: str, _: str) -> None:
        if now == moment:
            stand_still(stands=moment)

    calls.begin(look)


def main(plan: dict[str, Any]) -> None:
    """Run the job of streams once for each moment."""
    session_to_kill(plan["settings"])
    with traced_calls() as calls, trace(calls), patch.object(job, "due_days", lambda *_: []):
        for moment in plan["moments"]:
            shutil.copytree(plan["before"], plan["root"])
            stop_at(calls, moment)
            code = cli.main(arguments_of(Path(plan["root"]), plan["bootstrap"], plan["datasets"]))
            stand_still(ended=code)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))

"""A stream that kills itself, JVM and all, when it comes to a call: `killed_streams.py <plan.json>`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from boundaries import traced_calls  # noqa: E402 - the path comes first
from killing import session_to_kill  # noqa: E402 - the same
from stream_boundaries import run_stream, trace  # noqa: E402 - the same


def main(plan: dict[str, Any]) -> None:
    """Stream until the call, then die."""
    spark, die = session_to_kill(plan["settings"])

    def die_at_moment(now: str, _: str) -> None:
        if now == plan["moment"]:
            die()

    with traced_calls() as calls, trace(calls):
        calls.begin(die_at_moment)
        run_stream(spark, Path(plan["root"]), plan["bootstrap"], plan["datasets"])


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))

"""Structured logs: one JSON object a line on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

from traffic.times import milliseconds, now


def log(message: str, level: str = "INFO", **fields: Any) -> None:
    """Writes one line."""
    line = {"time": milliseconds(now()), "level": level, "job": "traffic", "message": message, **fields}
    print(json.dumps(line), file=sys.stderr, flush=True)

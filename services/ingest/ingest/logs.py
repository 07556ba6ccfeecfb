"""Structured logs: one JSON object a line on standard error, never with an event, a token or a key."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from ingest.producer import LIBRARY_LOG

#: Attributes of a record that are written when a call gives them as `extra`.
FIELDS = ("method", "path", "status", "milliseconds", "events", "dataset", "client")


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_logs(level: str) -> None:
    """Send everything that is logged to standard error, in JSON."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[stream], force=True)
    logging.getLogger(LIBRARY_LOG).setLevel(logging.DEBUG if level == "debug" else logging.CRITICAL)
    # The endpoint logs requests itself, with the status and the number of events.
    logging.getLogger("uvicorn.access").disabled = True

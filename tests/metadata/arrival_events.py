"""Messages as EventBridge hands on what S3 says.

Source: Amazon S3 User Guide, "EventBridge event message structure".
"""

from __future__ import annotations

import json
from typing import Any

BUCKET = "big-data-dev-data-111111111111"


def message(
    key: str = "raw/orders/run_date=2025-03-08/orders-00000.csv.gz",
    version: str | None = "v1",
    **changes: Any,
) -> str:
    """Make one message about an object of `BUCKET`; `changes` are of its `object`."""
    stored = {"key": key, "size": 100, "etag": "e", "version-id": version, "sequencer": "0055AED6DCD90281E5"}
    detail = {
        "version": "0",
        "bucket": {"name": BUCKET},
        "object": {**stored, **changes},
        "requester": "111111111111",
        "reason": "PutObject",
    }
    event = {"version": "0", "detail-type": "Object Created", "source": "aws.s3", "detail": detail}
    return json.dumps(event)

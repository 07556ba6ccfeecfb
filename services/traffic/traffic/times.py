"""Moments, as the contract of web events writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

#: Tells what time it is, in UTC.
Clock = Callable[[], datetime]


def now() -> datetime:
    """Returns the time by this machine's clock."""
    return datetime.now(UTC)


def milliseconds(moment: datetime) -> str:
    """Writes a moment as `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"

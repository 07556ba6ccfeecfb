"""Reads the body of a request within its bounds: type, size, time, and bytes of all requests together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect, Request

from ingest.answers import RETRY_AFTER, Refusal
from ingest.events import JSON, NDJSON
from ingest.metrics import Metrics
from ingest.settings import Settings

#: Names of the one encoding.
_UTF_8 = frozenset({"utf-8", "utf8"})

#: The rest of the request is not read, so the connection cannot be used again.
_CLOSE = {"connection": "close"}


class Budget:
    """Bytes that requests hold, of all of them together."""

    def __init__(self, most: int, metrics: Metrics) -> None:
        self._most, self._held = most, 0
        metrics.in_flight.set_function(lambda: self._held)

    @contextmanager
    def share(self) -> Iterator[Share]:
        """Give a request a share, which is returned at its end."""
        share = Share(self)
        try:
            yield share
        finally:
            self._held -= share.held

    def take(self, size: int) -> None:
        """Raise Refusal when the requests would hold too much."""
        if self._held + size > self._most:
            raise Refusal(
                503,
                "overloaded",
                "the endpoint holds as many bytes as it may; send it again",
                {"retry-after": str(RETRY_AFTER)},
            )
        self._held += size


class Share:
    """Bytes of the budget that one request holds."""

    def __init__(self, budget: Budget) -> None:
        self._budget, self.held = budget, 0

    def grow_to(self, size: int) -> None:
        """Hold so many bytes, unless more are held. Raises Refusal when there are not as many left."""
        if size > self.held:
            self._budget.take(size - self.held)
            self.held = size


def is_lines(request: Request) -> bool:
    """Whether the body is lines of JSON; else it is one JSON value.

    Raises Refusal for any other media type, for other text than UTF-8, and for packed bodies.
    """
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    packed = request.headers.get("content-encoding", "identity").lower()
    charsets = [part.partition("=")[2].strip(' "') for part in parameters if "charset" in part]
    if media_type.strip() not in NDJSON | JSON or any(
        charset not in ("utf-8", "utf8") for charset in charsets
    ):
        raise Refusal(
            415,
            "unsupported_media_type",
            "send application/json or application/x-ndjson, in UTF-8",
            {"accept-post": "application/json, application/x-ndjson"},
        )
    if packed != "identity":
        raise Refusal(415, "unsupported_encoding", "send the body unpacked", {"accept-encoding": "identity"})
    return media_type.strip() in NDJSON


async def read_body(request: Request, settings: Settings, share: Share) -> bytes:
    """Read the body.

    Raises Refusal when it is too large or too slow, or the requests hold too much.
    """
    most = settings.max_body_bytes
    too_large = Refusal(413, "too_large", f"the body is larger than {most} bytes; send fewer events at once")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise too_large
    share.grow_to(int(length))
    body = bytearray()
    try:
        async with asyncio.timeout(settings.read_timeout):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise too_large
                share.grow_to(len(body))
    except TimeoutError:
        message = f"the body did not arrive within {settings.read_timeout:g} seconds; send it again"
        raise Refusal(408, "too_slow", message, _CLOSE) from None
    except ClientDisconnect:
        raise Refusal(400, "disconnected", "the client went away before the body's end", _CLOSE) from None
    return bytes(body)

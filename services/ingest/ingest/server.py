"""uvicorn with bounds on requests that arrive slowly, and a drain that answers while it waits."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ingest.app import Endpoint

#: Bytes of a request before its body.
_LONGEST_HEAD = 65_536

#: Seconds after the read timeout in which the application answers, before the connection is closed.
_SLACK = 1.0

#: Seconds that a connection may stay without a request.
_KEEP_ALIVE = 30


def serve(endpoint: Endpoint) -> None:
    """Serve until SIGTERM or SIGINT, and finish what was accepted."""
    settings = endpoint.settings
    config = uvicorn.Config(
        endpoint.app(),
        host=settings.host,
        port=settings.port,
        http=_protocol(settings.read_timeout + _SLACK, 2 * settings.max_connections),
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=int(settings.acknowledge_timeout + settings.read_timeout) + 5,
    )
    server = DrainingServer(config, endpoint)
    endpoint.connections = lambda: len(server.server_state.connections)
    server.run()


class DrainingServer(uvicorn.Server):
    """Refuses new requests with 503 while it finishes what was accepted."""

    def __init__(self, config: uvicorn.Config, endpoint: Endpoint) -> None:
        super().__init__(config)
        self._endpoint = endpoint

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain, then stop as uvicorn does."""
        self._endpoint.is_draining = True
        await asyncio.sleep(self._endpoint.settings.drain_seconds)
        await super().shutdown(sockets)


def _protocol(timeout: float, most_connections: int) -> type[HttpToolsProtocol]:
    """Returns uvicorn's protocol with bounds on the time and the head of a request, and on connections.

    Up to half of them are served, and the application refuses the rest with 503; more are closed.
    """

    class BoundedProtocol(HttpToolsProtocol):
        _late: asyncio.TimerHandle | None = None
        _head = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._expect()
            if len(self.connections) > most_connections:
                transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            self._arrived()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._head = 0
            self._expect()

        def on_header(self, name: bytes, value: bytes) -> None:
            self._head += len(name) + len(value)
            super().on_header(name, value)

        def on_headers_complete(self) -> None:
            self._head = 0
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._arrived()
            super().on_message_complete()

        def data_received(self, data: bytes) -> None:
            # Bytes count until the parser has found the end of the head among them.
            if self._late is not None and (self.cycle is None or self.cycle.response_complete):
                self._head += len(data)
            super().data_received(data)
            if self._head > _LONGEST_HEAD and not self.transport.is_closing():
                self.transport.close()

        def _expect(self) -> None:
            self._arrived()
            self._late = self.loop.call_later(timeout, self._give_up)

        def _arrived(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

        def _give_up(self) -> None:
            if not self.transport.is_closing():
                self.transport.close()

    return BoundedProtocol

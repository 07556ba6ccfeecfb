"""Ports for servers of the tests."""

from __future__ import annotations

import socket


def free_ports() -> int:
    """The first of two ports that are free now."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return int(port)

"""A server that takes OpenLineage events, and remembers them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class LineageServer:
    """Listens on loopback while it is entered."""

    def __init__(self) -> None:
        self._events: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def options(self) -> dict[str, str]:
        """Airflow's options for this server, as stacks/orchestration/airflow-options.ts makes them."""
        url = f"http://127.0.0.1:{self._server.server_port}"
        return {
            "openlineage.transport": json.dumps({"type": "http", "url": url, "endpoint": "api/v1/lineage"}),
            "openlineage.namespace": "big-data-dev",
            "openlineage.disable_source_code": "True",
        }

    @property
    def text(self) -> str:
        """All that was sent."""
        return json.dumps(self._events)

    def ends(self, job: str) -> list[str]:
        """How a job of the environment ended, in the words of OpenLineage, as often as it was told."""
        return [
            event["eventType"]
            for event in self._events
            if event["job"]["namespace"] == "big-data-dev"
            and event["job"]["name"] == job
            and event["eventType"] in ("COMPLETE", "FAIL", "ABORT")
        ]

    def __enter__(self) -> LineageServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        events = self._events

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/api/v1/lineage"
                events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(201)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

"""An emulated AWS that notes who calls what: the access key of a request names the role that makes it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.server import DomainDispatcherApplication, ThreadedMotoServer, create_backend_app
from werkzeug.serving import make_server

#: Access key of what tests do themselves, in the place of Terraform, AWS or a user.
OF_TESTS = "tests"
_SIGNED = re.compile(r"Credential=([^/]+)/\d{8}/[^/]+/([^/]+)/aws4_request")
_STRUCTURED = ("application/json", "application/x-amz-json", "application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Request:
    """A signed request, as it came."""

    #: Access key, by which the role is known.
    key: str
    #: Name by which the request is signed for a service: `elasticmapreduce`.
    signing_name: str
    method: str
    path: str
    #: Query string; a parameter without a value is empty.
    query: dict[str, str]
    #: Headers that AWS looks at, in lower case.
    headers: dict[str, str]
    #: The body of a JSON or form request, and of S3's `DeleteObjects`; empty for others.
    body: bytes


class RecordingServer(ThreadedMotoServer):
    """Moto's server, each signed request of which is handed to a function before it is answered."""

    def __init__(self, note: Callable[[Request], None]) -> None:
        super().__init__(ip_address="127.0.0.1", port=0, verbose=False)
        self._note = note

    def _server_entry(self) -> None:
        app = DomainDispatcherApplication(create_backend_app)

        def noting(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            request = _read(environ)
            if request and request.key != OF_TESTS:
                self._note(request)
            return app(environ, start_response)  # type: ignore[no-any-return]

        self._server = make_server(self._ip_address, self._port, noting, True)
        self._server_ready_event.set()
        self._server.serve_forever()


def _read(environ: dict[str, Any]) -> Request | None:
    signed = _SIGNED.search(environ.get("HTTP_AUTHORIZATION", ""))
    if signed is None:
        return None
    body = b""
    deletes = environ.get("QUERY_STRING", "").startswith("delete")
    if deletes or environ.get("CONTENT_TYPE", "").startswith(_STRUCTURED):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return Request(
        key=signed[1],
        signing_name=signed[2],
        method=environ["REQUEST_METHOD"],
        path=unquote(environ.get("PATH_INFO", "/")),
        query={name: values[0] for name, values in query.items()},
        headers={
            name.removeprefix("HTTP_").replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_X_AMZ") or name == "CONTENT_TYPE"
        },
        body=body,
    )

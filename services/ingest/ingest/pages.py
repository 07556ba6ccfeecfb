"""The page of Swagger UI, which needs no network, and answers for unknown paths."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from ingest.answers import json_response

Handler = Callable[[Request], Awaitable[Response]]

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ingest</title>
<link rel="stylesheet" href="/docs/files/swagger-ui.css"></head>
<body><div id="page"></div><script src="/docs/files/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "/openapi.json", dom_id: "#page"})</script></body></html>
"""


def files() -> StaticFiles:
    """Returns what serves the scripts and styles of Swagger UI."""
    return StaticFiles(directory=swagger_ui_path)


async def docs(_: Request) -> Response:
    """`GET /docs`: the OpenAPI document, to read and to try."""
    return HTMLResponse(_PAGE)


async def not_found(request: Request, _: Exception) -> Response:
    """Answer an unknown path."""
    message = f"there is no {request.url.path[:100]}; events go to /ingest/<dataset>, /docs says how"
    return json_response(404, {"error": "not_found", "message": message, "written": "no"})


async def not_allowed(request: Request, error: Exception) -> Response:
    """Answer a method that a path does not have."""
    message = f"{request.url.path[:100]} does not take {request.method}; /docs says what it takes"
    headers = getattr(error, "headers", None)
    return json_response(405, {"error": "method_not_allowed", "message": message, "written": "no"}, headers)

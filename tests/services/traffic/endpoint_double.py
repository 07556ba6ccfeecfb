"""An HTTP server on loopback that answers as the endpoint documents it, and fails as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web


class EndpointDouble:
    """Answers requests from a list of statuses, then accepts everything; keeps the bodies."""

    def __init__(self, *answers: int) -> None:
        self._answers = list(answers)
        self.bodies: list[bytes] = []

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[str]:
        """Serves until the block ends; yields the address."""
        application = web.Application()
        application.router.add_post("/ingest/{dataset}", self._answer)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.bodies.append(body)
        status = self._answers.pop(0) if self._answers else 202
        if status == 0:
            await asyncio.sleep(1)
        if status != 202:
            return web.json_response({"title": "not now"}, status=status)
        results = [{"status": 422 if b'"bad"' in line else 202} for line in body.splitlines()]
        return web.json_response({"results": results}, status=207)

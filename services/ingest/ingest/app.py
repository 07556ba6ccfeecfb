"""The HTTP application: routes, and the way of a request from its checks to its answer."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from ingest import events, pages
from ingest.answers import RETRY_AFTER, Refusal, answer_many, answer_one, json_response
from ingest.datasets import Dataset
from ingest.metrics import Metrics
from ingest.openapi import openapi_of
from ingest.producer import EventProducer
from ingest.rate_limits import RateLimits
from ingest.reading import Budget, is_lines, read_body
from ingest.settings import Settings
from ingest.submission import Submission
from ingest.tokens import KeysAwayError, TokenError, Tokens
from ingest.validation import json_text

log = logging.getLogger(__name__)

_RETRY = {"retry-after": str(RETRY_AFTER)}
_CLOSE = {**_RETRY, "connection": "close"}


@dataclass
class Endpoint:
    """State that all requests share: settings, datasets, producer, metrics."""

    settings: Settings
    datasets: Mapping[str, Dataset]
    producer: EventProducer
    metrics: Metrics = field(default_factory=Metrics)
    is_draining: bool = False
    #: How many connections there are; the server knows.
    connections: Callable[[], int] = lambda: 0

    def __post_init__(self) -> None:
        settings = self.settings
        self.budget = Budget(settings.max_in_flight_bytes, self.metrics)
        self.limits = RateLimits(settings.client_rate, settings.client_burst)
        self.tokens = (
            Tokens(settings.jwks_url, settings.token_issuer or "", settings.token_audience or "")
            if settings.jwks_url
            else None
        )
        self.metrics.connected.set_function(lambda: self.producer.is_connected)
        self.openapi = openapi_of(self.datasets, settings)

    def app(self) -> Starlette:
        """Returns the application."""
        app = Starlette(
            routes=[
                Route("/ingest", self._timed(self.post_envelope), methods=["POST"]),
                Route("/ingest/{dataset}", self._timed(self.post_dataset), methods=["POST"]),
                Route("/health", self.health),
                Route("/ready", self.ready),
                Route("/metrics", self.read_metrics),
                Route("/openapi.json", self.read_openapi),
                Route("/docs", pages.docs),
                Mount("/docs/files", pages.files()),
            ],
            exception_handlers={404: pages.not_found, 405: pages.not_allowed},
            lifespan=self._lifespan,
        )
        # A path with a slash at its end is another path: a redirect would have clients send events twice.
        app.router.redirect_slashes = False
        return app

    async def post_dataset(self, request: Request) -> Response:
        """`POST /ingest/{dataset}`: one event, an array, or lines."""
        client = await self._client(request)
        dataset = self._dataset(request.path_params["dataset"])
        has_lines = is_lines(request)
        with self.budget.share() as share:
            text = json_text.decode(await read_body(request, self.settings, share))
            if has_lines:
                return await self._submit_many(client, dataset, events.lines_of(text))
            if events.is_array(text):
                return await self._submit_many(client, dataset, events.items_of(text))
            return await self._submit_one(client, dataset, events.Found(text))

    async def post_envelope(self, request: Request) -> Response:
        """`POST /ingest`: an envelope that names its dataset."""
        client = await self._client(request)
        if is_lines(request):
            raise Refusal(415, "unsupported_media_type", "an envelope is one JSON object: application/json")
        with self.budget.share() as share:
            text = json_text.decode(await read_body(request, self.settings, share))
            try:
                name, event, array = events.open_envelope(text)
            except events.BodyError as error:
                raise Refusal(400, "not_an_envelope", str(error)) from None
            dataset = self._dataset(name)
            if event is not None:
                return await self._submit_one(client, dataset, event)
            return await self._submit_many(client, dataset, events.items_of(array or ""))

    async def health(self, _: Request) -> Response:
        """`GET /health`: the process answers."""
        return json_response(200, {"status": "ok"})

    async def ready(self, _: Request) -> Response:
        """`GET /ready`: events would be taken now."""
        problem = self._problem()
        if problem is None:
            return json_response(200, {"status": "ready"})
        return json_response(503, {"status": "not ready", "message": problem}, _RETRY)

    async def read_metrics(self, _: Request) -> Response:
        """`GET /metrics`: for Prometheus."""
        return Response(self.metrics.text(), media_type="text/plain; version=0.0.4")

    async def read_openapi(self, _: Request) -> Response:
        """`GET /openapi.json`: the endpoint and the events of each dataset."""
        return json_response(200, self.openapi)

    async def _submit_one(self, client: str, dataset: Dataset, event: events.Found) -> Response:
        submission = await self._submit(client, dataset, [event])
        return answer_one(submission.results[0], submission.is_json)

    async def _submit_many(self, client: str, dataset: Dataset, found: Iterable[events.Found]) -> Response:
        return answer_many((await self._submit(client, dataset, found)).results)

    async def _submit(self, client: str, dataset: Dataset, found: Iterable[events.Found]) -> Submission:
        submission = Submission(dataset, self.settings.max_events, self.settings.max_event_bytes)
        try:
            await submission.validate(found)
        except events.BodyError as error:
            raise Refusal(400, "not_json", f"{error}; nothing of it was written") from None
        finally:
            self.limits.charge(client, len(submission.results))
        self._refuse_unready(dataset)
        await submission.produce(self.producer)
        submission.count(self.metrics)
        return submission

    async def _client(self, request: Request) -> str:
        """Returns the client: the subject of its token, else its address.

        Raises Refusal when the client may not send.
        """
        if self.connections() > self.settings.max_connections:
            raise Refusal(503, "overloaded", "there are too many connections; send it again", _CLOSE)
        self._refuse_unready()
        client = request.client.host if request.client else "unknown"
        if self.tokens is not None:
            try:
                client = await self.tokens.subject_of(request.headers.get("authorization"))
            except TokenError as error:
                challenge = {"www-authenticate": 'Bearer realm="ingest", error="invalid_token"'}
                raise Refusal(401, "unauthorized", str(error), challenge) from None
            except KeysAwayError:
                raise Refusal(503, "keys_away", "the keys of tokens cannot be fetched", _RETRY) from None
        wait = self.limits.wait_of(client)
        if wait > 0:
            headers = {"retry-after": str(int(wait) + 1)}
            rate = f"{self.settings.client_rate:g} events a second"
            raise Refusal(429, "too_many_requests", f"the client sends more than {rate}; wait", headers)
        return client

    def _dataset(self, name: str) -> Dataset:
        if name not in self.datasets:
            names = sorted(self.datasets)
            message = f"there is no streamed dataset {name[:60]!r}; use {', '.join(names)}"
            raise Refusal(404, "unknown_dataset", message, datasets=names)
        dataset = self.datasets[name]
        self._refuse_unready(dataset)
        return dataset

    def _refuse_unready(self, dataset: Dataset | None = None) -> None:
        problem = self._problem(dataset)
        if problem is not None:
            raise Refusal(503, "unavailable", problem, _CLOSE if self.is_draining else _RETRY)

    def _problem(self, dataset: Dataset | None = None) -> str | None:
        if self.is_draining:
            return "the endpoint is stopping; send it again"
        if not self.producer.is_connected:
            return "the brokers do not answer; send it again"
        wanted = [dataset] if dataset else self.datasets.values()
        missing = [each.topic.name for each in wanted if each.topic.name not in self.producer.topics]
        if missing:
            return f"there is no topic {', '.join(missing)}; make it with `python -m ingest.topics`"
        return None

    def _timed(self, handle: pages.Handler) -> pages.Handler:
        async def handle_timed(request: Request) -> Response:
            started = time.perf_counter()
            try:
                response = await handle(request)
            except Refusal as refusal:
                response = refusal.response()
            seconds = time.perf_counter() - started
            self.metrics.seconds.observe(seconds)
            self.metrics.requests.labels(response.status_code).inc()
            level = logging.DEBUG if response.status_code < 400 else logging.INFO  # noqa: PLR2004
            if log.isEnabledFor(level):
                fields = {"path": request.url.path, "status": response.status_code}
                log.log(level, "request", extra={**fields, "milliseconds": round(seconds * 1000, 1)})
            return response

        return handle_timed

    @asynccontextmanager
    async def _run(self, _: Starlette) -> AsyncIterator[None]:
        yield
        self.producer.close()

    def _lifespan(self, app: Starlette) -> AbstractAsyncContextManager[None]:
        return self._run(app)

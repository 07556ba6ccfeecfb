"""A client of OpenSearch: asks one index by its alias, and says clearly when search is away."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol, Self

import boto3
import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from explore.errors import ExploreError

#: Seconds that an answer may take: somebody is waiting for the page.
_PATIENCE = 10.0

_BAD_REQUEST, _NOT_FOUND, _SERVER_ERROR = 400, 404, 500

Json = dict[str, Any]


class SearchAwayError(ExploreError):
    """There is no search: none is configured, it does not answer, or it has no such index yet."""


class Search(Protocol):
    """Answers requests in OpenSearch's query language."""

    def search(self, alias: str, body: Json) -> Json:
        """Return the answer to one request. Raises SearchAwayError, or ExploreError when it is refused."""
        ...

    def search_many(self, alias: str, bodies: Sequence[Json]) -> Sequence[Json]:
        """Return the answers to several requests, in their order; raises as `search` does."""
        ...


class OpenSearch:
    """A cluster by its URL."""

    def __init__(self, url: str, auth: httpx.Auth | None = None, named: str = "EXPLORE_SEARCH_URL") -> None:
        """Bind to a cluster; nothing is asked yet.

        `auth` signs requests to a domain of AWS. `named` is where the user has named the URL, for remedies.
        Raises ExploreError when it is no URL.
        """
        self._url = url
        self._named = named
        try:
            self._client = httpx.Client(base_url=url, timeout=_PATIENCE, auth=auth)
        except httpx.InvalidURL as error:
            raise ExploreError(f"{url}: is no URL: {error}", f"set {named} to http://host:port") from error

    def __enter__(self) -> Self:
        """Return the client, which closes its connections at the end."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def search(self, alias: str, body: Json) -> Json:
        """Return the answer to one request. Raises SearchAwayError, or ExploreError when it is refused."""
        return self._answer(alias, f"/{alias}/_search", json=dict(body))

    def search_many(self, alias: str, bodies: Sequence[Json]) -> Sequence[Json]:
        """Return the answers to several requests, in their order; raises as `search` does."""
        if not bodies:
            return []
        lines = [line for body in bodies for line in ({}, body)]
        content = "".join(httpx.Request("POST", "/", json=line).content.decode() + "\n" for line in lines)
        headers = {"content-type": "application/x-ndjson"}
        found = self._answer(alias, f"/{alias}/_msearch", content=content, headers=headers)["responses"]
        for answer in found:
            if "error" in answer:
                raise self._refused(alias, answer.get("status", 0), answer)
        return list(found)

    def _answer(self, alias: str, path: str, **request: Any) -> Json:
        try:
            response = self._client.post(path, **request)
        except httpx.HTTPError as error:
            raise SearchAwayError(
                f"{self._url}: search does not answer ({type(error).__name__})",
                f"start OpenSearch, or set {self._named} to one that runs",
            ) from error
        try:
            document: Json = response.json()
        except ValueError as error:
            raise ExploreError(
                f"{self._url}: answered {response.status_code} without JSON",
                f"set {self._named} to OpenSearch itself",
            ) from error
        if response.is_error:
            raise self._refused(alias, response.status_code, document)
        return document

    def _refused(self, alias: str, status: int, document: Json) -> ExploreError:
        if status == _NOT_FOUND:
            return SearchAwayError(
                f"{self._url}: has no index {alias} yet", "index the dataset, and try again"
            )
        error = document.get("error", document)
        if isinstance(error, Mapping):
            # The error itself often says no more than that all shards failed.
            error = next(iter(error.get("root_cause") or []), error)
        reason = error.get("reason", error) if isinstance(error, Mapping) else error
        is_ours = _BAD_REQUEST <= status < _SERVER_ERROR
        remedy = (
            "change what is asked: the message says what is allowed" if is_ours else "see OpenSearch's log"
        )
        return ExploreError(f"{self._url}/{alias}: {status}: {reason}", remedy)


class Signed(httpx.Auth):
    """Signs requests for a domain of AWS.

    Source: Amazon OpenSearch Service Developer Guide, "Signing HTTP requests to Amazon OpenSearch Service".
    """

    requires_request_body = True

    def __init__(self, region: str) -> None:
        """Take the region of the domain; credentials are the process's own."""
        self._region = region
        self._session = boto3.Session(region_name=region)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the headers of a signature."""
        credentials = self._session.get_credentials()
        if credentials is None:
            raise SearchAwayError("there are no AWS credentials", "give the application a role")
        signed = AWSRequest(
            method=request.method,
            url=str(request.url),
            data=request.content,
            headers={"content-type": request.headers["content-type"]},
        )
        SigV4Auth(credentials.get_frozen_credentials(), "es", self._region).add_auth(signed)
        request.headers.update(dict(signed.headers.items()))
        yield request

"""OpenSearch servers, which start once per test process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_server import LOCKED, NEWEST, SearchServer


@pytest.fixture(scope="session")
def search_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchServer]:
    """The server of a laptop."""
    yield from _running(tmp_path_factory.mktemp("search"), LOCKED)


@pytest.fixture(scope="session")
def newest_search_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchServer]:
    """A server of the newest line."""
    yield from _running(tmp_path_factory.mktemp("search"), NEWEST)


def _running(folder: Path, version: tuple[str, int]) -> Iterator[SearchServer]:
    server = SearchServer(folder / "server", version)
    yield server
    server.kill()

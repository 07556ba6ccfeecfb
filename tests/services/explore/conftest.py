"""Fixtures of the explorer's tests: compiled contracts, and a lake with published and live tables."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx
import pytest
from explore.access.contracts import Contract, load_contracts
from explore.access.laptop import Laptop
from explore.language.products import Product
from explore.language.words import english_texts
from explore.search.definition import load_definition
from lakes import ROOT, make_lake
from moto.server import ThreadedMotoServer
from processes import search_in
from small_catalogue import EVENT_FIELDS, PRODUCT_FIELDS, fill, write_definition


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take what is there already, for whoever runs these tests again and again."""
    parser.addoption("--search", help="URL of an OpenSearch of yours, whose indices are replaced")
    parser.addoption("--shots", help="folder for screenshots of the pages: docs/images")
    parser.addoption("--lake", help="folder of an earlier `./platform stream`, instead of a new one")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contracts of this checkout, as `./platform contract compile` writes them."""
    folder = tmp_path_factory.mktemp("contracts")
    command = [ROOT / "platform", "contract", "compile", "--out", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def contracts(compiled: Path) -> dict[str, Contract]:
    """The contracts by name."""
    return load_contracts(compiled)


@pytest.fixture(scope="session")
def lake(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake that `./platform stream` made: a published batch, marts, and live tables of today."""
    given = request.config.getoption("--lake")
    return Path(given).resolve() / "lake" if given else make_lake(tmp_path_factory.mktemp("stream"))


@pytest.fixture(scope="session")
def laptop(lake: Path, contracts: dict[str, Contract]) -> Laptop:
    """The engine over that lake."""
    return Laptop(lake, contracts)


@pytest.fixture(scope="session")
def opensearch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real OpenSearch with the small catalogue, started by the repository's own script."""
    given = request.config.getoption("--search")
    with contextlib.nullcontext(given) if given else search_in(tmp_path_factory.mktemp("search")) as url:
        fill(url)
        yield url


@pytest.fixture(scope="session")
def searchable(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled contracts, and what the small catalogue is searched by."""
    folder = tmp_path_factory.mktemp("searchable") / "contracts"
    shutil.copytree(compiled, folder)
    write_definition(folder, "products", "product_id", PRODUCT_FIELDS)
    write_definition(folder, "web_events", "event_id", EVENT_FIELDS)
    return folder


@pytest.fixture(scope="session")
def words(searchable: Path, opensearch: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the words of the small catalogue, as it is indexed."""
    from explore.language.making import WordsMaker  # noqa: PLC0415 - loads two models

    folder, definition = tmp_path_factory.mktemp("words"), load_definition(searchable, "products")
    assert definition is not None
    fields = english_texts(definition)
    hits = httpx.get(f"{opensearch}/products/_search", params={"size": 100}).json()["hits"]["hits"]
    page = [Product(hit["_id"], tuple(hit["_source"][each.name] for each in fields)) for hit in hits]
    WordsMaker(fields).make([page], folder, "products", "1")
    return folder


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The URL of an emulated AWS on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def aws(emulator: str, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    """An account in which nothing is."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert httpx.post(f"{emulator}/moto-api/reset").status_code == 200
    return boto3.Session("key", "secret", region_name="eu-north-1")

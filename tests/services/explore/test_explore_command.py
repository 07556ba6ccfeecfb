"""`./platform explore` and `./platform search` as they are run, with OpenSearch and what the sink brings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from explore.access.laptop import Laptop
from lakes import ROOT
from processes import PATIENCE, free_ports

#: Seconds that OpenSearch, the release, the job and the application have together, on a busy machine.
STARTS = 600

#: In CI, where CI=true asks for colours, the cross of an error has one.
WITHOUT_COLOURS = {**os.environ, "NO_COLOR": "1"}


@dataclass(frozen=True)
class Running:
    """A command that runs: the URLs of its application and of its OpenSearch."""

    process: subprocess.Popen[bytes]
    application: str
    search: str
    log: Path


@pytest.fixture(scope="module")
def running(lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The command on a lake, once its application answers."""
    folder = tmp_path_factory.mktemp("command")
    port, search = free_ports()
    options = ["--lake", lake, "--folder", folder, "--port", port, "--search-port", search]
    log = folder / "log"
    with log.open("wb") as file:
        command = [str(word) for word in (ROOT / "platform", "explore", *options)]
        process = subprocess.Popen(command, env=WITHOUT_COLOURS, stdout=file, stderr=file)
    try:
        end = time.monotonic() + STARTS
        while b"Ctrl-C ends it" not in log.read_bytes():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.2)
        yield Running(process, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{search}", log)
        process.send_signal(signal.SIGINT)
        # It has no other end than this one.
        assert process.wait(PATIENCE) == 0, log.read_text()
    finally:
        # Nothing of it stays, whatever failed.
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    for url in (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{search}"):
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command, env=WITHOUT_COLOURS, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def search(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `./platform search`."""
    command = [str(ROOT / "platform"), "search", *arguments]
    return run(command)


def test_every_row_is_in_its_index(running: Running, laptop: Laptop) -> None:
    for alias, table in (("products", "curated.products"), ("web_events", "serving.web_events")):
        rows = laptop.query(f"select count(*) as n from {table}").table["n"][0].as_py()
        assert rows > 0
        assert httpx.get(f"{running.search}/{alias}/_count").json()["count"] == rows
    assert httpx.get(f"{running.application}/_stcore/health").is_success


def test_words_find_products_in_a_language(running: Running) -> None:
    # Some products have not been translated yet.
    translated = {"size": 1, "q": "_exists_:name_nl"}
    names = httpx.get(f"{running.search}/products/_search", params=translated).json()
    wanted = names["hits"]["hits"][0]["_source"]["name_nl"]
    done = search(wanted, "--url", running.search, "--language", "nl", "--size", "3")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split()[:3] == ["score", "product_id", "name_nl"]
    assert wanted in lines[3]
    assert lines[-1].startswith("3 of ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lamp", "--language", "xx"], "--language xx: products has no texts in it"),
        (["lamp", "--url", "http://127.0.0.1:1"], "http://127.0.0.1:1: search does not answer"),
    ],
)
def test_what_cannot_be_searched_is_told(running: Running, arguments: list[str], message: str) -> None:
    done = search(*arguments) if "--url" in arguments else search(*arguments, "--url", running.search)
    assert done.returncode == 1
    assert message in done.stderr
    assert "\n  → " in done.stderr


def test_a_port_that_is_in_use_is_named(running: Running) -> None:
    port = running.application.rpartition(":")[2]
    command = [str(ROOT / "platform"), "explore", "--port", port]
    done = run(command)
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1, which the application needs, is in use" in done.stderr
    assert "--port" in done.stderr


def test_words_are_made_once_the_application_answers(running: Running) -> None:
    end = time.monotonic() + PATIENCE
    while "of them with English texts" not in running.log.read_text():
        assert time.monotonic() < end, running.log.read_text()
        time.sleep(0.2)
    assert (running.log.parent / "words" / "products.words-1.parquet").exists()
    assert httpx.get(f"{running.application}/_stcore/health").is_success


def test_a_log_of_what_was_indexed_is_kept(running: Running) -> None:
    lines = (running.log.parent / "logs" / "index.log").read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    indexed = {each["dataset"]: each for each in told if each["message"] == "indexed"}
    assert indexed.keys() == {"products", "web_events"}
    assert all(each["refused"] == 0 for each in indexed.values())

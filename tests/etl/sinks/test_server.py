"""`services/search/run`: OpenSearch on this machine."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from pathlib import Path

import pytest
from opensearchpy.exceptions import NotFoundError

from search_server import ROOT, SearchServer

RUN = ROOT / "services" / "search" / "run"


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RUN, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_listens_on_loopback_alone_and_not_as_root(search_server: SearchServer) -> None:
    with search_server.client as client:
        (node,) = client.nodes.info(metric="http,transport,process")["nodes"].values()
    assert node["http"]["bound_address"] == [f"127.0.0.1:{search_server.port}"]
    assert node["transport"]["bound_address"] == [f"127.0.0.1:{search_server.port + 1}"]
    command = ["ps", "-o", "user=", "-p", str(node["process"]["id"])]
    owner = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    caller = pwd.getpwuid(os.getuid()).pw_name
    assert owner == ("nobody" if caller == "root" else caller)


def test_makes_no_index_by_itself(search_server: SearchServer) -> None:
    with search_server.client as client, pytest.raises(NotFoundError):
        client.index("prodcts", {"name": "lamp"})


def test_keeps_what_it_acknowledged_through_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "folder with spaces" / "server"
    server = SearchServer(folder)
    with server.client as client:
        client.indices.create(
            "kept", {"mappings": {"properties": {"price": {"type": "scaled_float", "scaling_factor": 100}}}}
        )
        for number in range(50):
            client.index("kept", {"price": f"{number}.99"}, id=str(number))
    server.kill()
    server.start()
    with server.client as client:
        client.indices.refresh("kept")
        assert client.count(index="kept")["count"] == 50
    server.kill(signal.SIGTERM)
    assert {path.name for path in folder.iterdir()} == {"config", "data", "logs", "tmp"}


def test_names_what_is_missing(tmp_path: Path) -> None:
    result = run(tmp_path / "a", 1, OPENSEARCH_HOME=str(tmp_path / "opensearch-2.19.6"))
    assert result.returncode == 1
    assert result.stderr == (
        f"services/search/run: {tmp_path}/opensearch-2.19.6 has no OpenSearch: run `make install-search`\n"
    )
    result = run(tmp_path / "a", 1, JAVA_HOME=str(tmp_path))
    assert result.returncode == 1
    assert f"there is no {tmp_path}/bin/java" in result.stderr
    assert not (tmp_path / "a").exists()
    assert run(tmp_path).returncode == 2


def test_refuses_a_java_that_the_server_does_not_run_on(
    tmp_path: Path, newest_search_server: SearchServer
) -> None:
    result = run(tmp_path / "a", 1, OPENSEARCH_HOME=str(ROOT / "build" / "search" / "opensearch-3.6.0"))
    assert result.returncode == 1
    assert "java is Java 17, and opensearch-3.6.0 runs on 21 to 99: set JAVA_HOME" in result.stderr
    with newest_search_server.client as client:
        assert client.info()["version"]["number"] == "3.6.0"

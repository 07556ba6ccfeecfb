"""Parsing the DAG files: no errors, and nothing asked of anybody while it happens."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow_settings import DAGS, PACKAGES, ROOT

#: Parses a folder in a process of its own, with network, secrets and variables out of reach.
_PARSE_ALONE = """
import json, socket, sys
import airflow.models.dagbag, airflow.sdk
from airflow.models import Connection, Variable
from airflow.providers.amazon.aws.secrets.secrets_manager import SecretsManagerBackend

def refuse(what):
    def refused(*_, **__):
        raise RuntimeError(f"{what} asked for while parsing")
    return refused

socket.socket.connect = socket.socket.connect_ex = refuse("network")
socket.getaddrinfo = refuse("name resolution")
SecretsManagerBackend._get_secret = refuse("secret")
Variable.get = airflow.sdk.Variable.get = refuse("variable")
Connection.get = airflow.sdk.Connection.get = refuse("connection")
bag = airflow.models.dagbag.DagBag(sys.argv[1], include_examples=False)
print(json.dumps({"errors": list(bag.import_errors.values()), "dags": sorted(bag.dags)}))
"""

ALL_DAGS = [
    "big_data_pipeline",
    "big_data_pipeline_serverless",
    "ingest_on_arrival",
    "maintain_tables",
    "record_runs",
    "simple_addition",
]

_ASKING = {
    "variable": "from airflow.sdk import Variable; Variable.get('lake')",
    "secret": "from airflow.configuration import initialize_secrets_backends as backends\n"
    "[backend.get_variable('lake') for backend in backends() if 'amazon' in type(backend).__module__]",
    "network": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "name resolution": "import socket; socket.getaddrinfo('localhost', 9)",
}


def _parse_alone(folder: Path) -> dict[str, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", _PARSE_ALONE, str(folder)],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_all_dags_parse_without_errors_and_without_asking_anybody() -> None:
    assert _parse_alone(DAGS) == {"errors": [], "dags": ALL_DAGS}


def test_a_dag_that_asks_while_parsing_is_caught(tmp_path: Path) -> None:
    for number, statements in enumerate(_ASKING.values()):
        path = tmp_path / f"asks_{number}.py"
        path.write_text(f"# airflow dag\n{statements}\n", encoding="utf-8")
    errors = _parse_alone(tmp_path)["errors"]
    assert len(errors) == len(_ASKING)
    for what in _ASKING:
        assert len([error for error in errors if f"{what} asked for" in error]) == 1


_SOURCES = sorted(path for folder in (DAGS, *PACKAGES.values()) for path in folder.rglob("*.py"))


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_dag_file_imports_the_spark_package(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert not imported & {"etl", "pyspark"}
    store = {"alembic", "platform_metadata", "sqlalchemy"}
    assert imported <= {*sys.stdlib_module_names, "airflow", "platform_dag", "platform_sizing", *store}
    if DAGS not in path.parents:
        assert not imported & {"airflow", "platform_dag"}

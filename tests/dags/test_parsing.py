"""Parsing the DAG files: no errors, and nothing asked of anybody while it happens."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomllib
from airflow_settings import DAGS, PACKAGES, ROOT, option_variables
from environment_options import ON_CLUSTERS, ON_SERVERLESS, all_dags

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

#: What every environment has, what each has that computes, and what the options add.
ALWAYS = ["clean_airflow_database", "record_runs", "simple_addition"]
ON_AN_ENGINE = ["reconcile_raw"]
OPTIONAL = ["ingest_on_arrival", "maintain_tables"]

_ASKING = {
    "variable": "from airflow.sdk import Variable; Variable.get('lake')",
    "secret": "from airflow.configuration import initialize_secrets_backends as backends\n"
    "[backend.get_variable('lake') for backend in backends() if 'amazon' in type(backend).__module__]",
    "network": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "name resolution": "import socket; socket.getaddrinfo('localhost', 9)",
}


def _parse_alone(folder: Path, options: dict[str, str]) -> dict[str, list[str]]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW__PLATFORM__")
    }
    done = subprocess.run(
        [sys.executable, "-c", _PARSE_ALONE, str(folder)],
        env={**inherited, **option_variables(options), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize(
    ("options", "dags"),
    [
        (ON_CLUSTERS, ["big_data_pipeline", *OPTIONAL, *ON_AN_ENGINE, *ALWAYS]),
        (ON_SERVERLESS, ["big_data_pipeline_serverless", *OPTIONAL, *ON_AN_ENGINE, *ALWAYS]),
        ({"platform.compute": "emr"}, ["big_data_pipeline", *ON_AN_ENGINE, *ALWAYS]),
        ({}, ALWAYS),
    ],
    ids=["emr", "emr_serverless", "nothing optional", "no option"],
)
def test_dags_parse_without_errors_and_without_asking_anybody(
    options: dict[str, str], dags: list[str]
) -> None:
    assert _parse_alone(DAGS, options) == {"errors": [], "dags": sorted(dags)}


def test_a_dag_that_asks_while_parsing_is_caught(tmp_path: Path) -> None:
    for number, statements in enumerate(_ASKING.values()):
        path = tmp_path / f"asks_{number}.py"
        path.write_text(f"# airflow dag\n{statements}\n", encoding="utf-8")
    errors = _parse_alone(tmp_path, {})["errors"]
    assert len(errors) == len(_ASKING)
    for what in _ASKING:
        assert len([error for error in errors if f"{what} asked for" in error]) == 1


_SOURCES = sorted(path for folder in (DAGS, *PACKAGES.values()) for path in folder.rglob("*.py"))


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_from_dag_files_down_and_never_to_the_jobs(path: Path) -> None:
    # DAG files are not a package that import-linter could check; the other rules are in pyproject.toml.
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert not imported & {"etl", "pyspark"}
    assert not imported & {each.stem for each in DAGS.glob("*.py")} - set(sys.stdlib_module_names)
    if path.parent == DAGS:
        allowed = {"airflow", "platform_dag"}
    elif DAGS in path.parents:
        allowed = {"airflow", "platform_dag", "requests", "sqlalchemy", *PACKAGES}
    else:
        allowed = {"alembic", "sqlalchemy", path.relative_to(ROOT / "packages").parts[0]}
    assert imported <= {*sys.stdlib_module_names, *allowed}


def test_a_dag_s_file_is_named_like_it_with_two_exceptions() -> None:
    named = {dag_id: Path(dag.fileloc).name for dag_id, dag in all_dags().items()}
    others = {dag_id: file for dag_id, file in named.items() if file != f"{dag_id}.py"}
    assert others == {"big_data_pipeline": "emr.py", "simple_addition": "test.py"}
    assert set(named.values()) == {path.name for path in DAGS.glob("*.py")}


def test_airflow_looks_for_no_dag_where_none_is() -> None:
    ignored = (DAGS / ".airflowignore").read_text(encoding="utf-8").split()
    folders = {f"{each.name}/" for each in DAGS.iterdir() if each.is_dir() and each.name != "__pycache__"}
    # A release has the packages beside the DAGs.
    assert set(ignored) == folders | {f"{name}/" for name in PACKAGES}


def test_every_package_is_checked_like_the_others() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert {*PACKAGES} <= {*settings["importlinter"]["root_packages"]}
    assert settings["mypy"]["mypy_path"].split(":") == [f"packages/{name}" for name in PACKAGES]

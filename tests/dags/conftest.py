"""An Airflow of its own for every process that runs tests: home, database and all.

Airflow reads its settings when it is imported, so they are set here, before any test or fixture imports it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
import recorded_calls
from airflow_settings import ACCOUNT, airflow_environment
from recording import register

# Its assertions are tests' own, and say as much when they fail.
pytest.register_assert_rewrite("accounting")

pytest_plugins = ["platform_fixtures"]

_HOME = Path(tempfile.mkdtemp(prefix="airflow-"))
os.environ.update(airflow_environment(_HOME))
# The emulated AWS is the environment's account: no role of another one may be handed to a job there.
os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT
# Servers that tests start are on loopback, where no proxy finds them.
for _name in ("NO_PROXY", "no_proxy"):
    os.environ[_name] = ",".join(filter(None, (os.environ.get(_name), "localhost", "127.0.0.1")))
# Processes that tests start write no bytecode; those that run tests would compile Airflow every time without.
sys.dont_write_bytecode = False

#: What takes longest, and is therefore begun first: the rest fills up what the processes have left.
_FIRST = ["test_run_pipeline", "test_scheduler", "test_run_arrivals", "test_run_pipeline_serverless"]


def pytest_configure(config: pytest.Config) -> None:
    """Note whose calls of the emulated AWS are whose."""
    register(config, recorded_calls.recording())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; every process has to see the same order."""
    items.sort(key=lambda item: _FIRST.index(item.path.stem) if item.path.stem in _FIRST else len(_FIRST))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)

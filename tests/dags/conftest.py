"""An Airflow of its own for every test session.

Airflow reads its settings when it is imported, so they are set here, before any test or fixture imports it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from airflow_settings import ACCOUNT, airflow_environment

# Its assertions are tests' own, and say as much when they fail.
pytest.register_assert_rewrite("accounting")

pytest_plugins = ["platform_fixtures"]

_HOME = Path(tempfile.mkdtemp(prefix="airflow-"))
os.environ.update(airflow_environment(_HOME))
# The emulated AWS is the environment's account: no role of another one may be handed to a job there.
os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)

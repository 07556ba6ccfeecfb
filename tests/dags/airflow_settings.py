"""Airflow's settings for the tests: those of MWAA where they matter, everything on this machine."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "dags"
#: Our own packages that DAGs import, by name; a release has them beside the DAGs.
PACKAGES = {folder.name: folder / folder.name for folder in sorted((ROOT / "packages").iterdir())}
#: Access key of Airflow, the name of its role's resource: so the emulated AWS knows whose calls are whose.
AIRFLOW_KEY = "airflow_execution"
#: The environment that the tests stand for, its names as in environments/dev.tfvars.
PROJECT, ENVIRONMENT, REGION, ACCOUNT = "big-data", "dev", "eu-north-1", "111111111111"
_BACKEND_MODULE = "airflow.providers.amazon.aws.secrets.secrets_manager"
SECRETS_PREFIX = f"{PROJECT}/{ENVIRONMENT}/airflow"


def option_variables(options: dict[str, str]) -> dict[str, str]:
    """Return Airflow options, `section.key`, as the environment variables that MWAA makes of them."""
    return {f"AIRFLOW__{name.replace('.', '__').upper()}": value for name, value in options.items()}


def airflow_environment(home: Path, dags: Path = DAGS) -> dict[str, str]:
    """Environment variables of an Airflow under `home`, with the orchestration stack's secrets backend."""
    secrets = {
        "connections_prefix": f"{SECRETS_PREFIX}/connections",
        "variables_prefix": f"{SECRETS_PREFIX}/variables",
    }
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__SECRETS__BACKEND": f"{_BACKEND_MODULE}.SecretsManagerBackend",
        "AIRFLOW__SECRETS__BACKEND_KWARGS": json.dumps(secrets),
        "AWS_ACCESS_KEY_ID": AIRFLOW_KEY,
        "AWS_SECRET_ACCESS_KEY": "emulated",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

"""The DAGs of environments with different options, in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from airflow.models.dagbag import DagBag
from airflow.sdk import DAG
from airflow_settings import DAGS, option_variables

_OPTIONAL = {"platform.events": "True", "platform.maintenance_days": "sunday"}
#: Options as the orchestration stack writes them, of two environments that together have every DAG.
ON_CLUSTERS = {"platform.compute": "emr", **_OPTIONAL}
ON_SERVERLESS = {"platform.compute": "emr_serverless", **_OPTIONAL}


@contextmanager
def environment_options(options: dict[str, str]) -> Iterator[None]:
    """Give this process these options of the platform, and no other."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AIRFLOW__PLATFORM__")]:
            patch.delenv(name)
        for name, value in option_variables(options).items():
            patch.setenv(name, value)
        yield


def parse(options: dict[str, str]) -> DagBag:
    """Parse the DAG files as an environment with these options does."""
    with environment_options(options):
        return DagBag(DAGS, include_examples=False)


def all_dags() -> dict[str, DAG]:
    """Return every DAG that some environment has, by id."""
    return {**parse(ON_SERVERLESS).dags, **parse(ON_CLUSTERS).dags}

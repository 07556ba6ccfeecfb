"""Fixtures: Airflow's database, an emulated AWS with one environment in it, a metadata store, a mailbox."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.utils.db import initdb
from emulated_aws import RecordingServer
from emulated_platform import EmulatedPlatform
from environment_options import ON_CLUSTERS, ON_SERVERLESS, parse
from mailbox_server import Mailbox
from one_process import prepare
from postgres_server import PostgresServer
from recording import RECORDING

from platform_metadata import engine


@pytest.fixture(scope="session", autouse=True)
def one_process() -> None:
    """Keep what every task would make anew."""
    prepare()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this test run see."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def airflow_database() -> None:
    """Create Airflow's tables, once, and write into them what the DAG processor would.

    Airflow triggers only DAGs, and updates only assets, that its database knows.
    """
    initdb()
    DagBundlesManager().sync_bundles_to_db()
    for options in (ON_CLUSTERS, ON_SERVERLESS):
        parse(options).sync_to_db("dags-folder", None)


@pytest.fixture(scope="session")
def aws(request: pytest.FixtureRequest) -> Iterator[str]:
    """Start the emulated AWS and point every client at it; its endpoint."""
    server = RecordingServer(request.config.stash[RECORDING].note)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        yield os.environ["AWS_ENDPOINT_URL"]
    server.stop()


@pytest.fixture
def platform(aws: str) -> EmulatedPlatform:
    """Put what Terraform would have made into an empty emulated AWS: buckets and facts."""
    return EmulatedPlatform(aws)


@pytest.fixture
def mailbox(platform: EmulatedPlatform) -> Iterator[Mailbox]:
    """Run a real SMTP server and store its address as the environment's `smtp_default`."""
    with Mailbox() as box:
        platform.store_connection("smtp_default", box.connection)
        yield box


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for all tests that want one."""
    with PostgresServer() as server:
        server.execute("CREATE ROLE rds_iam")
        yield server


@pytest.fixture
def store(
    platform: EmulatedPlatform, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> sa.engine.Engine:
    """An empty database, which the facts name and whose master password is where RDS would put it."""
    database = postgres.create_database()
    monkeypatch.setattr(engine, "CERTIFICATES", postgres.certificates)
    password = {"username": postgres.user, "password": postgres.password}
    secret_arn = platform.store_secret("rds!db-0a1b2c3d", password)
    facts = {"address": postgres.host, "port": postgres.port, "database": database, "secret_arn": secret_arn}
    platform.store_variable("metadata", facts)
    return engine.open_store(postgres.url(database), postgres.certificates)

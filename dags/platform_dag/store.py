"""The metadata store as the DAG meets it: found by the facts, filled from the lake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from airflow.providers.amazon.aws.hooks.rds import RdsHook
from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.amazon.aws.hooks.secrets_manager import SecretsManagerHook
from sqlalchemy.engine import URL, Engine

from platform_dag.errors import PlatformError
from platform_dag.fact_types import Lake, Metadata
from platform_dag.layout import RESULTS_RECORD, RUN_KEY, RUNS_ZONE
from platform_metadata import engine, migrating, recording, roles
from platform_metadata.layout import STORE_USER
from platform_metadata.results import ResultsError

_RUNS = f"{RUNS_ZONE}/{RUN_KEY}="
_RESULTS = re.compile(rf"^{re.escape(_RUNS)}([^/]+)/{re.escape(RESULTS_RECORD)}$")


class UnreadableRunsError(PlatformError):
    """Results of runs cannot be read. The next DAG run passes over them, so that this is reported once."""


class Left(NamedTuple):
    """What a run left in the lake."""

    run_id: str
    key: str
    #: Changes when the object does.
    version: str


def opened(facts: Metadata) -> AbstractContextManager[Engine]:
    """Open the store as the user who has its rows and no more, with a token of IAM.

    The token is good for 15 minutes and signed here, by the task's own credentials: nobody is asked for it.
    Source: Amazon RDS User Guide, "IAM database authentication for MariaDB, MySQL, and PostgreSQL".
    """
    token = RdsHook(aws_conn_id=None).conn.generate_db_auth_token(facts.address, facts.port, STORE_USER)
    return _opened_as(facts, STORE_USER, token)


def _opened_as_master(facts: Metadata) -> AbstractContextManager[Engine]:
    """Open the store as the owner of its tables.

    The password is that of this moment: RDS changes it every week.
    """
    secret = SecretsManagerHook(aws_conn_id=None).get_secret_as_dict(facts.secret_arn)
    return _opened_as(facts, secret["username"], secret["password"])


@contextmanager
def _opened_as(facts: Metadata, user: str, password: str) -> Iterator[Engine]:
    url = URL.create(
        "postgresql+pg8000",
        username=user,
        password=password,
        host=facts.address,
        port=facts.port,
        database=facts.database,
    )
    store = engine.open_store(url, engine.CERTIFICATES)
    try:
        yield store
    finally:
        store.dispose()


def migrate_store(facts: Metadata) -> str:
    """Bring the store to the schema of this release, and say its revision. Only inside a task.

    The master user is asked only when a migration, the user of the DAGs or one of its rights is missing.
    """
    with opened(facts) as store:
        if roles.is_ready(store):
            return migrating.migrate(store)
    with _opened_as_master(facts) as store:
        revision = migrating.migrate(store)
        roles.grant_rows(store)
    return revision


def record_new_runs(lake: Lake, facts: Metadata) -> list[str]:
    """Record each run of the lake that the store does not know, and say which. Only inside a task.

    Every run is a transaction of its own: what went wrong with one is not the others' loss.

    :raises UnreadableRunsError: results that are new cannot be read; all others are recorded.
    """
    s3 = S3Hook(aws_conn_id=None)
    new: list[str] = []
    unreadable: dict[str, str] = {}
    with opened(facts) as store:
        with store.connect() as connection:
            seen = recording.recorded(connection)
        for left in _left(s3, lake.data_bucket):
            if left.run_id in seen.runs or seen.unreadable.get(left.run_id) == left.version:
                continue
            text = s3.read_key(left.key, lake.data_bucket)
            with store.begin() as connection:
                try:
                    recording.record(connection, _results(text, left.run_id))
                    new.append(left.run_id)
                except ResultsError as error:
                    recording.record_unreadable(connection, left.run_id, left.version, str(error))
                    unreadable[f"s3://{lake.data_bucket}/{left.key}"] = str(error)
    if unreadable:
        reasons = "; ".join(f"{place}: {problem}" for place, problem in unreadable.items())
        raise UnreadableRunsError(f"{len(unreadable)} of {len(new) + len(unreadable)} new runs: {reasons}")
    return new


def _left(s3: S3Hook, bucket: str) -> list[Left]:
    found = s3.get_file_metadata(prefix=_RUNS, bucket_name=bucket)
    matches = [(_RESULTS.match(entry["Key"]), entry) for entry in found]
    return [Left(match[1], entry["Key"], entry["ETag"]) for match, entry in matches if match]


def _results(text: str, run_id: str) -> dict[str, Any]:
    try:
        results: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise ResultsError(f"not JSON: {error}") from error
    if isinstance(results, dict) and results.get("run_id") != run_id:
        raise ResultsError(f"run_id is {results.get('run_id')!r}, the folder is of run {run_id!r}")
    return results

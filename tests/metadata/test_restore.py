"""The drill for the store: dumped, restored elsewhere, the same, and usable."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import sqlalchemy as sa
from postgres_server import PostgresServer
from results_fixture import results

from platform_metadata.engine import open_store
from platform_metadata.history import history
from platform_metadata.migrating import migrate
from platform_metadata.recording import record

DRILL = Path(__file__).resolve().parents[2] / "drills" / "copy-store"


def _copy(server: PostgresServer, source: str, target: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DRILL, server.libpq_url(source), server.libpq_url(target)],
        env={**os.environ, "POSTGRES_BIN": str(server.binaries)},
        capture_output=True,
        text=True,
        check=False,
    )


def _filled(server: PostgresServer) -> tuple[str, sa.engine.Engine]:
    name = server.create_database()
    store = open_store(server.url(name), server.certificates)
    migrate(store)
    with store.begin() as connection:
        for number in (1, 2, 3):
            record(connection, results(number))
    return name, store


def test_a_restored_store_has_everything_and_goes_on(postgres: PostgresServer) -> None:
    source, store = _filled(postgres)
    target = postgres.create_database()
    done = _copy(postgres, source, target)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines() == [
        "restored, table by table:",
        "alembic_version 1",
        "claims 0",
        "dataset_versions 6",
        "pipeline_runs 3",
        "quality_results 6",
        "run_usage 0",
        "unreadable_results 0",
    ]
    restored = open_store(postgres.url(target), postgres.certificates)
    assert migrate(restored) == "0003"
    with restored.begin() as new, store.begin() as old:
        assert history(new, 10) == history(old, 10)
        record(new, results(3))
        record(new, results(4))
        assert [run["run_id"][-4:] for run in history(new, 10)] == ["0004", "0003", "0002", "0001"]


def test_a_target_that_is_not_empty_is_left_alone(postgres: PostgresServer) -> None:
    source, _ = _filled(postgres)
    target, store = _filled(postgres)
    with store.begin() as connection:
        record(connection, results(9))
    done = _copy(postgres, source, target)
    assert done.returncode == 1
    assert done.stderr == (
        "the target is not empty: it has "
        "alembic_version claims dataset_versions pipeline_runs quality_results run_usage unreadable_results\n"
    )
    with store.begin() as connection:
        assert len(history(connection, 10)) == 4

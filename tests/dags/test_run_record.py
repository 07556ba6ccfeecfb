"""`record_runs`, run by Airflow on a real PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from facts_fixture import DATA_BUCKET
from mailbox_server import Mailbox
from postgres_server import PostgresServer
from results_fixture import results

from platform_dag import facts
from platform_dag.store import opened
from platform_metadata.recording import recorded
from platform_metadata.tables import unreadable_results

pytestmark = pytest.mark.usefixtures("airflow_database")

GREEN = {"migrate_store": "success", "record_new_runs": "success", "record_usage": "success"}


def _leave(platform: EmulatedPlatform, *documents: dict[str, Any]) -> list[str]:
    for document in documents:
        folder = f"runs/run={document['run_id']}"
        platform.put(DATA_BUCKET, f"{folder}/results.json", json.dumps(document).encode())
        platform.put(DATA_BUCKET, f"{folder}/ingest.json", b"{}")
    return [document["run_id"] for document in documents]


def _known(store: sa.engine.Engine) -> set[str]:
    with store.connect() as connection:
        return set(recorded(connection).runs)


def test_it_records_what_is_new(
    platform: EmulatedPlatform, mailbox: Mailbox, store: sa.engine.Engine
) -> None:
    first = _leave(platform, results(1), results(2, outcome="rejected"))
    run = run_dag("record_runs")
    assert run.tasks == GREEN
    assert run.xcoms["record_new_runs", "return_value"] == first
    # Their clusters are long gone, and AWS has not said in time what they used.
    assert run.xcoms["record_usage", "return_value"] == first[::-1]
    assert _known(store) == set(first)
    second = _leave(platform, results(3))
    assert run_dag("record_runs").xcoms["record_new_runs", "return_value"] == second
    assert run_dag("record_runs").xcoms["record_new_runs", "return_value"] == []
    assert _known(store) == {*first, *second}
    assert mailbox.messages == []


def test_without_any_run_it_is_content(platform: EmulatedPlatform, store: sa.engine.Engine) -> None:
    assert run_dag("record_runs").tasks == GREEN
    assert _known(store) == set()


def test_a_store_that_is_away_makes_it_try_again_and_loses_nothing(
    platform: EmulatedPlatform,
    mailbox: Mailbox,
    store: sa.engine.Engine,
    postgres: PostgresServer,
) -> None:
    left = _leave(platform, results(1))
    postgres.stop()
    try:
        run = run_dag("record_runs")
    finally:
        postgres.start()
    assert run.state == "failed"
    assert run.tasks == {
        "migrate_store": "failed",
        "record_new_runs": "upstream_failed",
        "record_usage": "upstream_failed",
    }
    assert run.tries["migrate_store"] == 7
    assert [message["Subject"] for message in mailbox.messages] == [
        "[dev] record_runs of 2025-03-09 failed: task migrate_store"
    ]
    again = run_dag("record_runs")
    assert again.tasks == GREEN
    assert again.xcoms["record_new_runs", "return_value"] == left


def test_dags_log_in_by_iam_as_a_user_of_their_own(
    platform: EmulatedPlatform, store: sa.engine.Engine, postgres: PostgresServer
) -> None:
    with opened(facts.read(facts.Metadata)) as engine:
        assert engine.url.username == "platform_app"
        signed = f"{postgres.host}:{postgres.port}/?Action=connect&DBUser=platform_app&"
        assert str(engine.url.password).startswith(signed)
        assert "X-Amz-Expires=900" in str(engine.url.password)


def test_the_master_is_asked_when_the_user_or_a_right_is_missing_and_never_else(
    platform: EmulatedPlatform, store: sa.engine.Engine, postgres: PostgresServer
) -> None:
    assert run_dag("record_runs").tasks == GREEN
    left = _leave(platform, results(1))
    platform.store_secret("rds!db-0a1b2c3d", {"username": "nobody", "password": "wrong"})
    assert run_dag("record_runs").xcoms["record_new_runs", "return_value"] == left
    left = _leave(platform, results(3))
    with store.begin() as connection:
        connection.execute(sa.text("REVOKE DELETE ON quality_results FROM platform_app"))
        connection.execute(sa.text("CREATE ROLE next LOGIN SUPERUSER PASSWORD 'rotated'"))
    # The password of this moment: RDS changes it every week.
    platform.store_secret("rds!db-0a1b2c3d", {"username": "next", "password": "rotated"})
    assert run_dag("record_runs").xcoms["record_new_runs", "return_value"] == left


def test_results_that_cannot_be_read_are_told_once_and_hold_up_nobody(
    platform: EmulatedPlatform, mailbox: Mailbox, store: sa.engine.Engine
) -> None:
    good = _leave(platform, results(1), results(4))
    platform.put(DATA_BUCKET, "runs/run=2026-02-02-0002/results.json", b"{")
    platform.put(DATA_BUCKET, "runs/run=2026-02-03-0003/results.json", json.dumps(results(2)).encode())
    run = run_dag("record_runs")
    assert run.tasks == {
        "migrate_store": "success",
        "record_new_runs": "failed",
        "record_usage": "upstream_failed",
    }
    assert run.tries["record_new_runs"] == 1
    assert _known(store) == set(good)
    assert len(mailbox.messages) == 1
    with store.connect() as connection:
        problems = dict(
            connection.execute(sa.select(unreadable_results.c.run_id, unreadable_results.c.problem)).all()
        )
    assert problems == {
        "2026-02-02-0002": "not JSON: Expecting property name enclosed in double quotes: "
        "line 1 column 2 (char 1)",
        "2026-02-03-0003": "run_id is '2026-02-02-0002', the folder is of run '2026-02-03-0003'",
    }
    assert run_dag("record_runs").tasks == GREEN
    mended = _leave(platform, results(2))
    assert run_dag("record_runs").xcoms["record_new_runs", "return_value"] == mended
    assert len(mailbox.messages) == 1

"""`ingest_on_arrival`, run by Airflow on a real PostgreSQL and an emulated queue: one effect each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from arrival_queue import RECEIVES, ArrivalQueue
from dag_runs import Finished, asset_events, run_dag
from emulated_platform import EmulatedPlatform
from environment_options import ON_SERVERLESS
from facts_fixture import DATA_BUCKET
from mailbox_server import Mailbox
from postgres_server import PostgresServer

from platform_dag import arrivals
from platform_dag.facts import FactsError
from platform_metadata.tables import claims

pytestmark = pytest.mark.usefixtures("airflow_database")

DAG_ID = "ingest_on_arrival"
ORDERS = "raw/orders/run_date=2025-03-08/orders-{:05}.csv.gz"
GREEN = {
    "receive_arrivals": "success",
    "find_complete_batches": "success",
    "start_pipeline": "success",
    "finish_batches": "success",
}
IDLE = {**GREEN, "start_pipeline": "skipped", "finish_batches": "skipped"}
_TRIGGERED = DagRun.run_id.startswith("arrival__", autoescape=True)


@pytest.fixture
def queue(platform: EmulatedPlatform, aws: str, store: sa.engine.Engine) -> ArrivalQueue:
    """Events are on, and every batch is complete at once."""
    return ArrivalQueue(platform, aws)


@pytest.fixture(autouse=True)
def _no_runs_before() -> Iterator[None]:
    yield
    with create_session() as session:
        for run in session.execute(sa.select(DagRun).where(_TRIGGERED)).scalars():
            session.delete(run)


def _started() -> dict[str, tuple[str, dict[str, str]]]:
    """The runs that were triggered by their ids: of which DAG, and for which batch."""
    with create_session() as session:
        runs = session.execute(sa.select(DagRun).where(_TRIGGERED)).scalars()
        return {run.run_id: (run.dag_id, run.conf) for run in runs}


def _states(store: sa.engine.Engine) -> list[str]:
    with store.connect() as connection:
        return [
            state for (state,) in connection.execute(sa.select(claims.c.state).order_by(*claims.primary_key))
        ]


def _received(run: Finished) -> dict[str, int]:
    received: dict[str, int] = run.xcoms["receive_arrivals", "return_value"]
    return received


def test_an_upload_starts_the_run_of_its_batch(
    platform: EmulatedPlatform, queue: ArrivalQueue, store: sa.engine.Engine
) -> None:
    queue.hear_of_the_bucket()
    for number in range(12):
        platform.put(DATA_BUCKET, ORDERS.format(number), b"rows")
    platform.put(DATA_BUCKET, "raw/orders/run_date=2025-03-08/", b"")
    platform.put(DATA_BUCKET, "raw/_generating/orders/run_date=2025-03-08/a.csv.gz", b"rows")
    platform.put(DATA_BUCKET, "staged/orders/a.parquet", b"rows")
    assert queue.waiting() == 13
    run = run_dag(DAG_ID)
    assert run.tasks == GREEN
    assert _received(run) == {"new": 12, "known": 0, "no_data": 1, "unreadable": 0}
    [(run_id, started)] = _started().items()
    assert run_id.startswith("arrival__2025-03-08__")
    assert started == ("big_data_pipeline", {"run_date": "2025-03-08"})
    assert _states(store) == ["done"] * 12
    assert asset_events("raw_batches")[-1] == {"run_dates": ["2025-03-08"]}
    assert (queue.waiting(), queue.dead()) == (0, 0)


def test_duplicates_and_disorder_change_nothing(queue: ArrivalQueue, store: sa.engine.Engine) -> None:
    keys = [ORDERS.format(number) for number in (2, 0, 1)]
    queue.say(*keys, *reversed(keys), keys[0])
    run = run_dag(DAG_ID)
    assert _received(run)["new"] == 3
    assert len(_started()) == 1
    queue.say(*keys)
    again = run_dag(DAG_ID)
    assert again.tasks == IDLE
    assert _received(again) == {"new": 0, "known": 3, "no_data": 0, "unreadable": 0}
    assert len(_started()) == 1
    assert _states(store) == ["done"] * 3


def test_a_look_that_starts_nothing_updates_no_asset(queue: ArrivalQueue) -> None:
    before = asset_events("raw_batches")
    assert run_dag(DAG_ID).tasks == IDLE
    assert asset_events("raw_batches") == before


def test_each_run_date_is_one_run_of_the_pipeline_that_is_chosen(
    platform: EmulatedPlatform, queue: ArrivalQueue
) -> None:
    dates = ["2025-03-08", "2025-01-31"]
    for day in dates:
        queue.say(f"raw/orders/run_date={day}/a.csv.gz", f"raw/customers/run_date={day}/a.csv.gz")
    assert run_dag(DAG_ID, options=ON_SERVERLESS).tasks == GREEN
    started = sorted(_started().values(), key=str)
    assert started == [("big_data_pipeline_serverless", {"run_date": day}) for day in sorted(dates)]


def test_a_batch_that_still_arrives_waits(
    platform: EmulatedPlatform, aws: str, store: sa.engine.Engine
) -> None:
    queue = ArrivalQueue(platform, aws, quiet_minutes=5)
    queue.say(ORDERS.format(0))
    assert run_dag(DAG_ID).tasks == IDLE
    assert queue.waiting() == 0
    assert _states(store) == ["claimed"]
    earlier = datetime.now(timezone.utc) - timedelta(minutes=5)
    with store.begin() as connection:
        connection.execute(sa.update(claims).values(claimed_at=earlier))
    assert run_dag(DAG_ID).tasks == GREEN
    assert _states(store) == ["done"]


def test_a_worker_lost_between_claim_and_delete_leaves_messages_that_are_known(
    queue: ArrivalQueue, store: sa.engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.say(ORDERS.format(0), ORDERS.format(1))
    with monkeypatch.context() as patch:
        patch.setattr(arrivals._Queue, "delete", _lost)
        assert run_dag(DAG_ID).tasks["receive_arrivals"] == "failed"
    assert _states(store) == ["claimed"] * 2
    # The retries received them again, so often that SQS may set them aside: nothing is lost.
    looks = [run_dag(DAG_ID)]
    assert looks[0].tasks == GREEN
    queue.redrive()
    looks.append(run_dag(DAG_ID))
    assert [_received(look)["new"] for look in looks] == [0, 0]
    assert sum(_received(look)["known"] for look in looks) == 2
    assert (queue.waiting(), queue.dead()) == (0, 0)
    assert len(_started()) == 1
    assert _states(store) == ["done"] * 2


def test_a_worker_lost_between_claim_and_start_is_followed_when_its_lease_is_over(
    queue: ArrivalQueue, store: sa.engine.Engine
) -> None:
    queue.say(ORDERS.format(0))
    arrivals_of_the_lost(store)
    assert run_dag(DAG_ID).tasks == IDLE
    assert (_states(store), _started()) == (["starting"], {})
    _let_leases_run_out(store)
    assert run_dag(DAG_ID).tasks == GREEN
    assert _states(store) == ["done"]
    assert len(_started()) == 1


def test_a_worker_lost_between_start_and_finish_starts_nothing_twice(
    queue: ArrivalQueue, store: sa.engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.say(ORDERS.format(0))
    with monkeypatch.context() as patch:
        patch.setattr("platform_metadata.claims.finish", _lost)
        assert run_dag(DAG_ID).tasks == {**GREEN, "finish_batches": "failed"}
    assert _states(store) == ["starting"]
    before = _started()
    assert len(before) == 1
    _let_leases_run_out(store)
    # Airflow refuses the second run of the same id, and the task that asked for it is skipped.
    assert run_dag(DAG_ID).tasks == {**GREEN, "start_pipeline": "skipped"}
    assert asset_events("raw_batches")[-1] == {"run_dates": ["2025-03-08"]}
    assert _states(store) == ["done"]
    assert _started() == before


def test_what_nobody_can_read_is_set_aside_holds_up_nobody_and_can_be_redriven(
    queue: ArrivalQueue, store: sa.engine.Engine
) -> None:
    queue.send("{")
    below = "raw/orders/run_date=2025-03-08/below/a.csv.gz"
    queue.say("raw/orders/misplaced.csv.gz", below, ORDERS.format(0))
    first = run_dag(DAG_ID)
    assert first.tasks == GREEN
    assert _received(first)["new"] == 1
    looks = 0
    while queue.dead() < 3:
        run_dag(DAG_ID)
        looks += 1
        assert looks <= RECEIVES
    assert queue.waiting() == 0
    assert _states(store) == ["done"]
    queue.redrive()
    assert (queue.waiting(), queue.dead()) == (3, 0)
    assert _received(run_dag(DAG_ID))["unreadable"] > 0


def test_a_store_that_is_away_costs_no_message(
    queue: ArrivalQueue, mailbox: Mailbox, postgres: PostgresServer
) -> None:
    queue.say(ORDERS.format(0))
    postgres.stop()
    try:
        for _ in range(RECEIVES + 1):
            assert run_dag(DAG_ID).tasks["receive_arrivals"] == "failed"
    finally:
        postgres.start()
    assert (queue.waiting(), queue.dead()) == (1, 0)
    assert {message["Subject"] for message in mailbox.messages} == {
        "[dev] ingest_on_arrival of 2025-03-09 failed: task receive_arrivals"
    }
    assert run_dag(DAG_ID).tasks == GREEN


def test_without_a_queue_it_fails_at_once_and_mails(platform: EmulatedPlatform, mailbox: Mailbox) -> None:
    run = run_dag(DAG_ID)
    assert run.tasks["receive_arrivals"] == "failed"
    assert run.tries["receive_arrivals"] == 1
    assert [message["Subject"] for message in mailbox.messages] == [
        "[dev] ingest_on_arrival of 2025-03-09 failed: task receive_arrivals"
    ]
    with pytest.raises(FactsError, match="'events' lacks queue: apply the events stack"):
        arrivals.receive("somebody")


def arrivals_of_the_lost(store: sa.engine.Engine) -> None:
    """Do what a worker does that is lost before it starts a run: claim, and take the batch."""
    arrivals.receive("lost")
    assert len(arrivals.complete_batches("lost", "big_data_pipeline")) == 1
    assert _states(store) == ["starting"]


def _let_leases_run_out(store: sa.engine.Engine) -> None:
    with store.begin() as connection:
        connection.execute(sa.update(claims).values(lease_until=datetime.now(timezone.utc)))


def _lost(*_: Any) -> None:
    raise RuntimeError("the worker was lost")

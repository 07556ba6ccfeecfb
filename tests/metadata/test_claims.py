"""Claims: each version of an object counts once, each batch is one run, and nothing is lost with a worker."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone

import sqlalchemy as sa
from arrival_events import BUCKET

from platform_metadata.arrivals import Arrival
from platform_metadata.claims import Batch, claim, finish, take_complete
from platform_metadata.tables import claims

NOON = datetime(2025, 3, 9, 12, tzinfo=timezone.utc)
QUIET, LEASE = timedelta(minutes=5), timedelta(hours=1)
DAY = date(2025, 3, 8)


def _object(number: int = 0, day: date = DAY, version: str = "v1") -> Arrival:
    return Arrival(BUCKET, f"raw/orders/run_date={day}/orders-{number:05}.csv.gz", version, day)


def _claim(
    store: sa.engine.Engine, *arrivals: Arrival, now: datetime = NOON, worker: str = "w"
) -> list[Arrival]:
    with store.begin() as connection:
        return claim(connection, arrivals, worker, now)


def _take(store: sa.engine.Engine, now: datetime, worker: str = "w") -> list[Batch]:
    with store.begin() as connection:
        return take_complete(connection, worker, now, QUIET, LEASE)


def _finish(store: sa.engine.Engine, batches: Sequence[Batch], now: datetime) -> None:
    with store.begin() as connection:
        finish(connection, [batch.run_id for batch in batches], now)


def _states(store: sa.engine.Engine) -> list[tuple[str, str]]:
    with store.connect() as connection:
        query = sa.select(claims.c.state, claims.c.claimed_by).order_by(*claims.primary_key)
        return [(state, worker) for state, worker in connection.execute(query)]


def test_an_object_is_claimed_once_however_often_it_is_said(store: sa.engine.Engine) -> None:
    assert _claim(store, _object(1), _object(1), _object(0)) == [_object(0), _object(1)]
    assert _claim(store, _object(1), _object(2), worker="other") == [_object(2)]
    assert _states(store) == [("claimed", "w"), ("claimed", "w"), ("claimed", "other")]


def test_a_new_version_of_an_object_is_another_object(store: sa.engine.Engine) -> None:
    _claim(store, _object(version="v1"))
    assert _claim(store, _object(version="v2")) == [_object(version="v2")]


def test_of_many_that_claim_the_same_at_once_each_object_is_one_s(store: sa.engine.Engine) -> None:
    objects = [_object(number) for number in range(20)]

    def worker(number: int) -> list[Arrival]:
        shuffled = random.Random(number).sample(objects, len(objects))
        return _claim(store, *shuffled, worker=f"w{number}")

    with ThreadPoolExecutor(8) as pool:
        won = [arrival for new in pool.map(worker, range(8)) for arrival in new]
    assert sorted(won, key=lambda arrival: arrival.key) == objects


def test_a_batch_is_complete_when_nothing_of_its_date_came_for_a_while(store: sa.engine.Engine) -> None:
    _claim(store, _object(0), now=NOON)
    _claim(store, _object(1), now=NOON + timedelta(minutes=4))
    assert _take(store, NOON + timedelta(minutes=8)) == []
    [batch] = _take(store, NOON + timedelta(minutes=9))
    assert batch.run_date == DAY
    assert batch.run_id.startswith("arrival__2025-03-08__")
    assert _take(store, NOON + timedelta(minutes=10)) == []


def test_each_run_date_is_a_batch_of_its_own(store: sa.engine.Engine) -> None:
    other = DAY + timedelta(days=1)
    _claim(store, _object(0), _object(0, other), _object(1))
    batches = _take(store, NOON + QUIET)
    assert [batch.run_date for batch in batches] == [DAY, other]
    assert len({batch.run_id for batch in batches}) == 2


def test_the_order_of_arrival_changes_nothing(store: sa.engine.Engine) -> None:
    _claim(store, _object(1), now=NOON)
    _claim(store, _object(0), now=NOON)
    [batch] = _take(store, NOON + QUIET)
    with store.begin() as connection:
        connection.execute(sa.delete(claims))
    _claim(store, _object(0), _object(1))
    assert _take(store, NOON + QUIET) == [batch]


def test_what_is_done_stays_done(store: sa.engine.Engine) -> None:
    _claim(store, _object())
    batches = _take(store, NOON + QUIET)
    _finish(store, batches, NOON + QUIET)
    assert _states(store) == [("done", "w")]
    assert _claim(store, _object()) == []
    assert _take(store, NOON + timedelta(days=30)) == []


def test_what_arrives_late_is_one_more_run_of_its_date(store: sa.engine.Engine) -> None:
    _claim(store, _object(0))
    first = _take(store, NOON + QUIET)
    late = NOON + timedelta(hours=5)
    _claim(store, _object(1), now=late)
    _finish(store, first, late)
    [second] = _take(store, late + QUIET)
    assert second.run_date == DAY
    assert second.run_id != first[0].run_id
    assert [state for state, _ in _states(store)] == ["done", "starting"]


def test_a_worker_that_dies_after_it_claimed_holds_nothing_up(store: sa.engine.Engine) -> None:
    _claim(store, _object(), worker="dead")
    [batch] = _take(store, NOON + QUIET, worker="next")
    assert _states(store) == [("starting", "next")]
    assert batch.run_date == DAY


def test_a_run_whose_worker_died_is_taken_over_when_its_lease_is_over(store: sa.engine.Engine) -> None:
    _claim(store, _object())
    taken = NOON + QUIET
    batches = _take(store, taken, worker="dead")
    assert _take(store, taken + LEASE - timedelta(seconds=1), worker="next") == []
    assert _take(store, taken + LEASE, worker="next") == batches
    assert _take(store, taken + LEASE, worker="third") == []
    assert _states(store) == [("starting", "next")]
    _finish(store, batches, taken + LEASE)
    assert _take(store, taken + 3 * LEASE) == []


def test_of_many_that_look_at_once_one_starts_the_run(store: sa.engine.Engine) -> None:
    _claim(store, *(_object(number) for number in range(20)))
    for now in (NOON + QUIET, NOON + QUIET + LEASE):
        with ThreadPoolExecutor(8) as pool:
            taken = list(pool.map(_take, [store] * 8, [now] * 8, [f"w{number}" for number in range(8)]))
        assert [len(batches) for batches in taken if batches] == [1]


def test_a_claim_that_is_rolled_back_was_none(store: sa.engine.Engine) -> None:
    with store.connect() as connection:
        assert claim(connection, [_object()], "lost", NOON) == [_object()]
        connection.rollback()
    assert _states(store) == []
    assert _claim(store, _object()) == [_object()]

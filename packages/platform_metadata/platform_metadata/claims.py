"""Claims on what has arrived: each version of an object counts once, and each batch is one run.

A row goes from `claimed` (the store knows the object) over `starting` (somebody starts the run of its batch)
to `done` (that run exists). Whoever starts a run has a lease on it; after that, another takes it over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from platform_metadata.arrivals import Arrival
from platform_metadata.inserting import insert
from platform_metadata.tables import claims


@dataclass(frozen=True)
class Batch:
    """What has arrived of one run date, and the run that is to read it."""

    run_date: date
    #: The same however often the same objects are looked at, so that a second start of it is refused.
    run_id: str


def claim(
    connection: sa.engine.Connection, arrivals: Iterable[Arrival], worker: str, now: datetime
) -> list[Arrival]:
    """Claim what nobody has claimed yet, and say what that was.

    :param connection: in a transaction, which the caller commits before the messages are deleted.
    :param worker: who claims, as people find it again.
    """
    unless_claimed = insert(connection, claims).on_conflict_do_nothing()
    new = []
    # In one order whoever claims, so that two who claim the same wait for each other but never in a circle.
    for arrival in sorted(set(arrivals), key=lambda one: (one.bucket, one.key, one.version)):
        row = {**vars(arrival), "state": "claimed", "claimed_by": worker, "claimed_at": now}
        if connection.execute(unless_claimed.values(row)).rowcount == 1:
            new.append(arrival)
    return new


def take_complete(
    connection: sa.engine.Connection, worker: str, now: datetime, quiet: timedelta, lease: timedelta
) -> list[Batch]:
    """Take the batches that are complete, and the runs whose worker has let its lease run out.

    A batch is complete when nothing of its run date has been claimed for `quiet`. What arrives later is one
    more run of that date.

    :param connection: in a transaction, which the caller commits before anything is started.
    """
    lent = {"claimed_by": worker, "lease_until": now + lease}
    return [*_overdue(connection, lent, now), *_quiet(connection, lent, now - quiet)]


def finish(connection: sa.engine.Connection, run_ids: Sequence[str], now: datetime) -> None:
    """Remember that these runs exist: what they read is done."""
    mine = sa.and_(claims.c.run_id.in_(run_ids), claims.c.state == "starting")
    connection.execute(sa.update(claims).where(mine).values(state="done", done_at=now, lease_until=None))


def _overdue(connection: sa.engine.Connection, lent: dict[str, object], now: datetime) -> list[Batch]:
    overdue = sa.and_(claims.c.state == "starting", claims.c.lease_until <= now)
    found = connection.execute(
        sa.select(claims.c.run_date, claims.c.run_id).where(overdue).distinct().order_by(claims.c.run_id)
    ).all()
    return [
        Batch(run_date, run_id)
        for run_date, run_id in found
        # Who comes second waits for the first one's rows, and finds them lent.
        if _changed(connection, sa.and_(overdue, claims.c.run_id == run_id), lent)
    ]


def _quiet(connection: sa.engine.Connection, lent: dict[str, object], since: datetime) -> list[Batch]:
    waiting = claims.c.state == "claimed"
    dates = connection.execute(
        sa.select(claims.c.run_date)
        .where(waiting)
        .group_by(claims.c.run_date)
        .having(sa.func.max(claims.c.claimed_at) <= since)
        .order_by(claims.c.run_date)
    ).scalars()
    taken = []
    for run_date in list(dates):
        batch = sa.and_(waiting, claims.c.run_date == run_date)
        run_id = _run_id(run_date, connection.execute(sa.select(*claims.primary_key).where(batch)).all())
        if _changed(connection, batch, {**lent, "state": "starting", "run_id": run_id}):
            taken.append(Batch(run_date, run_id))
    return taken


def _changed(connection: sa.engine.Connection, where: object, values: dict[str, object]) -> bool:
    return bool(connection.execute(sa.update(claims).where(where).values(values)).rowcount)


def _run_id(run_date: date, objects: Iterable[Sequence[str]]) -> str:
    digest = hashlib.sha256()
    for bucket, key, version in sorted(tuple(one) for one in objects):
        digest.update(f"{bucket}\n{key}\n{version}\n".encode())
    return f"arrival__{run_date.isoformat()}__{digest.hexdigest()[:12]}"

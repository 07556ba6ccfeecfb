"""What runs used of what computes them, and what that cost where there are prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from platform_metadata.inserting import insert
from platform_metadata.prices import Prices, cost
from platform_metadata.tables import pipeline_runs, run_usage


@dataclass(frozen=True)
class Usage:
    """What one run used."""

    #: `emr`, `emr_serverless` or `local`.
    compute: str
    #: By unit, as `vcpu_hour`.
    quantities: Mapping[str, float]


@dataclass(frozen=True)
class Awaited:
    """A run of which nobody has said what it used."""

    run_id: str
    started_at: datetime
    finished_at: datetime


def awaited(connection: sa.engine.Connection, limit: int) -> list[Awaited]:
    """List the last runs whose usage is not recorded, the newest first."""
    query = (
        sa.select(pipeline_runs.c.run_id, pipeline_runs.c.started_at, pipeline_runs.c.finished_at)
        .outerjoin(run_usage, run_usage.c.run_id == pipeline_runs.c.run_id)
        .where(run_usage.c.run_id.is_(None))
        .order_by(pipeline_runs.c.started_at.desc(), pipeline_runs.c.run_id.desc())
        .limit(limit)
    )
    return [Awaited(*row) for row in connection.execute(query)]


def record_usage(
    connection: sa.engine.Connection, run_id: str, usage: Usage | None, prices: Prices | None = None
) -> None:
    """Record once what a run used, at the prices of now; what is there already stays as it is.

    :param usage: None when nobody knows and it is not to be asked for again.
    """
    known = {"compute": usage.compute, "quantities": dict(usage.quantities)} if usage else {}
    priced = (
        {
            "currency": prices.currency,
            "prices": {unit: prices.per_unit[unit] for unit in usage.quantities if unit in prices.per_unit},
            "cost": cost(usage.quantities, prices),
        }
        if usage and prices
        else {}
    )
    row = {"run_id": run_id, **known, **priced}
    connection.execute(insert(connection, run_usage).values(row).on_conflict_do_nothing())

"""The last runs, as a report shows them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from platform_metadata.tables import pipeline_runs, quality_results, run_usage

_USAGE = ("compute", "quantities", "prices", "currency", "cost")


def history(connection: sa.engine.Connection, limit: int) -> list[dict[str, Any]]:
    """List the last `limit` runs, the newest first, ready for JSON: moments and days are text, ISO 8601.

    What a run used is None until it is known; where nobody knows, it has no quantities.
    """
    judged = (
        sa.select(
            quality_results.c.run_id,
            sa.func.sum(quality_results.c.rows_read).label("rows_read"),
            sa.func.sum(quality_results.c.quarantined).label("rows_quarantined"),
        )
        .group_by(quality_results.c.run_id)
        .subquery()
    )
    runs = pipeline_runs
    query = (
        sa.select(
            *(runs.c[name] for name in ("run_id", "run_date", "status", "started_at", "seconds")),
            judged.c.rows_read,
            judged.c.rows_quarantined,
            run_usage.c.run_id.label("usage_of"),
            *(run_usage.c[name] for name in _USAGE),
        )
        .outerjoin(judged, judged.c.run_id == runs.c.run_id)
        .outerjoin(run_usage, run_usage.c.run_id == runs.c.run_id)
        .order_by(runs.c.started_at.desc(), runs.c.run_id.desc())
        .limit(limit)
    )
    found = connection.execute(query).all()
    judgements = _judgements(connection, [run.run_id for run in found])
    return [
        {
            "run_id": run.run_id,
            "run_date": run.run_date.isoformat(),
            "status": run.status,
            "started_at": run.started_at.isoformat().replace("+00:00", "Z"),
            "seconds": run.seconds,
            # PostgreSQL sums to a decimal, and nothing where a run judged nothing.
            "rows_read": int(run.rows_read or 0),
            "rows_quarantined": int(run.rows_quarantined or 0),
            "datasets": judgements.get(run.run_id, {}),
            "usage": {name: getattr(run, name) for name in _USAGE} if run.usage_of else None,
        }
        for run in found
    ]


def _judgements(connection: sa.engine.Connection, run_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What each of the runs judged, by run and dataset: rows read, and every check."""
    query = (
        sa.select(
            *(quality_results.c[name] for name in ("run_id", "dataset", "rows_read", "checks")),
        )
        .where(quality_results.c.run_id.in_(run_ids))
        .order_by(quality_results.c.dataset)
    )
    judged: dict[str, dict[str, Any]] = {}
    for run_id, dataset, rows_read, checks in connection.execute(query):
        kept = {check["id"]: {name: check[name] for name in ("failed_rows", "passed")} for check in checks}
        judged.setdefault(run_id, {})[dataset] = {"rows_read": rows_read, "checks": kept}
    return judged

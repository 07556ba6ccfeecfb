"""Records what runs used, which AWS says a while after they have ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from platform_dag.engines import ENGINES
from platform_dag.fact_types import Metadata, Orchestration, Prices, Processing
from platform_dag.facts import full_name
from platform_dag.store import opened
from platform_metadata import prices
from platform_metadata.usage import Awaited, Usage, awaited, record_usage

#: How long after its end a run's usage is asked for: AWS says it a while after the jobs, or never.
PATIENCE = timedelta(days=2)
#: Runs that one look asks for at most: those from before usage was recorded are many.
AT_ONCE = 50


def record_new_usage(processing: Processing, orchestration: Orchestration, facts: Metadata) -> list[str]:
    """Record what AWS knows by now of runs whose usage is not recorded; return their ids. Only inside a task.

    A run whose usage AWS still cannot say when its time is over stays unknown, and is not asked for again.
    """
    recorded = []
    with opened(facts) as store:
        with store.connect() as connection:
            runs = awaited(connection, AT_ONCE)
        known = _usage(processing, orchestration, runs) if runs else {}
        for run in runs:
            usage = known.get(run.run_id)
            if usage is None and datetime.now(timezone.utc) < run.finished_at + PATIENCE:
                continue
            with store.begin() as connection:
                record_usage(connection, run.run_id, usage, _prices(processing.prices))
            recorded.append(run.run_id)
    return recorded


def _usage(
    processing: Processing, orchestration: Orchestration, runs: Sequence[Awaited]
) -> Mapping[str, Usage]:
    """Ask every engine: an environment may have moved from one to another since."""
    # Well before: what computes a run starts before it.
    since = (min(run.started_at for run in runs) - timedelta(days=1)).replace(microsecond=0)
    environment = full_name(orchestration)
    return {
        run_id: usage
        for engine in ENGINES.values()
        for run_id, usage in engine.usage(environment, processing, runs, since)
    }


def _prices(configured: Prices | None) -> prices.Prices | None:
    if configured is None:
        return None
    per_unit = {unit: price for unit, price in vars(configured.per_unit).items() if price is not None}
    return prices.Prices(configured.currency, per_unit)

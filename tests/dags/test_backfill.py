"""Backfills of the pipelines: Airflow's own, of days in the past (docs/guides/backfill-days.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
import sqlalchemy as sa
from airflow.models.backfill import Backfill, BackfillDagRun, ReprocessBehavior, _create_backfill
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from airflow.utils.types import DagRunType

from platform_dag.batch import batch_start

_BACKFILLED = DagRun.run_type == DagRunType.BACKFILL_JOB


@pytest.fixture
def no_run_stays(airflow_database: None) -> Iterator[None]:
    """Leave no run behind that nobody is going to work on."""
    yield
    with create_session() as session:
        session.execute(sa.delete(BackfillDagRun))
        for run in session.scalars(sa.select(DagRun).where(_BACKFILLED)):
            session.delete(run)
        session.flush()
        session.execute(sa.delete(Backfill))


@pytest.mark.parametrize("dag_id", ["big_data_pipeline", "big_data_pipeline_serverless"])
def test_every_day_of_a_backfill_is_a_run_of_that_day(no_run_stays: None, dag_id: str) -> None:
    _create_backfill(
        dag_id=dag_id,
        from_date=datetime(2025, 3, 1, tzinfo=timezone.utc),
        to_date=datetime(2025, 3, 3, tzinfo=timezone.utc),
        max_active_runs=1,
        reverse=False,
        dag_run_conf={},
        reprocess_behavior=ReprocessBehavior.NONE,
    )
    with create_session() as session:
        runs = session.scalars(sa.select(DagRun).where(_BACKFILLED).order_by(DagRun.logical_date)).all()
        days = [batch_start(run.conf, run.data_interval_start) for run in runs]
    assert [f"{day:%Y-%m-%d}" for day in days if day] == ["2025-03-01", "2025-03-02", "2025-03-03"]

"""When tables are maintained, and that it is a run of the pipeline which does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pendulum
import pytest
import sqlalchemy as sa
from airflow.models.dagrun import DagRun
from airflow.timetables.base import TimeRestriction
from airflow.utils.session import create_session
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from environment_options import ON_CLUSTERS, ON_SERVERLESS, parse
from sqlalchemy.orm import Session


@pytest.mark.parametrize(
    ("days", "wanted"),
    [("sunday", [9, 16]), ("sunday,wednesday", [5, 9, 12, 16]), ("saturday", [8, 15])],
)
def test_the_clock_maintains_tables_on_the_configured_days(days: str, wanted: list[int]) -> None:
    dag = parse({**ON_CLUSTERS, "platform.maintenance_days": days}).dags["maintain_tables"]
    first, last = (pendulum.datetime(2025, 3, day) for day in (3, 17))
    between = TimeRestriction(first, last, catchup=True)
    runs: list[datetime] = []
    run = dag.timetable.next_dagrun_info(last_automated_data_interval=None, restriction=between)
    while run:
        runs.append(run.run_after)
        run = dag.timetable.next_dagrun_info(
            last_automated_data_interval=run.data_interval, restriction=between
        )
    assert runs == [datetime(2025, 3, day, 12, tzinfo=timezone.utc) for day in wanted]


def test_without_a_day_there_is_no_such_dag() -> None:
    assert "maintain_tables" not in parse({"platform.compute": "emr"}).dags


@pytest.mark.parametrize("options", [ON_CLUSTERS, ON_SERVERLESS], ids=lambda each: each["platform.compute"])
def test_it_starts_the_pipeline_that_the_environment_has(options: dict[str, str]) -> None:
    bag = parse(options)
    (start,) = bag.dags["maintain_tables"].tasks
    assert start.trigger_dag_id in bag.dags


def _triggered(session: Session) -> list[DagRun]:
    query = sa.select(DagRun).where(DagRun.run_id.startswith("maintenance__", autoescape=True))
    return list(session.execute(query).scalars())


@pytest.fixture
def no_run_stays(airflow_database: None) -> Iterator[None]:
    """Leave no run behind that was triggered and that nobody is going to work on."""
    yield
    with create_session() as session:
        for run in _triggered(session):
            session.delete(run)


def test_the_pipeline_is_told_to_maintain_the_tables(no_run_stays: None, platform: EmulatedPlatform) -> None:
    run = run_dag("maintain_tables")
    assert run.tasks == {"start_pipeline": "success"}
    with create_session() as session:
        (triggered,) = _triggered(session)
        assert (triggered.dag_id, triggered.conf) == ("big_data_pipeline", {"maintain": True})
        assert triggered.run_id.startswith("maintenance__manual__")
        assert triggered.logical_date is None

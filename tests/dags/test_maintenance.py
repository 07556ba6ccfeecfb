"""When tables are maintained, and that it is a run of the pipeline which does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.exceptions import AirflowSkipException
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from facts_fixture import facts, serverless_facts
from sqlalchemy.orm import Session

from platform_dag import maintenance
from platform_dag.facts import parse

SATURDAY, SUNDAY = (datetime(2025, 3, day, 12, tzinfo=timezone.utc) for day in (8, 9))


def _know(monkeypatch: pytest.MonkeyPatch, values: dict[str, Any], *days: str) -> None:
    values["catalog"]["maintenance_days"] = list(days)
    monkeypatch.setattr(maintenance.facts, "read", lambda kind: parse(kind, values[kind.__name__.lower()]))


def test_the_clock_maintains_tables_on_the_configured_days(monkeypatch: pytest.MonkeyPatch) -> None:
    _know(monkeypatch, facts(), "sunday", "wednesday")
    assert maintenance.due("scheduled", "scheduled__1", SUNDAY) == {
        "trigger_dag_id": "big_data_pipeline",
        "trigger_run_id": "maintenance__scheduled__1",
    }
    with pytest.raises(AirflowSkipException) as skipped:
        maintenance.due("scheduled", "scheduled__1", SATURDAY)
    assert str(skipped.value) == (
        "Tables are maintained on sunday, wednesday (catalog.maintenance_days of the configuration), "
        "and 2025-03-08 is a saturday."
    )


def test_without_a_day_the_clock_maintains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _know(monkeypatch, facts())
    with pytest.raises(AirflowSkipException, match="maintained on no day"):
        maintenance.due("scheduled", "scheduled__1", SUNDAY)


def test_whoever_triggers_it_maintains_tables_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    _know(monkeypatch, serverless_facts())
    assert maintenance.due("manual", "manual__1", SATURDAY) == {
        "trigger_dag_id": "big_data_pipeline_serverless",
        "trigger_run_id": "maintenance__manual__1",
    }


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
    assert run.tasks == {"choose_pipeline": "success", "start_pipeline": "success"}
    with create_session() as session:
        (triggered,) = _triggered(session)
        assert (triggered.dag_id, triggered.conf) == ("big_data_pipeline", {"maintain": True})
        assert triggered.logical_date is None

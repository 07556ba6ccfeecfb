"""Which run is due at a given moment."""

from __future__ import annotations

from datetime import datetime

import pendulum
import pytest
from airflow.sdk import DAG
from airflow.timetables import interval, trigger
from airflow.timetables.base import DagRunInfo, TimeRestriction
from environment_options import ON_CLUSTERS, all_dags, parse

_DAGS = all_dags()
_EVERY_DAY = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"


def _due(monkeypatch: pytest.MonkeyPatch, dag: DAG, now: str) -> DagRunInfo:
    """Return the run that Airflow would schedule for a DAG that has not run yet."""
    for module in (interval, trigger):
        monkeypatch.setattr(module, "utcnow", lambda: datetime.fromisoformat(f"{now}+00:00"))
    restriction = TimeRestriction(pendulum.instance(dag.start_date), None, dag.catchup)
    info = dag.timetable.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
    assert info is not None
    return info


@pytest.mark.parametrize("dag_id", ["big_data_pipeline", "big_data_pipeline_serverless", "simple_addition"])
@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-29T17:00:00", "2026-11-28"),
        ("2026-11-29T23:59:59", "2026-11-28"),
        ("2026-11-30T00:00:01", "2026-11-29"),
        ("2026-12-31T23:59:50", "2026-12-30"),
        ("2027-01-01T00:00:10", "2026-12-31"),
        ("2028-02-29T12:00:00", "2028-02-28"),
        ("2028-03-01T00:00:10", "2028-02-29"),
        # The nights in which Brussels moves its clocks have 23 and 25 hours there, and 24 in UTC.
        ("2027-03-28T00:30:00", "2027-03-27"),
        ("2027-10-31T00:30:00", "2027-10-30"),
        ("2027-10-31T23:30:00", "2027-10-30"),
    ],
)
def test_the_batch_is_the_day_before_in_utc(
    monkeypatch: pytest.MonkeyPatch, dag_id: str, now: str, day: str
) -> None:
    batch = _due(monkeypatch, _DAGS[dag_id], now).data_interval
    assert batch.start == pendulum.parse(f"{day}T00:00:00Z")
    assert batch.end == batch.start.add(days=1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-29T11:59:59", "2026-11-28"),
        ("2026-11-29T12:00:01", "2026-11-29"),
        ("2026-11-30T11:59:59", "2026-11-29"),
        ("2027-01-01T00:00:10", "2026-12-31"),
        ("2028-02-29T12:00:01", "2028-02-29"),
        ("2027-03-28T12:30:00", "2027-03-28"),
    ],
)
def test_tables_are_maintained_for_the_last_noon_in_utc(
    monkeypatch: pytest.MonkeyPatch, now: str, due: str
) -> None:
    dag = parse({**ON_CLUSTERS, "platform.maintenance_days": _EVERY_DAY}).dags["maintain_tables"]
    assert _due(monkeypatch, dag, now).run_after == pendulum.parse(f"{due}T12:00:00Z")

"""How a run begins: for which batch, and whether the clock may start it."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from airflow.exceptions import AirflowSkipException
from facts_fixture import facts

from platform_dag import begin as beginning
from platform_dag.batch import MAINTENANCE, batch_start, is_maintenance
from platform_dag.facts import Events, Processing, Queue, parse
from platform_dag.plan import PlanError

INTERVAL = datetime(2025, 3, 9, tzinfo=timezone.utc)
ON, OFF = Events(quiet_minutes=5, queue=Queue(url="https://queue")), Events(quiet_minutes=5)


def test_a_run_works_on_the_date_it_was_triggered_for() -> None:
    assert batch_start({"run_date": "2025-03-08"}, INTERVAL) == datetime(2025, 3, 8, tzinfo=timezone.utc)
    assert batch_start({"run_date": "2025-03-08"}, None) == datetime(2025, 3, 8, tzinfo=timezone.utc)


def test_a_run_works_on_its_interval_s_day_otherwise() -> None:
    assert batch_start({}, INTERVAL) == INTERVAL
    assert batch_start(None, INTERVAL) == INTERVAL
    assert batch_start({"other": "key"}, None) is None


@pytest.mark.parametrize("run_date", ["yesterday", "2025-02-30", "2025-03-08T00:00:00", "", None, 20250308])
def test_a_run_date_that_is_none_is_refused_with_the_remedy(run_date: object) -> None:
    with pytest.raises(PlanError) as error:
        batch_start({"run_date": run_date}, INTERVAL)
    assert str(error.value) == (
        f"This run was triggered with run_date {run_date!r}, which is no date: "
        'trigger it again with the configuration {"run_date": "YYYY-MM-DD"}.'
    )


def test_a_run_maintains_the_tables_only_when_it_was_triggered_to() -> None:
    assert is_maintenance(MAINTENANCE)
    assert not is_maintenance(None)
    assert not is_maintenance({"run_date": "2025-03-08"})
    assert not is_maintenance({"maintain": "no"})


class BeganError(Exception):
    """The run was not skipped."""


@pytest.fixture(autouse=True)
def known_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment computes on clusters; whoever asks for more facts has begun."""

    def began(_: Processing) -> None:
        raise BeganError

    monkeypatch.setattr(beginning, "read", lambda kind: parse(kind, facts()[kind.__name__.lower()]))
    monkeypatch.setattr(beginning, "read_all", began)


def test_the_clock_starts_nothing_where_raw_data_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "read_events", lambda: ON)
    with pytest.raises(AirflowSkipException, match="raw data starts the pipeline"):
        beginning.begin("emr", "scheduled")
    with pytest.raises(BeganError):
        beginning.begin("emr", "manual")


@pytest.mark.parametrize("events", [OFF, None], ids=["off", "unknown"])
def test_the_clock_starts_the_pipeline_where_events_are_off(
    events: Events | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "read_events", lambda: events)
    with pytest.raises(BeganError):
        beginning.begin("emr", "scheduled")

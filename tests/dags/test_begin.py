"""How a run begins: for which batch, and whether the clock may start it."""

from __future__ import annotations

from datetime import datetime, timezone
from types import SimpleNamespace

import pytest
from airflow.exceptions import AirflowSkipException
from environment_options import ON_CLUSTERS, ON_SERVERLESS, environment_options

from platform_dag import facts
from platform_dag.batch import MAINTENANCE, PlanError, batch_start, is_maintenance
from platform_dag.begin import begin
from platform_dag.engines.emr import ENGINE as EMR

INTERVAL = datetime(2025, 3, 9, tzinfo=timezone.utc)


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
def facts_are_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads facts has begun."""

    def began() -> None:
        raise BeganError

    monkeypatch.setattr(facts, "read_all", began)


def _begin(run_type: str, options: dict[str, str]) -> None:
    run = SimpleNamespace(run_type=run_type, conf={})
    with environment_options(options):
        begin(EMR, run, INTERVAL)


@pytest.mark.parametrize("options", [ON_CLUSTERS, ON_SERVERLESS], ids=lambda each: each["platform.compute"])
def test_the_clock_starts_nothing_where_raw_data_does(options: dict[str, str]) -> None:
    with pytest.raises(AirflowSkipException, match="Raw data starts the pipeline"):
        _begin("scheduled", options)
    for run_type in ("manual", "backfill"):
        with pytest.raises(BeganError):
            _begin(run_type, options)


@pytest.mark.parametrize("events", [{"platform.events": "False"}, {}], ids=["off", "not set"])
def test_the_clock_starts_the_pipeline_where_events_are_off(events: dict[str, str]) -> None:
    with pytest.raises(BeganError):
        _begin("scheduled", {"platform.compute": "emr", **events})

"""When tables are maintained, and by which pipeline."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from airflow.exceptions import AirflowSkipException

from platform_dag import facts
from platform_dag.begin import PIPELINES

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Maintenance(TypedDict):
    """The run that maintains the tables, as the operator that triggers it takes it."""

    trigger_dag_id: str
    trigger_run_id: str


def due(run_type: str, run_id: str, at: datetime) -> Maintenance:
    """Say which run is to maintain the tables. Only inside a task.

    :param run_type: Airflow's word for who started the run: `scheduled` is the clock.
    :param run_id: of the run that asks; asked again, the answer is the same.
    :param at: UTC; when the run was due.
    :raises AirflowSkipException: the clock asks on a day on which tables are not maintained.
    """
    days = facts.read(facts.Catalog).maintenance_days
    if run_type == "scheduled" and _WEEKDAYS[at.weekday()] not in days:
        raise AirflowSkipException(
            f"Tables are maintained on {', '.join(days) or 'no day'} (catalog.maintenance_days of the "
            f"configuration), and {at:%Y-%m-%d} is a {_WEEKDAYS[at.weekday()]}."
        )
    compute = facts.read(facts.Processing).compute
    return {"trigger_dag_id": PIPELINES[compute], "trigger_run_id": f"maintenance__{run_id}"}

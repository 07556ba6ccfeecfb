"""The options that say which DAGs an environment has. DAG files read them while they are parsed.

Terraform sets them as Airflow configuration options of the MWAA environment (`platformOptions` in
stacks/orchestration/airflow-options.ts), which reach every Airflow process as environment variables:
`platform.compute` is `AIRFLOW__PLATFORM__COMPUTE`. Reading one asks nobody. An option that is not set means
that what it stands for is not there, so that `airflow dags list` on a laptop shows no pipeline.
Source: Amazon MWAA User Guide, "Using Apache Airflow configuration options on Amazon MWAA".
"""

from __future__ import annotations

from collections.abc import Collection

from airflow.configuration import conf

from platform_dag.errors import PlatformError

SECTION = "platform"
#: What pipelines run on: `compute` of an engine.
COMPUTE = "compute"
#: `True` where raw data starts the pipeline.
EVENTS = "events"
#: Days of the week in lower case, with commas between them.
MAINTENANCE_DAYS = "maintenance_days"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: The keys of the environment's .tfvars file that the options come from.
_CONFIGURED_BY = {
    COMPUTE: "processing.compute",
    EVENTS: "events.enabled",
    MAINTENANCE_DAYS: "catalog.maintenance_days",
}


class OptionError(PlatformError):
    """An option has a value that these DAGs do not know. As an import error it names the remedy."""


def compute(engines: Collection[str]) -> str | None:
    """Return what pipelines run on, or None.

    :param engines: the values that are allowed.
    :raises OptionError: it is none of them.
    """
    value = _read(COMPUTE)
    return None if value is None else _checked(COMPUTE, value, engines)


def events() -> bool:
    """Return whether raw data starts the pipeline when it has arrived.

    :raises OptionError: it is neither `True` nor `False`.
    """
    return _checked(EVENTS, _read(EVENTS) or "False", ("True", "False")) == "True"


def maintenance_days() -> list[str]:
    """Return the days of the week on which tables are maintained.

    :raises OptionError: one of them is no day of the week.
    """
    value = _read(MAINTENANCE_DAYS)
    return [_checked(MAINTENANCE_DAYS, day, _WEEKDAYS) for day in (value or "").split(",") if day]


def _read(option: str) -> str | None:
    value: str | None = conf.get(SECTION, option, fallback=None)
    return value or None


def _checked(option: str, value: str, allowed: Collection[str]) -> str:
    if value in allowed:
        return value
    raise OptionError(
        f"Airflow option {SECTION}.{option} has {value!r}, allowed are {', '.join(allowed)}: "
        f"set {_CONFIGURED_BY[option]} of this environment and apply its orchestration stack, "
        f"or publish DAGs that know the value. On a laptop set AIRFLOW__{SECTION.upper()}__{option.upper()}."
    )

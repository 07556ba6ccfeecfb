"""The platform's facts: one Airflow variable per Terraform stack, read by tasks and never at parse time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar

from airflow.exceptions import AirflowFailException
from airflow.sdk import Variable

from platform_metadata.prices import Prices
from platform_sizing.places import Worker


class FactsError(AirflowFailException):
    """A fact is missing. A retry would not find it either, so the task fails at once."""


@dataclass(frozen=True)
class Network:
    """Where clusters are placed. Written by the network stack."""

    private_subnet_ids: list[str]
    emr_primary_security_group_id: str
    emr_core_security_group_id: str
    emr_service_access_security_group_id: str


@dataclass(frozen=True)
class Lake:
    """The buckets. Written by the lake stack."""

    data_bucket: str
    artifacts_bucket: str


@dataclass(frozen=True)
class Catalog:
    """The Glue catalog's databases, and the upkeep of their tables. Written by the catalog stack."""

    #: What the databases' names begin with; the zone comes behind it.
    database_prefix: str
    #: Days of the week on which tables are maintained, in lower case.
    maintenance_days: list[str]
    #: Days that what was published can still be read; None: as many as the jobs say.
    kept_days: int | None = None


@dataclass(frozen=True)
class Metadata:
    """The database of runs, and the secret with its password. Written by the metadata stack."""

    address: str
    port: int
    database: str
    secret_arn: str


@dataclass(frozen=True)
class Serverless:
    """How jobs are submitted to EMR Serverless. A part of what the processing stack writes."""

    application_id: str
    job_role_arn: str
    log_uri: str
    driver: Worker
    executor: Worker
    maximum_executors: int


@dataclass(frozen=True)
class Processing:
    """What runs compute on. Written by the processing stack; units are instance-fleet units."""

    #: `emr` or `emr_serverless`.
    compute: str
    release_label: str
    service_role: str
    instance_profile: str
    security_configuration: str
    primary_instance_types: list[str]
    core_instance_types: list[str]
    core_on_demand_units: int
    core_spot_units: int
    minimum_units: int
    maximum_units: int
    maximum_core_units: int
    maximum_on_demand_units: int
    spot_timeout_minutes: int
    idle_timeout_seconds: int
    log_uri: str
    spark_event_log_uri: str
    tags: dict[str, str]
    #: Spark's settings that win over those of the release and the derived ones.
    spark_conf: dict[str, str] | None = None
    #: There where `compute` is `emr_serverless`.
    serverless: Serverless | None = None
    #: There where somebody has written them down.
    prices: Prices | None = None


@dataclass(frozen=True)
class Queue:
    """The queue that says what has arrived under `raw/`. A part of what the events stack writes."""

    url: str


@dataclass(frozen=True)
class Events:
    """Whether raw data starts the pipeline when it has arrived. Written by the events stack."""

    quiet_minutes: int
    #: There where events are on.
    queue: Queue | None = None


@dataclass(frozen=True)
class Orchestration:
    """Who is told. Written by the orchestration stack."""

    project: str
    environment: str
    notification_emails: list[str]
    mail_from: str


@dataclass(frozen=True)
class Facts:
    """All that a pipeline run needs to know about its environment."""

    network: Network
    lake: Lake
    processing: Processing
    orchestration: Orchestration
    catalog: Catalog


Kind = TypeVar("Kind", Network, Lake, Catalog, Metadata, Processing, Events, Orchestration)


def parse(kind: type[Kind], value: Mapping[str, Any] | None) -> Kind:
    """Make `kind` of the JSON object that its stack wrote; keys it does not know are left alone.

    Unknown keys are allowed: Terraform may be applied before the DAGs that use a new fact are published.

    :raises FactsError: the variable, or one of its keys, is missing.
    """
    name = kind.__name__.lower()
    if value is None:
        raise FactsError(
            f"Airflow variable {name!r} is not there: apply the {name} stack of this environment, "
            f"and check that the secrets backend reads this environment's prefix."
        )
    missing = list(_missing(kind, value))
    if missing:
        raise FactsError(
            f"Airflow variable {name!r} lacks {', '.join(missing)}: "
            f"apply the {name} stack of this environment again."
        )
    made: Kind = _make(kind, value)
    return made


#: Facts that are objects of their own.
_PARTS: dict[str, type] = {
    "serverless": Serverless,
    "driver": Worker,
    "executor": Worker,
    "prices": Prices,
    "queue": Queue,
}


def _missing(kind: type, value: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for field in fields(kind):
        if field.name not in value:
            if field.default is MISSING:
                yield prefix + field.name
        elif field.name in _PARTS:
            yield from _missing(_PARTS[field.name], value[field.name], f"{prefix}{field.name}.")


def _make(kind: type, value: Mapping[str, Any]) -> Any:
    known = {field.name: value[field.name] for field in fields(kind) if field.name in value}
    parts = {name: _make(_PARTS[name], part) for name, part in known.items() if name in _PARTS}
    return kind(**{**known, **parts})


def read(kind: type[Kind]) -> Kind:
    """Read one stack's facts from Airflow's secrets backend. Only to be called inside a task.

    :raises FactsError: the variable, or one of its keys, is missing.
    """
    return parse(kind, _variable(kind.__name__.lower()))


def read_events() -> Events | None:
    """Read whether events are on; None where the platform is older than they are. Only inside a task."""
    value = _variable("events")
    return None if value is None else parse(Events, value)


def _variable(name: str) -> Any:
    return Variable.get(name, default=None, deserialize_json=True)


def read_all(processing: Processing) -> Facts:
    """Read the facts of every other stack. Only to be called inside a task.

    :param processing: read before, because a run of the DAG that is not chosen needs nothing else.
    :raises FactsError: a variable, or one of its keys, is missing.
    """
    return Facts(read(Network), read(Lake), processing, read(Orchestration), read(Catalog))

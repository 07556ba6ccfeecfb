"""Classes of the facts that the stacks publish.

Generated from stacks/*/facts.ts by `npm run generate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Network:
    """The VPC, and where clusters are placed in it."""

    #: The VPC, created or found.
    vpc_id: str
    #: The private subnets, by zone, then name.
    private_subnet_ids: list[str]
    #: Security group of the clusters' primary nodes, managed by EMR.
    emr_primary_security_group_id: str
    #: Security group of the clusters' core and task nodes, managed by EMR.
    emr_core_security_group_id: str
    #: Security group by which EMR reaches its nodes.
    emr_service_access_security_group_id: str


@dataclass(frozen=True, kw_only=True)
class Lake:
    """Where data, code and logs are, and the key that encrypts them."""

    #: Bucket of raw, staged, curated and published data.
    data_bucket: str
    #: Bucket of releases, DAGs and Airflow's requirements.
    artifacts_bucket: str
    #: Bucket of the logs of clusters, jobs and Spark events.
    logs_bucket: str
    #: Key of data, code, logs and Airflow.
    data_kms_key_arn: str


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """The databases of the Glue catalog, and when their tables are maintained."""

    #: What the names of the Glue databases begin with.
    database_prefix: str
    #: Days of the week on which tables are maintained.
    maintenance_days: list[str]
    #: Days that what was published can still be read.
    kept_days: int


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """Where the database of runs answers, and the secret that holds its master password."""

    #: Host name of the database of runs.
    address: str
    #: Port of the database of runs.
    port: int
    #: Name of the database on its server.
    database: str
    #: Secret with the master user and password of the database, managed by RDS; for migrations.
    secret_arn: str


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Size of a worker of EMR Serverless."""

    vcpu: int
    memory_gb: int
    disk_gb: int


@dataclass(frozen=True, kw_only=True)
class Serverless:
    """How a job is submitted to EMR Serverless."""

    application_id: str
    job_role_arn: str
    log_uri: str
    driver: Worker
    executor: Worker
    maximum_executors: int


@dataclass(frozen=True, kw_only=True)
class PerUnit:
    """Price of each unit that has one."""

    vcpu_hour: float | None = None
    memory_gb_hour: float | None = None
    storage_gb_hour: float | None = None
    on_demand_instance_hour: float | None = None
    spot_instance_hour: float | None = None


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a unit of what runs use costs, as configured."""

    currency: str
    per_unit: PerUnit


@dataclass(frozen=True, kw_only=True)
class Processing:
    """What the daily pipeline runs on, and how a cluster is launched."""

    #: What the daily pipeline runs on: emr or emr_serverless.
    compute: Literal["emr", "emr_serverless"]
    serverless: Serverless | None = None
    #: EMR release of clusters and jobs.
    release_label: str
    #: Role of EMR when it creates and resizes clusters.
    service_role: str
    #: Instance profile of the nodes, by which jobs reach the lake.
    instance_profile: str
    #: EMR security configuration of every cluster.
    security_configuration: str
    #: Instance types of primary nodes, any of which may be taken.
    primary_instance_types: list[str]
    #: Instance types of core nodes, any of which may be taken.
    core_instance_types: list[str]
    #: Core nodes on demand at the start of a cluster.
    core_on_demand_units: int
    #: Core nodes on spot at the start of a cluster.
    core_spot_units: int
    #: Fewest nodes that managed scaling leaves.
    minimum_units: int
    #: Most nodes that managed scaling starts.
    maximum_units: int
    #: Most core nodes that managed scaling starts.
    maximum_core_units: int
    #: Most nodes on demand that managed scaling starts.
    maximum_on_demand_units: int
    #: GiB of disk of each core and task node, where it is not derived.
    node_disk_gb: int | None = None
    #: Minutes until spot capacity that is not there is bought on demand.
    spot_timeout_minutes: int
    #: Seconds without work until a cluster ends itself.
    idle_timeout_seconds: int
    #: Folder of the clusters' logs.
    log_uri: str
    #: Folder of Spark's event logs.
    spark_event_log_uri: str
    #: Settings of Spark that win over the release's and the derived ones.
    spark_conf: dict[str, str]
    #: Tags of every cluster.
    tags: dict[str, str]
    prices: Prices | None = None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The queue that says what arrived under raw, and its dead-letter queue."""

    url: str
    arn: str
    dead_letter_arn: str


@dataclass(frozen=True, kw_only=True)
class Events:
    """Whether raw data starts the pipeline when it has arrived."""

    #: Minutes without anything new after which a batch of raw data is complete.
    quiet_minutes: int
    queue: Queue | None = None


@dataclass(frozen=True, kw_only=True)
class Orchestration:
    """Airflow, and who is notified by mail."""

    #: Name of the platform, as DAGs and mails give it.
    project: str
    #: Name of the environment, as DAGs and mails give it.
    environment: str
    #: Who is told of every run's end.
    notification_emails: list[str]
    #: Sender of these mails.
    mail_from: str
    #: Days back whose raw files are compared with what runs have read; 7 where it is absent.
    reconcile_days: int | None = None
    #: Days that Airflow's database keeps a DAG run after its end; 30 where it is absent.
    run_history_days: int | None = None
    #: Name of the MWAA environment; absent until the stack of this release is applied.
    airflow_environment: str | None = None

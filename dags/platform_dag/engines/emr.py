"""EMR on EC2: a cluster for each run, which runs its steps and is terminated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from airflow.providers.amazon.aws.hooks.emr import EmrHook
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator

from platform_dag.batch import PlanError
from platform_dag.engines.emr_cluster import job_flow, task_units
from platform_dag.engines.emr_lifecycle import (
    ENDED,
    ClusterSensor,
    CreateCluster,
    TerminateClusters,
    created_since,
)
from platform_dag.engines.emr_steps import StepsSensor, spark_steps
from platform_dag.engines.engine import EngineTasks, Plan
from platform_dag.facts import Processing, full_name
from platform_dag.program import Attempt
from platform_dag.sizing import SizingError, with_settings
from platform_metadata.usage import Awaited, Usage
from platform_sizing import places
from platform_sizing.disks import node_disk_gb
from platform_sizing.instances import UnknownInstanceError
from platform_sizing.settings import cluster_settings
from platform_sizing.sizing import size

#: How long a cluster may take to start; waiting for spot capacity counts.
CLUSTER_START_TIMEOUT = timedelta(hours=2)
#: What a cluster needs to start once it has its instances.
BOOTSTRAP_TIME = timedelta(minutes=30)
#: How long all steps of a run may take.
STEPS_TIMEOUT = timedelta(hours=8)
#: How long a cluster may take to end: 5 to 20 minutes, depending on its configuration (Amazon EMR Management
#: Guide, "Terminate a cluster in the starting, running, or waiting states").
CLUSTER_END_TIMEOUT = timedelta(hours=1)

#: How instances were bought (EMR API reference, "Instance"), and the unit of their hours.
BOUGHT_UNITS = {"ON_DEMAND": "on_demand_instance_hour", "SPOT": "spot_instance_hour"}
#: EC2 and EMR bill by the second, and a minute at least (Amazon EMR, "Pricing").
_LEAST = timedelta(minutes=1)


class Emr:
    """Engine: a transient EMR cluster."""

    compute = "emr"
    dag_id = "big_data_pipeline"
    tags = ("emr", "spark")

    def plan(self, attempt: Attempt) -> Plan:
        """Plan the cluster and its steps.

        :raises PlanError: the spot timeout leaves no time to start.
        :raises SizingError: the size of an instance type is unknown.
        """
        processing = attempt.facts.processing
        _check_spot_timeout(processing)
        name = f"{full_name(attempt.facts.orchestration)}-{attempt.run.run_id}"
        work = {
            "cluster": job_flow(attempt.facts, name, _disk_gb(attempt)),
            "cluster_name": name,
            # Well before: AWS's clock is not ours, and the name of the cluster says the rest.
            "since": (attempt.now - timedelta(days=1)).replace(microsecond=0).isoformat(),
            "steps": spark_steps(_sized(attempt)),
            "log_uri": processing.log_uri,
            "event_log_uri": processing.spark_event_log_uri,
        }
        return Plan(work)

    def add_tasks(self, plan: Any) -> EngineTasks:
        """Launch the cluster, run the steps, and terminate the cluster."""
        create = CreateCluster(
            task_id="create_emr_cluster",
            since=plan["since"],
            event_log_uri=plan["event_log_uri"],
            job_flow_overrides=plan["cluster"],
        )
        ready = ClusterSensor(
            task_id="check_cluster_ready",
            aws_conn_id=None,
            job_flow_id=create.output,
            target_states=["RUNNING", "WAITING"],
            failed_states=["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"],
            poke_interval=60,
            timeout=CLUSTER_START_TIMEOUT.total_seconds(),
        )
        submit = EmrAddStepsOperator(
            task_id="submit_spark_application",
            aws_conn_id=None,
            job_flow_id=create.output,
            steps=plan["steps"],
        )
        check = StepsSensor(
            task_id="check_submission_status",
            job_flow_id=create.output,
            step_ids=submit.output,
            log_uri=plan["log_uri"],
            poke_interval=60,
            timeout=STEPS_TIMEOUT.total_seconds(),
        )
        # A teardown of the plan, not of the creation: a worker lost there may have launched a cluster.
        terminate = TerminateClusters(
            task_id="terminate_emr_cluster",
            cluster_name=plan["cluster_name"],
            since=plan["since"],
            poke_interval=60,
            timeout=CLUSTER_END_TIMEOUT.total_seconds(),
        ).as_teardown(setups=plan)
        create >> ready >> submit >> check
        return EngineTasks(check, terminate)

    def usage(
        self, environment: str, processing: Processing, runs: Sequence[Awaited], since: datetime
    ) -> Iterator[tuple[str, Usage]]:
        """Add up the instance hours of each run's cluster, once it has ended."""
        names = {f"{environment}-{run.run_id}": run for run in runs}
        for cluster in created_since(since):
            if cluster["Name"] in names and cluster["Status"]["State"] in ENDED:
                hours = _instance_hours(cluster["Id"])
                if hours:
                    yield names[cluster["Name"]].run_id, Usage(self.compute, hours)


def _check_spot_timeout(processing: Processing) -> None:
    if timedelta(minutes=processing.spot_timeout_minutes) + BOOTSTRAP_TIME > CLUSTER_START_TIMEOUT:
        longest = (CLUSTER_START_TIMEOUT - BOOTSTRAP_TIME) // timedelta(minutes=1)
        raise PlanError(
            f"processing.spot_timeout_minutes is {processing.spot_timeout_minutes}: "
            f"check_cluster_ready gives up after {CLUSTER_START_TIMEOUT}, "
            f"so set it to {longest} or less and apply processing."
        )


def _place(processing: Processing) -> places.Cluster:
    core = processing.core_on_demand_units + processing.core_spot_units
    return places.Cluster(
        primary_types=tuple(processing.primary_instance_types),
        core_types=tuple(processing.core_instance_types),
        starting_nodes=core + task_units(processing),
        maximum_nodes=processing.maximum_units,
    )


def _disk_gb(attempt: Attempt) -> int:
    processing = attempt.facts.processing
    try:
        return processing.node_disk_gb or node_disk_gb(attempt.volume, _place(processing))
    except UnknownInstanceError as error:
        raise SizingError(str(error)) from error


def _sized(attempt: Attempt) -> Attempt:
    place = _place(attempt.facts.processing)
    try:
        return with_settings(attempt, cluster_settings(size(attempt.volume, place)))
    except UnknownInstanceError as error:
        raise SizingError(str(error)) from error


def _instance_hours(cluster_id: str) -> dict[str, float]:
    """Add up the hours of a cluster's instances by how they were bought; nothing while one of them runs."""
    pages = EmrHook(aws_conn_id=None).conn.get_paginator("list_instances").paginate(ClusterId=cluster_id)
    hours: dict[str, float] = {}
    for instance in (instance for page in pages for instance in page["Instances"]):
        # Capacity that EC2 never gave has no instance.
        if not instance.get("Ec2InstanceId"):
            continue
        lived = _lived(instance["Status"]["Timeline"])
        if lived is None:
            return {}
        unit = BOUGHT_UNITS[instance["Market"]]
        hours[unit] = hours.get(unit, 0.0) + max(lived, _LEAST) / timedelta(hours=1)
    return hours


def _lived(timeline: Mapping[str, Any]) -> timedelta | None:
    if "EndDateTime" not in timeline:
        return None
    lived: timedelta = timeline["EndDateTime"] - timeline["CreationDateTime"]
    return lived


ENGINE = Emr()

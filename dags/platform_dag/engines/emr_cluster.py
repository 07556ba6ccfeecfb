"""The EMR cluster of one run: the request that launches it."""

from __future__ import annotations

import math
from typing import Any

from platform_dag.facts import Facts, Processing

#: EMR 7.8.0 carries Python 3.9 and 3.11, the bundle is tested on 3.11
#: (EMR release guide, "Amazon EMR release 7.8.0").
PYTHON = "python3.11"

#: Volumes of a node, and the GiB that one may have (EMR API reference, "VolumeSpecification").
_VOLUMES, _MOST_VOLUME_GB = 2, 1024


def _primary_fleet(processing: Processing) -> dict[str, Any]:
    """One on-demand node: a cluster that loses its primary is lost."""
    return {
        "Name": "primary",
        "InstanceFleetType": "MASTER",
        "TargetOnDemandCapacity": 1,
        "InstanceTypeConfigs": _unit_types(processing.primary_instance_types),
        "LaunchSpecifications": {"OnDemandSpecification": {"AllocationStrategy": "lowest-price"}},
    }


def _core_fleet(processing: Processing, disk_gb: int) -> dict[str, Any]:
    """Spot nodes of several types; what spot cannot give in time is bought on demand."""
    return {
        "Name": "core",
        "InstanceFleetType": "CORE",
        "TargetOnDemandCapacity": processing.core_on_demand_units,
        "TargetSpotCapacity": processing.core_spot_units,
        "InstanceTypeConfigs": _unit_types(processing.core_instance_types, disk_gb),
        "LaunchSpecifications": _launched(processing),
    }


def task_units(processing: Processing) -> int:
    """Return with how many task nodes a cluster starts: one where it may grow beyond its core nodes, or none.

    Managed scaling adds to a fleet that exists. A fleet of no units is not one: "At least one of
    TargetSpotCapacity and TargetOnDemandCapacity should be greater than 0" (EMR API reference,
    "InstanceFleetConfig").
    """
    return int(processing.maximum_units > processing.maximum_core_units)


def _task_fleets(processing: Processing, disk_gb: int) -> list[dict[str, Any]]:
    """Nodes of the same types without HDFS, for what managed scaling adds beyond the core nodes.

    They are on spot, unless the core nodes are all on demand: then nobody has asked for spot.
    """
    units = task_units(processing)
    if units == 0:
        return []
    on_spot = processing.core_spot_units > 0
    return [
        {
            "Name": "task",
            "InstanceFleetType": "TASK",
            "TargetOnDemandCapacity": 0 if on_spot else units,
            "TargetSpotCapacity": units if on_spot else 0,
            "InstanceTypeConfigs": _unit_types(processing.core_instance_types, disk_gb),
            "LaunchSpecifications": _launched(processing),
        }
    ]


def _launched(processing: Processing) -> dict[str, Any]:
    return {
        "OnDemandSpecification": {"AllocationStrategy": "lowest-price"},
        "SpotSpecification": {
            "AllocationStrategy": "price-capacity-optimized",
            "TimeoutDurationMinutes": processing.spot_timeout_minutes,
            "TimeoutAction": "SWITCH_TO_ON_DEMAND",
        },
    }


def _unit_types(instance_types: list[str], disk_gb: int | None = None) -> list[dict[str, Any]]:
    """Every type counts as one unit, so that the limits of the configuration are numbers of nodes.

    :param disk_gb: of each node, whatever its type; None: what EMR gives it.
    """
    disks = {} if disk_gb is None else {"EbsConfiguration": _disks(disk_gb)}
    return [{"InstanceType": each, "WeightedCapacity": 1, **disks} for each in instance_types]


def _disks(disk_gb: int) -> dict[str, Any]:
    """Two volumes as EMR has by default, more where one would be larger than EMR allows."""
    volumes = max(_VOLUMES, math.ceil(disk_gb / _MOST_VOLUME_GB))
    specification = {"VolumeType": "gp3", "SizeInGB": math.ceil(disk_gb / volumes)}
    return {"EbsBlockDeviceConfigs": [{"VolumeSpecification": specification, "VolumesPerInstance": volumes}]}


def _scaling(processing: Processing) -> dict[str, Any]:
    return {
        "ComputeLimits": {
            "UnitType": "InstanceFleetUnits",
            "MinimumCapacityUnits": processing.minimum_units,
            "MaximumCapacityUnits": processing.maximum_units,
            "MaximumCoreCapacityUnits": processing.maximum_core_units,
            "MaximumOnDemandCapacityUnits": processing.maximum_on_demand_units,
        }
    }


def _configurations(processing: Processing) -> list[dict[str, Any]]:
    """What belongs to the place and not to the job: Python, Iceberg, logs, encryption between processes.

    Iceberg is on the nodes, and on Spark's class path where it is asked for (EMR release guide, "Use an
    Iceberg cluster with Spark").

    The release turns Spark's authentication and encryption on: YARN makes the secret, and the shuffle service
    in the node managers, which reads `yarn-site`, asks for it too (Spark documentation, "Security").
    What else runs on the cluster has to know as well, hence `spark-defaults`.
    """
    wire = {"spark.authenticate": "true", "spark.network.crypto.enabled": "true"}
    export = {"PYSPARK_PYTHON": PYTHON, "PYSPARK_DRIVER_PYTHON": PYTHON}
    return [
        {
            "Classification": "spark-env",
            "Properties": {},
            "Configurations": [{"Classification": "export", "Properties": export}],
        },
        {
            "Classification": "spark-defaults",
            "Properties": {
                "spark.yarn.appMasterEnv.PYSPARK_PYTHON": PYTHON,
                "spark.executorEnv.PYSPARK_PYTHON": PYTHON,
                "spark.eventLog.enabled": "true",
                "spark.eventLog.dir": processing.spark_event_log_uri,
                "spark.history.fs.logDirectory": processing.spark_event_log_uri,
                **wire,
            },
        },
        {"Classification": "yarn-site", "Properties": wire},
        {"Classification": "iceberg-defaults", "Properties": {"iceberg.enabled": "true"}},
    ]


def job_flow(facts: Facts, name: str, disk_gb: int) -> dict[str, Any]:
    """Build the request of `RunJobFlow` for a cluster that waits for steps. All ids come from the facts.

    It ends itself when it idles, as the net under a run whose last task never came. Managed scaling with
    fleets counts `InstanceFleetUnits` (EMR management guide, "Using managed scaling in Amazon EMR").

    :param disk_gb: of each core or task node, for HDFS, shuffles and what does not fit into memory.
    """
    network, processing = facts.network, facts.processing
    return {
        "Name": name,
        "ReleaseLabel": processing.release_label,
        "Applications": [{"Name": "Hadoop"}, {"Name": "Spark"}],
        "ServiceRole": processing.service_role,
        "JobFlowRole": processing.instance_profile,
        "SecurityConfiguration": processing.security_configuration,
        "LogUri": processing.log_uri,
        "VisibleToAllUsers": True,
        "Instances": {
            "InstanceFleets": [
                _primary_fleet(processing),
                _core_fleet(processing, disk_gb),
                *_task_fleets(processing, disk_gb),
            ],
            "Ec2SubnetIds": network.private_subnet_ids,
            "EmrManagedMasterSecurityGroup": network.emr_primary_security_group_id,
            "EmrManagedSlaveSecurityGroup": network.emr_core_security_group_id,
            "ServiceAccessSecurityGroup": network.emr_service_access_security_group_id,
            "KeepJobFlowAliveWhenNoSteps": True,
            "TerminationProtected": False,
        },
        "ManagedScalingPolicy": _scaling(processing),
        "AutoTerminationPolicy": {"IdleTimeout": processing.idle_timeout_seconds},
        "Configurations": _configurations(processing),
        "Tags": [{"Key": key, "Value": value} for key, value in sorted(processing.tags.items())],
    }

"""The plan of a run on a cluster: release, cluster and steps, without Airflow."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from attempts import NOW, attempt, release
from botocore.validate import ParamValidator
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET, facts
from release_fixture import FOLDER, RELEASE, current, manifest

from platform_dag.batch import PlanError
from platform_dag.engines.emr import ENGINE as EMR
from platform_dag.plan import plan_run
from platform_dag.program import Attempt
from platform_dag.release import ReleaseError
from platform_dag.sizing import SizingError
from platform_sizing.volume import Volume

Plan = dict[str, Any]


def _attempt(processing: dict[str, Any] | None = None, **changes: Any) -> Attempt:
    values = facts()
    values["processing"].update(processing or {})
    return attempt(values, **changes)


def _plan(**processing: Any) -> Plan:
    return plan_run(EMR, _attempt(processing))


def _valid(operation: str, request: dict[str, Any]) -> str:
    model = botocore.session.get_session().get_service_model("emr")
    shape = model.operation_model(operation).input_shape
    return str(ParamValidator().validate(request, shape).generate_report())


def test_the_requests_are_what_the_emr_api_accepts() -> None:
    plan = _plan()
    assert _valid("RunJobFlow", plan["cluster"]) == ""
    assert _valid("AddJobFlowSteps", {"JobFlowId": "j-1", "Steps": plan["steps"]}) == ""
    assert "Unknown parameter" in _valid("RunJobFlow", {**plan["cluster"], "Sise": 1})


def test_a_step_is_the_spark_submit_that_runs_everywhere() -> None:
    steps = _plan()["steps"]
    assert [step["Name"] for step in steps] == [
        f"big-data-dev/{job}" for job in ("ingest", "curate", "marts")
    ]
    assert {step["ActionOnFailure"] for step in steps} == {"CANCEL_AND_WAIT"}
    code = f"s3://{ARTIFACTS_BUCKET}/etl/releases/{RELEASE}"
    submit = steps[1]["HadoopJarStep"]
    assert submit["Jar"] == "command-runner.jar"
    assert submit["Args"][:3] == ["spark-submit", "--deploy-mode", "client"]
    assert submit["Args"][submit["Args"].index("--py-files") :] == [
        *("--py-files", f"{code}/etl.zip", f"{code}/main.py", "curate"),
        *("--input", f"s3://{DATA_BUCKET}/raw", "--run-date", "2025-01-01"),
        *("--output", f"s3://{DATA_BUCKET}", "--database-prefix", "big_data_dev_"),
        *("--keep-days", "45"),
        *("--run-id", "2025-01-01-20250102T000500Z", "--release", RELEASE),
    ]


def test_maintaining_the_tables_is_one_step_of_no_batch() -> None:
    plan = plan_run(EMR, _attempt(start=None, volume=Volume(), maintenance=True))
    (step,) = plan["steps"]
    arguments = step["HadoopJarStep"]["Args"]
    run_id = "maintain-20250102T000500Z"
    assert step["Name"] == "big-data-dev/maintain"
    assert arguments[arguments.index("maintain") :] == [
        *("maintain", "--output", f"s3://{DATA_BUCKET}", "--database-prefix", "big_data_dev_"),
        *("--keep-days", "45"),
        *("--run-id", run_id, "--release", RELEASE),
    ]
    assert plan["run"] == {
        "run_id": run_id,
        "release": RELEASE,
        "results": f"s3://{DATA_BUCKET}/runs/run={run_id}/maintenance.json",
    }
    assert plan["cluster"] == {**_plan()["cluster"], "Name": f"big-data-dev-{run_id}"}


def _settings(plan: Plan) -> dict[str, str]:
    """The settings of every step, which have to be the same."""
    steps = [step["HadoopJarStep"]["Args"] for step in plan["steps"]]
    (first, *others) = [{args[at + 1] for at, word in enumerate(args) if word == "--conf"} for args in steps]
    assert others == [first, first]
    return dict(pair.split("=", 1) for pair in first)


def test_the_steps_have_the_release_s_settings_and_those_of_their_volume_and_place() -> None:
    settings = _settings(_plan())
    assert set(manifest()["spark_conf"].items()) < set(settings.items())
    tables = {
        "spark.sql.catalog.lake.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "spark.sql.catalog.lake.type": "glue",
        "spark.sql.catalog.lake.warehouse": f"s3://{DATA_BUCKET}",
        "spark.sql.iceberg.vectorization.enabled": "false",
    }
    assert tables.items() < settings.items()
    # m5.xlarge: 16 GiB, of which YARN has 12, less the application master; 30 GB unpacked on three nodes.
    wanted = {
        "spark.executor.cores": "4",
        "spark.executor.memory": "9485m",
        "spark.executor.memoryOverhead": "1779m",
        "spark.dynamicAllocation.initialExecutors": "2",
        "spark.dynamicAllocation.maxExecutors": "3",
        "spark.driver.memory": "4096m",
        "spark.sql.adaptive.coalescePartitions.initialPartitionNum": "228",
    }
    assert {key: settings[key] for key in wanted} == wanted


def test_a_smaller_batch_is_cut_into_fewer_parts() -> None:
    small = _settings(plan_run(EMR, _attempt(volume=Volume())))
    assert small["spark.sql.shuffle.partitions"] == "64"
    assert small["spark.dynamicAllocation.maxExecutors"] == "2"


def test_the_configuration_wins_over_what_is_derived() -> None:
    own = {"spark.executor.memory": "8g", "spark.sql.ansi.enabled": "true"}
    settings = _settings(_plan(spark_conf=own))
    assert own.items() < settings.items()
    assert settings["spark.executor.cores"] == "4"


def test_an_instance_type_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SizingError, match=r"m19z\.xlarge: its vCPUs and memory are not in"):
        _plan(core_instance_types=["m5.xlarge", "m19z.xlarge"])


def test_the_primary_is_one_on_demand_node() -> None:
    primary, _ = _plan()["cluster"]["Instances"]["InstanceFleets"]
    assert primary["InstanceFleetType"] == "MASTER"
    assert primary["TargetOnDemandCapacity"] == 1
    assert "TargetSpotCapacity" not in primary
    assert [each["InstanceType"] for each in primary["InstanceTypeConfigs"]] == ["m5.xlarge", "m5d.xlarge"]


def test_the_core_is_spot_of_several_types_and_switches_to_on_demand() -> None:
    _, core = _plan(core_spot_units=4, core_on_demand_units=1)["cluster"]["Instances"]["InstanceFleets"]
    assert core["InstanceFleetType"] == "CORE"
    assert (core["TargetOnDemandCapacity"], core["TargetSpotCapacity"]) == (1, 4)
    assert len(core["InstanceTypeConfigs"]) == 3
    assert {each["WeightedCapacity"] for each in core["InstanceTypeConfigs"]} == {1}
    spot = core["LaunchSpecifications"]["SpotSpecification"]
    assert spot == {
        "AllocationStrategy": "price-capacity-optimized",
        "TimeoutDurationMinutes": 20,
        "TimeoutAction": "SWITCH_TO_ON_DEMAND",
    }


def test_a_cluster_that_may_outgrow_its_core_nodes_has_a_fleet_of_task_nodes() -> None:
    fleets = _plan(maximum_units=20, maximum_core_units=10)["cluster"]["Instances"]["InstanceFleets"]
    assert [fleet["InstanceFleetType"] for fleet in fleets] == ["MASTER", "CORE", "TASK"]
    core, task = fleets[1:]
    # The API takes no fleet of no units.
    assert (task["TargetOnDemandCapacity"], task["TargetSpotCapacity"]) == (0, 1)
    for key in ("InstanceTypeConfigs", "LaunchSpecifications"):
        assert task[key] == core[key]
    on_demand = {"core_spot_units": 0, "core_on_demand_units": 3}
    task = _plan(maximum_units=20, **on_demand)["cluster"]["Instances"]["InstanceFleets"][-1]
    assert (task["TargetOnDemandCapacity"], task["TargetSpotCapacity"]) == (1, 0)
    same = _plan(maximum_units=10, maximum_core_units=10)["cluster"]["Instances"]["InstanceFleets"]
    assert [fleet["InstanceFleetType"] for fleet in same] == ["MASTER", "CORE"]


def test_a_run_uses_all_nodes_that_managed_scaling_may_add() -> None:
    large = Volume(stored=10**12, compressed=10**12)
    limits = {"core_spot_units": 4, "maximum_units": 20, "maximum_core_units": 10}
    values = facts()
    values["processing"].update(limits)
    settings = _settings(plan_run(EMR, attempt(values, volume=large)))
    assert settings["spark.dynamicAllocation.maxExecutors"] == "20"


@pytest.mark.parametrize(
    ("configured", "volume", "volumes", "size"),
    [
        # Derived: an xlarge has 64 GiB at least, two nodes share 30 GB unpacked.
        (None, Volume(), 2, 32),
        (None, Volume(stored=10**11, compressed=10**11), 2, 176),
        (None, Volume(stored=10**13, compressed=10**13), 16, 1024),
        (500, Volume(), 2, 250),
        (3000, Volume(), 3, 1000),
    ],
)
def test_nodes_have_a_disk_for_what_the_run_reads(
    configured: int | None, volume: Volume, volumes: int, size: int
) -> None:
    changed = {} if configured is None else {"node_disk_gb": configured}
    cluster = plan_run(EMR, _attempt(changed, volume=volume))["cluster"]
    assert _valid("RunJobFlow", cluster) == ""
    primary, core = cluster["Instances"]["InstanceFleets"]
    devices = [
        {"VolumeSpecification": {"VolumeType": "gp3", "SizeInGB": size}, "VolumesPerInstance": volumes}
    ]
    for each in core["InstanceTypeConfigs"]:
        assert each["EbsConfiguration"] == {"EbsBlockDeviceConfigs": devices}
    assert not [each for each in primary["InstanceTypeConfigs"] if "EbsConfiguration" in each]


def test_the_cluster_scales_in_fleet_units_and_ends_itself_when_idle() -> None:
    cluster = _plan()["cluster"]
    assert cluster["ManagedScalingPolicy"]["ComputeLimits"] == {
        "UnitType": "InstanceFleetUnits",
        "MinimumCapacityUnits": 2,
        "MaximumCapacityUnits": 3,
        "MaximumCoreCapacityUnits": 3,
        "MaximumOnDemandCapacityUnits": 3,
    }
    assert cluster["AutoTerminationPolicy"] == {"IdleTimeout": 900}
    assert cluster["Instances"]["KeepJobFlowAliveWhenNoSteps"] is True


def test_the_cluster_is_placed_named_and_guarded_by_the_facts() -> None:
    cluster = _plan()["cluster"]
    known = facts()
    instances = cluster["Instances"]
    assert instances["Ec2SubnetIds"] == known["network"]["private_subnet_ids"]
    assert instances["EmrManagedMasterSecurityGroup"] == known["network"]["emr_primary_security_group_id"]
    assert instances["EmrManagedSlaveSecurityGroup"] == known["network"]["emr_core_security_group_id"]
    assert instances["ServiceAccessSecurityGroup"] == known["network"]["emr_service_access_security_group_id"]
    wanted = {
        "Name": "big-data-dev-2025-01-01-20250102T000500Z",
        "ReleaseLabel": "emr-7.8.0",
        "Applications": [{"Name": "Hadoop"}, {"Name": "Spark"}],
        "ServiceRole": known["processing"]["service_role"],
        "JobFlowRole": known["processing"]["instance_profile"],
        "SecurityConfiguration": known["processing"]["security_configuration"],
        "LogUri": known["processing"]["log_uri"],
    }
    assert {key: cluster[key] for key in wanted} == wanted
    assert {"Key": "for-use-with-amazon-emr-managed-policies", "Value": "true"} in cluster["Tags"]
    assert len(cluster["Tags"]) == len(known["processing"]["tags"])


def test_python_iceberg_event_logs_and_wire_encryption_are_settings_of_the_place() -> None:
    settings = {each["Classification"]: each for each in _plan()["cluster"]["Configurations"]}
    assert sorted(settings) == ["iceberg-defaults", "spark-defaults", "spark-env", "yarn-site"]
    assert settings["iceberg-defaults"]["Properties"] == {"iceberg.enabled": "true"}
    assert settings["spark-env"]["Configurations"] == [
        {
            "Classification": "export",
            "Properties": {"PYSPARK_PYTHON": "python3.11", "PYSPARK_DRIVER_PYTHON": "python3.11"},
        }
    ]
    spark = settings["spark-defaults"]["Properties"]
    assert spark["spark.yarn.appMasterEnv.PYSPARK_PYTHON"] == "python3.11"
    assert spark["spark.executorEnv.PYSPARK_PYTHON"] == "python3.11"
    assert spark["spark.eventLog.dir"] == facts()["processing"]["spark_event_log_uri"]
    for place in (spark, settings["yarn-site"]["Properties"]):
        assert (place["spark.authenticate"], place["spark.network.crypto.enabled"]) == ("true", "true")


def test_two_attempts_at_one_batch_have_different_ids() -> None:
    later = plan_run(EMR, _attempt(now=NOW.replace(minute=6)))
    assert later["run"]["run_date"] == _plan()["run"]["run_date"] == "2025-01-01"
    assert later["run"]["run_id"] != _plan()["run"]["run_id"]


def test_a_run_without_an_interval_is_refused() -> None:
    with pytest.raises(PlanError, match=r"has no data interval.*trigger it with a logical date"):
        _attempt(start=None)


def test_a_release_for_another_emr_is_refused() -> None:
    with pytest.raises(ReleaseError, match=r"built for emr-7\.8\.0, but this environment runs emr-7\.9\.0"):
        _plan(release_label="emr-7.9.0")


@pytest.mark.parametrize(("minutes", "refused"), [(90, False), (91, True), (1440, True)])
def test_a_spot_time_out_that_leaves_no_time_to_start_is_refused(minutes: int, refused: bool) -> None:
    if refused:
        with pytest.raises(PlanError, match=f"spot_timeout_minutes is {minutes}.*set it to 90 or less"):
            _plan(spot_timeout_minutes=minutes)
    else:
        assert _plan(spot_timeout_minutes=minutes)


def test_the_release_is_read_from_the_pointer_and_its_manifest() -> None:
    found = release()
    assert (found.name, found.folder) == (RELEASE, FOLDER)
    assert found.steps == ["ingest", "curate", "marts"]


@pytest.mark.parametrize("document", ["pointer", "described"])
def test_a_newer_document_than_these_dags_know_is_refused(document: str) -> None:
    newer = {"pointer": current, "described": manifest}[document]()
    with pytest.raises(ReleaseError, match="has schema_version 2, these DAGs read 1"):
        release(**{document: {**newer, "schema_version": 2}})


def test_a_pointer_that_disagrees_with_the_manifest_is_refused() -> None:
    with pytest.raises(ReleaseError, match=r"names release ffffffffffffffff, but .* is of 0123456789abcdef"):
        release(pointer={**current(), "release": "f" * 16})

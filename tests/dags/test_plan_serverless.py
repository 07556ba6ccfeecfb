"""The plan of a run on EMR Serverless: requests, sizes and names, without Airflow."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

import botocore.session
import pytest
from attempts import attempt
from botocore.validate import ParamValidator
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET, facts, serverless_facts
from release_fixture import RELEASE, manifest

from platform_dag.batch import PlanError
from platform_dag.engines.emr import ENGINE as EMR
from platform_dag.engines.emr_serverless import ENGINE as EMR_SERVERLESS
from platform_dag.facts import FactsError
from platform_dag.plan import plan_run
from platform_dag.release import ReleaseError
from platform_sizing.volume import Volume

RUN_ID = "2025-01-01-20250102T000500Z"

ServerlessPlan = dict[str, Any]


def _plan(**serverless: Any) -> ServerlessPlan:
    values = serverless_facts()
    values["processing"]["serverless"].update(serverless)
    return plan_run(EMR_SERVERLESS, attempt(values))


def _settings(plan: ServerlessPlan) -> dict[str, str]:
    """The settings of every job, which have to be the same."""
    (first, *others) = [
        job["request"]["configurationOverrides"]["applicationConfiguration"] for job in plan["job_runs"]
    ]
    assert others == [first, first]
    properties: dict[str, str] = first[0]["properties"]
    return properties


def test_the_requests_are_what_the_emr_serverless_api_accepts() -> None:
    model = botocore.session.get_session().get_service_model("emr-serverless")
    shape = model.operation_model("StartJobRun").input_shape
    requests = [job["request"] for job in _plan()["job_runs"]]
    assert len(requests) == 3
    for request in requests:
        assert ParamValidator().validate(request, shape).generate_report() == ""
        # botocore looks at no pattern (EMR Serverless API reference, "StartJobRun").
        assert re.fullmatch("[A-Za-z0-9._-]{1,64}", request["clientToken"])
    mistaken = ParamValidator().validate({**requests[0], "nme": ""}, shape).generate_report()
    assert "Unknown parameter" in mistaken


def test_a_job_run_is_the_program_that_runs_everywhere() -> None:
    plan = _plan()
    assert [job["step"] for job in plan["job_runs"]] == ["ingest", "curate", "marts"]
    names = [(job["request"]["name"], job["request"]["clientToken"]) for job in plan["job_runs"]]
    assert names == [(f"{RUN_ID}-{step}",) * 2 for step in ("ingest", "curate", "marts")]
    code = f"s3://{ARTIFACTS_BUCKET}/etl/releases/{RELEASE}"
    assert plan["job_runs"][1]["request"]["jobDriver"]["sparkSubmit"] == {
        "entryPoint": f"{code}/main.py",
        "entryPointArguments": [
            "curate",
            *("--input", f"s3://{DATA_BUCKET}/raw", "--run-date", "2025-01-01"),
            *("--output", f"s3://{DATA_BUCKET}", "--database-prefix", "big_data_dev_"),
            *("--keep-days", "45"),
            *("--run-id", RUN_ID, "--release", RELEASE),
        ],
        "sparkSubmitParameters": f"--py-files {code}/etl.zip",
    }
    assert plan["job_runs"][1]["request"]["executionTimeoutMinutes"] == 480


def test_both_engines_run_the_same_program_under_the_same_settings() -> None:
    on_cluster = plan_run(EMR, attempt(facts()))["steps"]
    serverless = _plan()
    settings = _settings(serverless)
    assert set(manifest()["spark_conf"].items()) <= set(settings.items())
    tables = {name: value for name, value in settings.items() if name.startswith("spark.sql.catalog.lake.")}
    assert len(tables) == 3
    for step, job in zip(on_cluster, serverless["job_runs"], strict=True):
        arguments = step["HadoopJarStep"]["Args"]
        assert {f"{name}={value}" for name, value in tables.items()} <= set(arguments)
        submit = job["request"]["jobDriver"]["sparkSubmit"]
        assert arguments[-len(submit["entryPointArguments"]) - 1 :] == [
            submit["entryPoint"],
            *submit["entryPointArguments"],
        ]
        assert " ".join(arguments).count(submit["sparkSubmitParameters"]) == 1


def test_iceberg_is_the_one_that_the_workers_bring() -> None:
    assert _settings(_plan())["spark.jars"] == "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"


def test_maintaining_the_tables_is_one_job_run_of_no_batch() -> None:
    plan = plan_run(EMR_SERVERLESS, attempt(serverless_facts(), None, volume=Volume(), maintenance=True))
    (job,) = plan["job_runs"]
    arguments = job["request"]["jobDriver"]["sparkSubmit"]["entryPointArguments"]
    assert (job["step"], job["request"]["name"]) == ("maintain", "maintain-20250102T000500Z-maintain")
    assert arguments[0] == "maintain"
    assert "run_date" not in plan["run"]
    assert not {"--input", "--run-date"} & set(arguments)


@pytest.mark.parametrize(
    ("vcpu", "memory_gb", "heap_mib"), [(1, 2, 1664), (2, 8, 7447), (4, 16, 14894), (16, 120, 111709)]
)
def test_heap_and_overhead_fill_the_worker_and_no_more(vcpu: int, memory_gb: int, heap_mib: int) -> None:
    settings = _settings(_plan(executor={"vcpu": vcpu, "memory_gb": memory_gb, "disk_gb": 50}))
    assert settings["spark.executor.cores"] == str(vcpu)
    assert settings["spark.executor.memory"] == f"{heap_mib}m"
    assert settings["spark.emr-serverless.executor.disk"] == "50G"
    assert settings["spark.emr-serverless.memoryOverheadFactor"] == "0.1"
    assert memory_gb * 1024 - 1 < heap_mib + max(384, heap_mib * 0.1) <= memory_gb * 1024


@pytest.mark.parametrize(("maximum", "first"), [(1, 1), (3, 3), (19, 3)])
def test_spark_asks_for_no_more_executors_than_the_limits_hold(maximum: int, first: int) -> None:
    settings = _settings(_plan(maximum_executors=maximum))
    assert settings["spark.dynamicAllocation.maxExecutors"] == str(maximum)
    assert settings["spark.dynamicAllocation.initialExecutors"] == str(first)
    assert settings["spark.executor.instances"] == str(first)


def test_spark_asks_for_no_more_executors_than_the_volume_keeps_busy() -> None:
    small = plan_run(EMR_SERVERLESS, attempt(serverless_facts(), volume=Volume(10**9, 10**9)))
    assert _settings(small)["spark.dynamicAllocation.maxExecutors"] == "2"
    assert _settings(_plan(maximum_executors=100))["spark.dynamicAllocation.maxExecutors"] == "19"


def test_the_configuration_wins_over_what_is_derived() -> None:
    values = serverless_facts()
    values["processing"]["spark_conf"] = {"spark.executor.memory": "12g"}
    settings = _settings(plan_run(EMR_SERVERLESS, attempt(values)))
    assert settings["spark.executor.memory"] == "12g"


def test_the_plan_says_where_to_look_and_from_when() -> None:
    plan = _plan()
    assert datetime.fromisoformat(plan["since"]) == datetime(2025, 1, 1, 0, 5, tzinfo=timezone.utc)
    assert plan["log_uri"].endswith("/logs/emr-serverless/")
    assert plan["run"] == {
        "run_date": "2025-01-01",
        "run_id": RUN_ID,
        "release": RELEASE,
        "results": f"s3://{DATA_BUCKET}/runs/run={RUN_ID}/results.json",
        "application": "00f1application0",
    }


def test_what_is_refused_on_a_cluster_is_refused_here() -> None:
    with pytest.raises(PlanError, match="has no data interval"):
        attempt(serverless_facts(), None)
    newer = serverless_facts()
    newer["processing"]["release_label"] = "emr-7.9.0"
    with pytest.raises(ReleaseError, match=r"built for emr-7\.8\.0, but this environment runs emr-7\.9\.0"):
        plan_run(EMR_SERVERLESS, attempt(newer))


def test_without_an_application_the_message_says_what_to_apply() -> None:
    with pytest.raises(FactsError, match="lacks serverless: apply the processing stack of this environment"):
        plan_run(EMR_SERVERLESS, attempt(facts()))

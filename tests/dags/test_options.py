"""The options that say which DAGs an environment has: Terraform writes those that DAGs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from airflow_settings import ROOT
from environment_options import ON_CLUSTERS, environment_options, parse
from platform_cli import platform_cli

from platform_dag import options
from platform_dag.engines import ENGINES, chosen
from platform_dag.engines.emr import ENGINE as EMR
from platform_dag.options import OptionError


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Synthesize the committed environments and one more; our own options of each, by environment."""
    folder = tmp_path_factory.mktemp("environments")
    for file in (ROOT / "environments").glob("*.tfvars"):
        (folder / file.name).write_bytes(file.read_bytes())
    dev = (folder / "dev.tfvars").read_text(encoding="utf-8")
    assert 'compute = "emr_serverless"' in dev
    least = dev.replace('compute = "emr_serverless"', 'compute = "emr"').replace('= "dev"', '= "least"', 1)
    least = least.replace("enabled       = true", "enabled = false")
    (folder / "least.tfvars").write_text(
        f"{least}\ncatalog = {{ maintenance_days = [] }}\n", encoding="utf-8"
    )
    out = tmp_path_factory.mktemp("stacks")
    platform_cli("--environments", str(folder), "synth", "--out", str(out))
    return {
        stack.parent.name.removesuffix("-orchestration"): _own(stack)
        for stack in out.glob("stacks/*-orchestration/cdk.tf.json")
    }


def _own(stack: Path) -> dict[str, str]:
    resources = json.loads(stack.read_text(encoding="utf-8"))["resource"]
    (environment,) = resources["aws_mwaa_environment"].values()
    known = environment["airflow_configuration_options"]
    return {name: value for name, value in known.items() if name.startswith(f"{options.SECTION}.")}


def test_terraform_writes_the_options_that_dags_read(written: dict[str, dict[str, str]]) -> None:
    read = {options.COMPUTE, options.EVENTS, options.MAINTENANCE_DAYS}
    assert {name for each in written.values() for name in each} == {
        f"{options.SECTION}.{name}" for name in read
    }
    assert len(written) == 4


@pytest.mark.parametrize(
    ("environment", "dags"),
    [
        ("dev", {"big_data_pipeline_serverless", "ingest_on_arrival", "maintain_tables"}),
        ("staging", {"big_data_pipeline", "maintain_tables"}),
        ("prod", {"big_data_pipeline", "maintain_tables"}),
        ("least", {"big_data_pipeline"}),
    ],
)
def test_an_environment_has_the_dags_that_its_configuration_says(
    written: dict[str, dict[str, str]], environment: str, dags: set[str]
) -> None:
    bag = parse(written[environment])
    assert bag.import_errors == {}
    everywhere = {"clean_airflow_database", "reconcile_raw", "record_runs", "simple_addition"}
    assert set(bag.dags) == dags | everywhere


def test_without_options_there_is_nothing_optional() -> None:
    with environment_options({}):
        assert (chosen(), options.events(), options.maintenance_days()) == (None, False, [])


def test_options_are_read_when_they_are_asked_for() -> None:
    with environment_options({**ON_CLUSTERS, "platform.maintenance_days": "sunday,wednesday"}):
        assert (chosen(), options.events()) == (EMR, True)
        assert options.maintenance_days() == ["sunday", "wednesday"]
    with environment_options({"platform.events": "False"}):
        assert options.events() is False


def test_the_configuration_s_engines_are_those_of_the_dags() -> None:
    schema = json.loads((ROOT / "stacks" / "facts.schema.json").read_text(encoding="utf-8"))
    assert list(ENGINES) == schema["$defs"]["processing"]["properties"]["compute"]["enum"]
    assert {engine.compute: engine for engine in ENGINES.values()} == ENGINES


@pytest.mark.parametrize(
    ("option", "value", "allowed", "key"),
    [
        ("compute", "emr_on_eks", "emr, emr_serverless", "processing.compute"),
        ("events", "yes", "True, False", "events.enabled"),
        ("maintenance_days", "sunday,someday", "monday, tuesday", "catalog.maintenance_days"),
    ],
)
def test_an_unknown_value_is_an_import_error_that_names_the_remedy(
    option: str, value: str, allowed: str, key: str
) -> None:
    bag = parse({**ON_CLUSTERS, f"platform.{option}": value})
    assert bag.import_errors
    unknown = value.rpartition(",")[2]
    for error in bag.import_errors.values():
        assert f"Airflow option platform.{option} has {unknown!r}, allowed are {allowed}" in error
        assert f"set {key} of this environment and apply its orchestration stack" in error
        assert f"AIRFLOW__PLATFORM__{option.upper()}" in error
    # What does not depend on the option is there all the same.
    assert {"clean_airflow_database", "record_runs", "simple_addition"} <= set(bag.dags)


def test_an_unknown_value_is_refused() -> None:
    with environment_options({"platform.compute": "spark"}), pytest.raises(OptionError):
        chosen()

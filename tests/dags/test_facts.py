"""Facts: the schema that TypeScript writes, the variables that tasks read."""

from __future__ import annotations

from dataclasses import MISSING, asdict, fields
from typing import Any

import jsonschema
import pytest
from facts_fixture import SCHEMA, facts, serverless_facts

from platform_dag import fact_types
from platform_dag.fact_types import (
    Catalog,
    Events,
    Lake,
    Metadata,
    Network,
    Orchestration,
    PerUnit,
    Prices,
    Processing,
    Queue,
    Serverless,
    Worker,
)
from platform_dag.facts import FactsError, parse

KINDS = [Network, Lake, Catalog, Metadata, Processing, Events, Orchestration]


@pytest.mark.parametrize("known", [facts(), serverless_facts()], ids=["emr", "emr_serverless"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_fixture_is_what_the_stacks_may_write(kind: type, known: dict[str, Any]) -> None:
    stack = kind.__name__.lower()
    schema = {**SCHEMA, **SCHEMA["$defs"][stack]}
    jsonschema.Draft202012Validator(schema).validate(known[stack])


@pytest.mark.parametrize("kind", KINDS)
def test_a_class_has_the_facts_of_its_stack_and_needs_those_that_are_always_there(kind: type) -> None:
    schema = SCHEMA["$defs"][kind.__name__.lower()]
    assert {field.name for field in fields(kind)} == set(schema["properties"])
    assert {field.name for field in fields(kind) if field.default is MISSING} == set(schema["required"])


def test_what_is_there_in_some_environments_only_is_there_whole() -> None:
    known = SCHEMA["$defs"]["processing"]["properties"]
    optional = {field.name: known[field.name] for field in fields(Processing) if field.default is None}
    assert optional.keys() == {"serverless", "prices", "node_disk_gb"}
    serverless = optional["serverless"]
    assert {field.name for field in fields(Serverless)} == set(serverless["required"])
    for worker in ("driver", "executor"):
        assert {field.name for field in fields(Worker)} == set(serverless["properties"][worker]["required"])
    assert {field.name for field in fields(Prices)} == set(optional["prices"]["required"])


def test_where_events_are_on_there_is_a_queue() -> None:
    queue = {"url": "https://sqs/arrivals", "arn": "arn:queue", "dead_letter_arn": "arn:dead"}
    value = {"quiet_minutes": 5, "queue": queue}
    jsonschema.Draft202012Validator(SCHEMA["$defs"]["events"]).validate(value)
    assert parse(Events, value) == Events(quiet_minutes=5, queue=Queue(**queue))


def test_every_stack_of_the_schema_has_its_class() -> None:
    assert sorted(SCHEMA["$defs"]) == sorted(kind.__name__.lower() for kind in KINDS)
    assert {getattr(fact_types, kind.__name__) for kind in KINDS} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stack_s_facts_become_its_class(kind: type) -> None:
    value = facts()[kind.__name__.lower()]
    parsed = parse(kind, value)
    known = {field.name: getattr(parsed, field.name) for field in fields(kind)}
    later = ("reconcile_days", "run_history_days", "airflow_environment")
    for part in ("serverless", "prices", "node_disk_gb", "queue", *later):
        assert known.pop(part, None) is None
    assert known == {name: value[name] for name in known}


def test_the_facts_of_emr_serverless_become_classes_too() -> None:
    value = serverless_facts()["processing"]
    serverless = parse(Processing, value).serverless
    assert serverless is not None
    assert serverless.driver == Worker(vcpu=1, memory_gb=2, disk_gb=20)
    assert asdict(serverless) == value["serverless"]


def test_prices_become_a_class_of_those_that_are_there() -> None:
    value = {**facts()["processing"], "prices": {"currency": "EUR", "per_unit": {"vcpu_hour": 0.05}}}
    jsonschema.Draft202012Validator(SCHEMA["$defs"]["processing"]).validate(value)
    assert parse(Processing, value).prices == Prices(currency="EUR", per_unit=PerUnit(vcpu_hour=0.05))


def test_what_is_missing_inside_is_named_by_its_place() -> None:
    value = serverless_facts()["processing"]
    del value["compute"], value["serverless"]["log_uri"], value["serverless"]["executor"]["vcpu"]
    with pytest.raises(FactsError, match=r"lacks compute, serverless.log_uri, serverless.executor.vcpu: "):
        parse(Processing, value)


def test_a_fact_the_dags_do_not_know_yet_is_left_alone() -> None:
    parse(Lake, {**facts()["lake"], "something_new": 1})


def test_missing_facts_are_named_all_at_once_with_the_remedy() -> None:
    value = facts()["processing"]
    del value["log_uri"], value["service_role"]
    with pytest.raises(FactsError) as error:
        parse(Processing, value)
    assert str(error.value) == (
        "Airflow variable 'processing' lacks service_role, log_uri: "
        "apply the processing stack of this environment again."
    )


def test_a_missing_variable_is_named_with_the_remedy() -> None:
    with pytest.raises(FactsError) as error:
        parse(Network, None)
    assert str(error.value) == (
        "Airflow variable 'network' is not there: apply the network stack of this environment, "
        "and check that the secrets backend reads this environment's prefix."
    )

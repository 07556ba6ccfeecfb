"""Facts: the schema that TypeScript writes, the variables that tasks read."""

from __future__ import annotations

import json
from dataclasses import fields

import jsonschema
import pytest
from airflow_settings import ROOT
from facts_fixture import facts
from platform_dag.facts import FactsError, Lake, Network, Orchestration, Processing, parse

KINDS = [Network, Lake, Processing, Orchestration]
SCHEMA = json.loads((ROOT / "stacks" / "facts.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_fixture_is_what_the_stacks_may_write(kind: type) -> None:
    stack = kind.__name__.lower()
    schema = {**SCHEMA, **SCHEMA["$defs"][stack]}
    jsonschema.Draft202012Validator(schema).validate(facts()[stack])


@pytest.mark.parametrize("kind", KINDS)
def test_the_dags_read_only_facts_that_every_stack_must_write(kind: type) -> None:
    required = set(SCHEMA["$defs"][kind.__name__.lower()]["required"])
    assert {field.name for field in fields(kind)} <= required


def test_the_schema_has_these_stacks_and_no_other() -> None:
    assert sorted(SCHEMA["$defs"]) == ["lake", "network", "orchestration", "processing"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_stack_s_facts_become_its_class(kind: type) -> None:
    value = facts()[kind.__name__.lower()]
    parsed = parse(kind, value)
    assert {field.name: getattr(parsed, field.name) for field in fields(kind)} == {
        field.name: value[field.name] for field in fields(kind)
    }


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

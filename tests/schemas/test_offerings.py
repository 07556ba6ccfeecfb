"""Instance types and database classes that stacks, DAGs and the sizing name are offered where they run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cfnlint
import pytest
from synthesis import Stack

ROOT = Path(__file__).resolve().parents[2]
_CATALOGUE = ROOT / "config" / "catalogue"
_EXTENSIONS = Path(cfnlint.__file__).parent / "data" / "schemas" / "extensions"
#: `m5.xlarge` and `db.t4g.small`; MWAA's classes and Kafka's sizes have the same form.
_TYPE = re.compile(
    r"\b(?<!kafka\.)(db\.)?(?!mw\d)([a-z]+\d[a-z0-9-]*)\.((?:micro|small|medium|large|\d*xlarge))\b"
)

INSTANCES = json.loads((_CATALOGUE / "instance-offerings.json").read_text(encoding="utf-8"))
DATABASES = json.loads((_CATALOGUE / "database-offerings.json").read_text(encoding="utf-8"))
#: Types that EMR takes, by region, which are fewer than EC2 offers.
EMR = json.loads((_EXTENSIONS / "aws_emr_cluster" / "instancetypeconfig_instancetype_enum.json").read_text())


def is_offered(name: str, region: str) -> bool:
    """Say whether a region offers a type or a class, by the table that `./platform check` reads."""
    database, family, size = _TYPE.fullmatch(name).groups()  # type: ignore[union-attr]
    table = DATABASES if database else INSTANCES
    offered = table["regions"][region]
    without = offered["without"].get(family, [])
    return family in offered["families"] and size in table["sizes"][family] and size not in without


def named_in(value: Any) -> Iterator[str]:
    """Yield the types and classes that a value names, in whatever text they are."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from named_in(one)
    if isinstance(value, str):
        yield from (found[0] for found in _TYPE.finditer(value))


def named_by(stack: Stack) -> set[str]:
    """Return the types and classes that a stack's resources name, in arguments and in facts."""
    return {name for resource in stack.resources.values() for name in named_in(resource.block)}


def test_whatever_a_stack_names_is_offered_in_its_region(groups: list[list[Stack]]) -> None:
    stacks = [stack for group in groups for stack in group]
    named = {stack: named_by(stack) for stack in stacks}
    assert sum(len(names) for names in named.values()) > 10
    missing = {
        f"{stack.name}: {name} is not offered in {stack.region}"
        for stack, names in named.items()
        for name in names
        if not is_offered(name, stack.region)
    }
    assert missing == set()


def test_emr_takes_whatever_a_stack_names_for_clusters(groups: list[list[Stack]]) -> None:
    processing = [stack for group in groups for stack in group if stack.name.endswith("-processing")]
    refused = {
        f"{stack.name}: {name} is no type that EMR takes in {stack.region}"
        for stack in processing
        for name in named_by(stack)
        if name not in EMR[stack.region]["enum"]
    }
    assert {stack.name for stack in processing if named_by(stack)} >= {
        "prod-processing",
        "staging-processing",
    }
    assert refused == set()


def test_whatever_the_dags_and_the_sizing_name_is_offered(groups: list[list[Stack]]) -> None:
    regions = {stack.region for group in groups for stack in group}
    files = [*(ROOT / "dags").rglob("*.py"), *(ROOT / "packages").rglob("*.py")]
    files.append(ROOT / "tests" / "dags" / "facts_fixture.py")
    named = {name for file in files for name in named_in(file.read_text(encoding="utf-8"))}
    assert "m5.xlarge" in named
    assert {(name, region) for name in named for region in regions if not is_offered(name, region)} == set()


@pytest.mark.parametrize("name", ["m5a.xlarge", "m6a.xlarge", "db.x1.32xlarge"])
def test_what_stockholm_lacks_is_seen(name: str) -> None:
    assert not is_offered(name, "eu-north-1")
    assert name not in EMR["eu-north-1"]["enum"]


def test_instance_type_in_facts_is_seen(groups: list[list[Stack]], monkeypatch: pytest.MonkeyPatch) -> None:
    (processing,) = [stack for group in groups for stack in group if stack.name == "prod-processing"]
    facts = processing.resources["aws_secretsmanager_secret_version.facts"].block
    monkeypatch.setitem(facts, "secret_string", facts["secret_string"].replace("m5.xlarge", "m5a.xlarge"))
    assert "m5a.xlarge" in named_by(processing)

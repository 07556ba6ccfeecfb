"""The table of what Terraform replaces, beside AWS's create-only properties."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemas
from replacement import TABLE, Comparison, Known, Table, compare
from synthesis import Stack


@pytest.fixture(scope="session")
def comparison(groups: list[list[Stack]]) -> Comparison:
    """Return what the committed table and AWS's schemas say of everything that is set."""
    return compare(groups, Table.read())


@pytest.fixture
def forcing() -> dict[str, list[str]]:
    """Return the content of the committed table, to be changed."""
    content: dict[str, list[str]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return content


def test_every_difference_has_a_line_and_every_line_a_difference(comparison: Comparison) -> None:
    assert "\n".join(Known.read().faults(comparison)) == ""
    assert len(comparison.compared) > 200


def test_every_line_names_its_source() -> None:
    sources = [line["source"] for line in Known.read().differences.values()]
    assert len(sources) > 20
    named = ("Provider, internal/service/", "The same: ")
    assert [one for one in sources if not (one.startswith(named) and one.endswith("."))] == []


@pytest.mark.parametrize(
    ("kind", "changed", "fault"),
    [
        ("aws_vpc", [], "aws_vpc.cidr_block: in place by review/replacements.json, replaces by AWS's schema"),
        (
            "aws_kms_key",
            ["description"],
            "aws_kms_key.description: replaces by review/replacements.json, in place by AWS's schema",
        ),
        (
            "aws_db_instance",
            ["backup_retention_period"],
            "aws_db_instance.backup_retention_period: replaces by review/replacements.json, may replace by",
        ),
        (
            "aws_mwaa_environment",
            ["name", "network_configuration"],
            "aws_mwaa_environment.network_configuration.security_group_ids: replaces by",
        ),
    ],
)
def test_wrong_entry_of_the_table_is_found(
    groups: list[list[Stack]], forcing: dict[str, list[str]], kind: str, changed: list[str], fault: str
) -> None:
    forcing[kind] = changed
    found = Known.read().faults(compare(groups, Table(forcing)))
    assert [one for one in found if one.startswith(f"✗ {fault}")]
    assert "→ correct the table, or add both answers and their source" in found[0]


def test_line_about_what_does_not_differ_is_found(comparison: Comparison) -> None:
    known = Known.read()
    known.differences["aws_vpc.cidr_block"] = _line("in place", "replaces")
    known.differences["aws_eip.domain"] = _line("in place", "replaces")
    faults = "\n".join(known.faults(comparison))
    assert "✗ aws_vpc.cidr_block: the table and AWS's schema do not differ as this line says" in faults
    assert "✗ aws_eip.domain: replaces by review/replacements.json, in place by AWS's schema" in faults
    assert "✗ aws_eip.domain: the table and AWS's schema do not differ as this line says" in faults
    assert faults.count("✗") == 3


def _line(terraform: str, aws: str) -> dict[str, Any]:
    return {"terraform": terraform, "aws": aws, "source": "Provider, internal/service/nowhere.go."}


def test_type_without_an_entry_is_found_and_never_in_place(
    groups: list[list[Stack]], forcing: dict[str, list[str]]
) -> None:
    del forcing["aws_vpc"]
    found = compare(groups, Table(forcing))
    assert [one for one in found.compared if one.startswith("aws_vpc.")] == []
    (fault,) = Known.read().faults(found)
    assert fault.startswith("✗ aws_vpc: a stack has this type, and review/replacements.json has no entry")


def test_listed_type_that_has_got_an_entry_is_found(
    groups: list[list[Stack]], forcing: dict[str, list[str]]
) -> None:
    forcing["aws_sns_topic_policy"] = []
    (fault,) = Known.read().faults(compare(groups, Table(forcing)))
    assert fault.startswith("✗ aws_sns_topic_policy: has an entry, or no stack has it")


def test_properties_are_dotted_and_conditional_ones_are_apart() -> None:
    assert schemas.create_only("AWS::MWAA::Environment") >= {"KmsKey", "NetworkConfiguration.SubnetIds"}
    assert "Engine" not in schemas.create_only("AWS::RDS::DBInstance")
    assert "Engine" in schemas.create_only("AWS::RDS::DBInstance", is_conditional=True)

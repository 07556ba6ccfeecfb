"""Faults of every kind in the committed environments, each found with its place and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from judge import Exceptions, Finding, Verdict, findings_in, refused
from synthesis import Stack
from template import template_of

Judged = Callable[..., list[Finding]]
STORE = "prod-metadata aws_db_instance.store"
AIRFLOW = "prod-orchestration aws_mwaa_environment.airflow"


@pytest.fixture
def judged(groups: list[list[Stack]], exceptions: Exceptions, monkeypatch: pytest.MonkeyPatch) -> Judged:
    """Return a function that changes an argument of a resource, or takes it away, and judges the resource."""

    def judged(at: str, argument: str, value: Any = None, region: str | None = None) -> list[Finding]:
        # Two folders have a `dev`: the first one is the shipped environment's.
        stacks, *_ = [group for group in groups if any(at.startswith(f"{stack.name} ") for stack in group)]
        (block,) = [one.block for stack in stacks for one in stack.resources.values() if one.at == at]
        *above, last = argument.split(".")
        for name in above:
            block = block[int(name) if name.isdigit() else name]
        if value is None:
            monkeypatch.delitem(block, last)
        else:
            monkeypatch.setitem(block, last, value)
        template = template_of(stacks)
        parts = {
            logical
            for (logical, _), leaves in template.matched.items()
            for leaf in leaves
            if leaf.resource.at == at
        }
        found = findings_in(template, parts, region or template.region)
        return [
            finding for finding in found if not exceptions.covers(finding) and finding.place.startswith(at)
        ]

    return judged


@pytest.mark.parametrize(
    ("at", "argument", "value", "says"),
    [
        pytest.param(
            AIRFLOW, "webserver_access_mode", "PRIVATE", "not one of ['PRIVATE_ONLY', ", id="enumeration"
        ),
        pytest.param(
            "prod-network aws_security_group.airflow",
            "description",
            "Airflow's group",
            "does not match",
            id="pattern of a security group's description",
        ),
        pytest.param(
            AIRFLOW, "weekly_maintenance_window_start", "SUN:14:15", "(00|30)", id="pattern of a window"
        ),
        pytest.param(
            "prod-lake aws_s3_bucket.data", "bucket", "Big_Data", "does not match", id="name of a bucket"
        ),
        pytest.param(
            "prod-network aws_vpc.vpc", "cidr_block", "10.0.0.0/33", "ipv4-network", id="range of addresses"
        ),
        pytest.param(
            "prod-orchestration aws_iam_role.airflow_execution",
            "name",
            "a" * 65,
            "longer than 64",
            id="length",
        ),
        pytest.param(
            "dev-events aws_sqs_queue.arrivals",
            "message_retention_seconds",
            1209601,
            "maximum of 1209600",
            id="range",
        ),
        pytest.param(
            "prod-network aws_kms_key.flow_logs_key", "deletion_window_in_days", 5, "minimum of 7", id="least"
        ),
        pytest.param(
            "prod-network aws_cloudwatch_log_group.flow_logs",
            "retention_in_days",
            100,
            "not one of",
            id="number",
        ),
        pytest.param(STORE, "storage_encrypted", False, "False is not one of", id="dependent property"),
        pytest.param(STORE, "instance_class", "db.m7g.huge", "not one of", id="class of a database"),
        pytest.param(STORE, "instance_class", "db.m1.small", "not one of", id="class of another engine"),
        pytest.param(STORE, "engine_version", "17.99", "not one of", id="version of an engine"),
        pytest.param(STORE, "backup_retention_period", 36, "maximum of 35", id="range of an extension"),
        pytest.param(
            "prod-network aws_vpc_endpoint.endpoints_logs",
            "security_group_ids",
            ["${aws_subnet.subnets_private_a.id}"],
            "does not match destination format of 'AWS::EC2::SecurityGroup.Id'",
            id="reference to another kind of resource",
        ),
        pytest.param(
            "prod-observability aws_cloudwatch_metric_alarm.airflow_failed_tasks",
            "period",
            7,
            "not one of [10, 30, 60] or a multiple of 60",
            id="period of an alarm",
        ),
        pytest.param(
            "prod-lake aws_s3_bucket_server_side_encryption_configuration.data",
            "rule.0.apply_server_side_encryption_by_default.sse_algorithm",
            "aws:kmz",
            "not one of ['aws:kms', 'AES256', 'aws:kms:dsse']",
            id="settings in a resource of their own",
        ),
    ],
)
def test_wrong_value_is_found_with_what_is_allowed(
    judged: Judged, at: str, argument: str, value: Any, says: str
) -> None:
    found = judged(at, argument, value)
    assert found != []
    written = ".".join(name for name in argument.split(".") if not name.isdigit())
    assert {finding.place.split(" = ")[0] for finding in found} == {f"{at}: {written}"}
    assert says in " ".join(finding.message for finding in found)
    assert "→ change the setting in environments/" in str(found[0])


def test_deprecated_engine_version_is_found(judged: Judged) -> None:
    (found,) = judged(STORE, "engine_version", "17.1")
    assert found.message.startswith("Engine version '17.1' for engine 'postgres' is deprecated")


def test_missing_property_is_found_at_its_resource(judged: Judged) -> None:
    (found,) = judged("prod-access aws_ec2_client_vpn_endpoint.vpn", "server_certificate_arn")
    assert found.place == "prod-access aws_ec2_client_vpn_endpoint.vpn: AWS::EC2::ClientVpnEndpoint"
    assert found.message == "'ServerCertificateArn' is a required property"


def test_subnet_too_few_is_found(judged: Judged) -> None:
    one = ["${data.terraform_remote_state.network.outputs.private_subnet_a_id}"]
    (found,) = judged(AIRFLOW, "network_configuration.subnet_ids", one)
    assert found.message == "expected minimum item count: 2, found: 1"


def test_policy_that_iam_cannot_read_is_found(judged: Judged) -> None:
    at = "prod-orchestration aws_iam_role.airflow_execution"
    found = judged(at, "assume_role_policy", '{"Version":"2012-10-17","Statement":[{"Effect":"Permit"}]}')
    effect = f'{at}: assume_role_policy Statement.0.Effect = "Permit"'
    assert (effect, "'Permit' is not one of ['Allow', 'Deny']") in [(one.place, one.message) for one in found]


@pytest.mark.parametrize(
    ("region", "at", "kind"),
    [
        ("mx-central-1", AIRFLOW, "AWS::MWAA::Environment"),
        ("cn-north-1", "prod-access aws_ec2_client_vpn_endpoint.vpn", "AWS::EC2::ClientVpnEndpoint"),
    ],
)
def test_type_that_a_region_lacks_is_found(judged: Judged, region: str, at: str, kind: str) -> None:
    found = judged(at, "tags", {}, region) if "vpn" in at else judged(at, "schedulers", 2, region)
    (lacking,) = [finding for finding in found if finding.rule == "E3006"]
    assert lacking.message == f"Resource type '{kind}' does not exist in '{region}'"
    assert lacking.remedy.startswith(f"leave out what needs it in {region}, or put the environment into")


def test_region_that_nobody_knows_is_refused(judged: Judged) -> None:
    with pytest.raises(ValueError, match="xx-north-9 is not in cfn-lint's data of 2026-10-20"):
        judged(AIRFLOW, "schedulers", 2, "xx-north-9")


def test_value_without_a_property_says_where_it_is_to_be_named(
    groups: list[list[Stack]], exceptions: Exceptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stacks,) = [group for group in groups if group[0].name.startswith("prod-")]
    (vpc,) = [one for stack in stacks for one in stack.resources.values() if one.type == "aws_vpc"]
    monkeypatch.setitem(vpc.block, "colour", "green")
    unmatched = tuple(template_of(stacks).unmatched)
    (found,) = refused([Verdict("prod", "eu-north-1", frozenset(), 1, unmatched, ())], exceptions)
    assert found.place == 'prod-network aws_vpc.vpc: colour = "green"'
    assert found.remedy.startswith("name the property in tests/schemas/mapping.py")

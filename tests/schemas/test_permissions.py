"""The roles of CI: they may call what Terraform's provider calls, and the judge sees what one lacks."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import iam
import pytest
import schemas
from mapping import TARGETS
from permissions import LEFT_OUT, Decisions, Denial, Environment, Role
from synthesis import Stack

DB = "arn:aws:rds:eu-north-1:222222222222:db"
#: Changes the statements of a role's policies, by their ids.
Change = Callable[[dict[str, dict[str, Any]]], None]


@pytest.fixture(scope="session")
def decisions() -> Decisions:
    """Return the committed decisions."""
    return Decisions.read()


@pytest.fixture(scope="session")
def environments(groups: list[list[Stack]]) -> list[Environment]:
    """Return every environment; accounts, which an administrator applies, are left out."""
    return [Environment(stacks) for stacks in groups if not stacks[0].name.startswith("bootstrap-")]


def test_ci_may_call_what_the_provider_calls(environments: list[Environment], decisions: Decisions) -> None:
    judged = [one for one in environments if one.roles()]
    names = {"dev", "staging", "prod", "existing", "largest-size", "least-size"}
    assert {one.name for one in judged} == names
    types = {resource.type for one in environments for resource in one.resources}
    assert types - {resource.type for one in judged for resource in one.resources} == set()
    assert "\n".join(str(one) for each in judged for one in each.denials(decisions, each.roles())) == ""


def test_every_type_and_every_action_is_decided_once(
    environments: list[Environment], decisions: Decisions
) -> None:
    made = {resource.type for one in environments for resource in one.resources}
    read = {f"data.{kind}" for one in environments for stack in one.stacks for kind in stack.kinds_read}
    kinds = {TARGETS[kind].type if kind in TARGETS else kind for kind in made} | read | {"terraform"}
    assert kinds - decisions.types.keys() == set(), "types without decisions in permissions.json"
    assert [fault for kind in decisions.types for fault in decisions.faults(kind)] == []
    targets = {target.type for target in TARGETS.values()}
    assert decisions.types.keys() - kinds - targets - made == set(), "no stack has these types"


def test_every_decision_has_its_reason(decisions: Decisions) -> None:
    reasons = [*decisions.everywhere.values(), *decisions.not_called.values()]
    for own in decisions.types.values():
        reasons += [reason for word in LEFT_OUT for reason in own.get(word, {}).values()]
        reasons += [one["why"] for one in own.get("besides", [])]
    assert len(reasons) > 100
    assert [reason for reason in reasons if not reason.endswith((".", ".go", ".ts", ".md"))] == []
    first = [
        next(iter(own[word].values())) for own in decisions.types.values() for word in LEFT_OUT if word in own
    ]
    assert [reason for reason in first if reason.startswith("The same")] == []


def test_an_undecided_action_and_one_decided_twice_are_faults(decisions: Decisions) -> None:
    changed = Decisions(
        {
            "everywhere": decisions.everywhere,
            "handlers not called": decisions.not_called,
            "types": copy.deepcopy(decisions.types),
        }
    )
    queue = changed.types["AWS::SQS::Queue"]
    queue["required"].remove("sqs:SetQueueAttributes")
    queue["unused"] = {"sqs:Tag*": "A reason that is long enough.", "sqs:Purge*": "Another such reason."}
    assert changed.faults("AWS::SQS::Queue") == [
        "AWS::SQS::Queue: sqs:SetQueueAttributes is not decided",
        "AWS::SQS::Queue: sqs:TagQueue is decided 2 times",
        "AWS::SQS::Queue: sqs:Purge* decides nothing that a handler needs",
    ]
    assert schemas.handlers("AWS::SQS::Queue")["read"] == {"sqs:GetQueueAttributes", "sqs:ListQueueTags"}


def _drop(sid: str, *actions: str) -> Change:
    def drop(statements: dict[str, dict[str, Any]]) -> None:
        left = [one for one in iam.listed(statements[sid]["Action"]) if one not in actions]
        assert len(left) == len(iam.listed(statements[sid]["Action"])) - len(actions)
        statements[sid]["Action"] = left

    return drop


def _forget(sid: str) -> Change:
    return lambda statements: statements.__delitem__(sid)


def _narrow(sid: str, part: str) -> Change:
    def narrow(statements: dict[str, dict[str, Any]]) -> None:
        left = [one for one in iam.listed(statements[sid]["Resource"]) if part not in one]
        assert left != iam.listed(statements[sid]["Resource"])
        statements[sid]["Resource"] = left

    return narrow


@pytest.mark.parametrize(
    ("change", "role", "action", "arn"),
    [
        # What a review of the stacks found before there was a judge, each on its own.
        (_forget("ReadDatabasesById"), "plan", "rds:DescribeDBInstances", f"{DB}:*"),
        (_forget("ManageDefaultOptionGroups"), "apply", "rds:CreateDBInstance", ":og:default:postgres-17"),
        (_forget("AssociatePrivateDns"), "apply", "route53:AssociateVPCWithHostedZone", ":hostedzone/any"),
        (
            _drop("ChangeIdentities", "iam:UpdateRoleDescription"),
            "apply",
            "iam:UpdateRoleDescription",
            ":role/",
        ),
        (_forget("ReturnToDefaultAcl"), "apply", "ec2:ReplaceNetworkAclAssociation", "/acl-default"),
        (
            _narrow("ManageCatalogFunctions", "userDefinedFunction"),
            "apply",
            "glue:DeleteDatabase",
            "Function/",
        ),
        (_drop("GrantKeysToServices", "kms:RevokeGrant"), "apply", "kms:RevokeGrant", ":key/"),
        (_drop("FinishNewKeys", "kms:EnableKeyRotation"), "apply", "kms:EnableKeyRotation", ":key/new"),
        # Names, tags and conditions of other kinds.
        (_drop("ReadIdentities", "iam:ListRolePolicies"), "plan", "iam:ListRolePolicies", ":role/"),
        (_drop("PassRoles", "iam:PassRole"), "apply", "iam:PassRole", "airflow"),
        (_forget("TagNewNetwork"), "apply", "ec2:CreateTags", ":vpc/"),
        (_forget("AdoptDefaultGroup"), "apply", "ec2:CreateTags", "/sg-default"),
        (_forget("AttachKnownPolicies"), "apply", "iam:AttachRolePolicy", ":role/"),
        (_narrow("ManageQueries", "workgroup"), "apply", "athena:UpdateWorkGroup", ":workgroup/"),
        (_forget("ReadStates"), "plan", "s3:GetObject", ".tfstate"),
        (_forget("ManageDatabasePasswords"), "apply", "secretsmanager:CreateSecret", "secret:rds!db"),
    ],
)
def test_finds_what_a_role_lacks(
    environments: list[Environment],
    decisions: Decisions,
    change: Change,
    role: str,
    action: str,
    arn: str,
) -> None:
    (production,) = [one for one in environments if one.name == "prod"]
    denials = _denied(production, decisions, role, change)
    assert [one for one in denials if one.action == action and arn in one.arn]
    assert all(f"-ci-{role}" in one.role for one in denials)


def test_finds_what_a_role_lacks_in_a_network_of_somebody_else(
    environments: list[Environment], decisions: Decisions
) -> None:
    (existing,) = [one for one in environments if one.name == "existing"]
    untagged = _denied(existing, decisions, "apply", _forget("TagExistingSubnets"))
    assert {one.action for one in untagged} == {"ec2:CreateTags", "ec2:DeleteTags"}
    unused = _denied(existing, decisions, "apply", _forget("UseExistingNetwork"))
    assert "ec2:AssociateClientVpnTargetNetwork" in {one.action for one in unused}
    assert all("subnet-" in one.arn or "vpc-" in one.arn for one in unused)


def _denied(environment: Environment, decisions: Decisions, role: str, change: Change) -> list[Denial]:
    (changed,) = [one for one in environment.roles() if f"-ci-{role}" in one.name]
    statements = changed.policies.by_id()
    change(statements)
    return environment.denials(decisions, [Role(changed.name, iam.Policies(statements.values()))])


@pytest.mark.parametrize(
    ("condition", "context", "holds"),
    [
        ({"StringEquals": {"aws:ResourceTag/a": ["x", "y"]}}, {"aws:resourcetag/a": "y"}, True),
        ({"StringEquals": {"aws:ResourceTag/a": "x"}}, {}, False),
        ({"StringLikeIfExists": {"s3:prefix": "a/*"}}, {}, True),
        ({"StringLikeIfExists": {"s3:prefix": "a/*"}}, {"s3:prefix": "b/c"}, False),
        (
            {"ArnLike": {"iam:PolicyARN": "arn:aws:iam::1:policy/x-*"}},
            {"iam:PolicyARN": "arn:aws:iam::1:policy/y"},
            False,
        ),
        ({"Bool": {"kms:GrantIsForAWSResource": "true"}}, {"kms:GrantIsForAWSResource": "true"}, True),
        ({"Null": {"aws:ResourceTag/a": "true"}}, {}, True),
        ({"Null": {"aws:ResourceTag/a": "true"}}, {"aws:ResourceTag/a": "x"}, False),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, {"aws:TagKeys": ["a", "b"]}, False),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, {}, True),
    ],
)
def test_conditions_hold_as_iam_says(condition: dict[str, Any], context: dict[str, Any], holds: bool) -> None:
    allow = {
        "Effect": "Allow",
        "Action": "sqs:Get*",
        "Resource": "arn:aws:sqs:*:1:x-*",
        "Condition": condition,
    }
    arn = "arn:aws:sqs:eu-north-1:1:x-queue"
    assert iam.Policies([allow]).allow("sqs:GetQueueUrl", arn, context) is holds
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    assert not iam.Policies([allow, deny]).allow("sqs:GetQueueUrl", arn, context)


def test_an_operator_that_is_not_known_is_an_error() -> None:
    odd = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": "x"}},
    }
    with pytest.raises(ValueError, match="does not know the operator DateLessThan"):
        iam.Policies([odd]).allow("sqs:GetQueueUrl", "*", {"aws:CurrentTime": "y"})

"""Every call that a role makes is allowed by all policies that it meets, and by no more than it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from authorizations import INSIDE, Authorizations, Call, read_calls
from deployment import Deployment
from simulation import Answer, Request, condition_keys, evaluate
from synthesis import Resource, Stack

CALLS = read_calls()
#: Condition keys of statements that admit others than the roles which are judged here.
OF_OTHERS = {
    "aws:PrincipalArn": "the role by which EC2 starts spot instances",
    "aws:PrincipalIsAWSService": "services of AWS at an endpoint",
    "aws:SourceAccount": "services of AWS that deliver something",
    "aws:SourceArn": "services of AWS that deliver something",
    "kms:CallerAccount": "the role by which EC2 starts spot instances",
    "kms:EncryptionContext:aws:logs:arn": "CloudWatch Logs at a key",
    "kms:GrantIsForAWSResource": "the role by which EC2 starts spot instances",
}


@pytest.fixture(scope="session")
def environments(groups: list[list[Stack]]) -> dict[str, list[Stack]]:
    """Return the stacks of every environment by its name."""
    own = [stacks for stacks in groups if not stacks[0].name.startswith("bootstrap-")]
    return {stacks[0].tags["environment"]: stacks for stacks in own}


@pytest.fixture(scope="session")
def answers(environments: dict[str, list[Stack]]) -> dict[str, list[Answer]]:
    """Return what AWS would say to every call, by environment."""
    return {name: _answers(Deployment(stacks)) for name, stacks in environments.items()}


def _answers(deployment: Deployment) -> list[Answer]:
    return evaluate(deployment, _requests(deployment))


def _requests(deployment: Deployment) -> list[Request]:
    judge = Authorizations(deployment)
    found = {repr(request): request for call in CALLS for request in judge.requests(call)}
    return list(found.values())


def test_every_call_is_allowed(answers: dict[str, list[Answer]]) -> None:
    assert {"dev", "staging", "prod"} <= answers.keys()
    denied = {
        f"{name}: {answer}" for name, all_ in answers.items() for answer in all_ if not answer.is_allowed
    }
    assert "\n".join(sorted(denied)) == ""
    assert len(answers["prod"]) > 60


def test_every_call_is_judged_somewhere(environments: dict[str, list[Stack]]) -> None:
    judges = [Authorizations(Deployment(stacks)) for stacks in environments.values()]
    assert [str(call) for call in CALLS if not any(judge.requests(call) for judge in judges)] == []


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_every_statement_is_used_by_a_call(
    name: str, environments: dict[str, list[Stack]], answers: dict[str, list[Answer]]
) -> None:
    deployment = Deployment(environments[name])
    own = {role for role in INSIDE if deployment.role(role)}
    written = {statement for role in own for statement in deployment.statements(role)}
    used = {
        statement for answer in answers[name] if answer.request.role in own for statement in answer.identity
    }
    assert len(written) > 20
    assert written - used == set(), "no call needs these: take them out, or cite AWS's page in calls.json"


def test_every_cited_call_names_its_page() -> None:
    cited = [call for call in CALLS if call.source]
    assert len(cited) > 20
    page = re.compile(r'.*(Guide|Reference), "[^"]+"(, [\w ]+)?')
    assert [str(call) for call in cited if not page.fullmatch(call.source)] == []


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_every_condition_key_denies(name: str, environments: dict[str, list[Stack]]) -> None:
    deployment = Deployment(environments[name])
    requests = [request for request in _requests(deployment) if request.role in INSIDE]
    met = [(request, condition_keys(deployment, request)) for request in requests]
    changed = [pair for request, keys in met for pair in _changed(request, keys)]
    results = evaluate(deployment, [request for _, request in changed])
    denied = {key for (key, _), answer in zip(changed, results, strict=True) if not answer.is_allowed}
    keys = {key for _, own in met for key in own}
    assert keys - denied - OF_OTHERS.keys() == set(), "no call is denied by another value of these keys"
    assert OF_OTHERS.keys() & denied == set()


def _changed(request: Request, keys: set[str]) -> Iterator[tuple[str, Request]]:
    """Yield a request with another value of each key, also of those that it does not have."""
    for key in keys:
        value = request.context.get(key, "")
        other = {"true": "false", "false": "true"}.get(str(value), "another")
        context = {**request.context, key: other}
        yield key, Request(request.role, request.action, request.arn, context, request.through)


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_every_condition_of_a_role_counts(name: str, environments: dict[str, list[Stack]]) -> None:
    deployment = Deployment(environments[name])
    changed = [
        (sid, key, other)
        for answer in _answers(deployment)
        if answer.request.role in INSIDE
        for sid in answer.identity
        for key in _keys_of(deployment.statements(answer.request.role)[sid])
        for _, other in _changed(answer.request, {key})
    ]
    results = evaluate(deployment, [request for _, _, request in changed])
    without = {
        (sid, key)
        for (sid, key, _), answer in zip(changed, results, strict=True)
        if sid not in answer.identity
    }
    written = {
        (sid, key)
        for role in INSIDE
        if deployment.role(role)
        for sid, statement in deployment.statements(role).items()
        for key in _keys_of(statement)
    }
    assert len(written) > 10
    assert written - without == set(), "these allow a call whatever the value of the key is"


def _keys_of(statement: dict[str, Any]) -> set[str]:
    return {key for keys in statement.get("Condition", {}).values() for key in keys}


def _resource(stacks: list[Stack], at: str) -> Resource:
    (found,) = [one for stack in stacks for one in stack.resources.values() if one.at == at]
    return found


@pytest.mark.parametrize(
    ("at", "before", "after", "denied"),
    [
        pytest.param(
            "prod-orchestration aws_iam_role_policy.airflow_execution_clusters",
            '"elasticmapreduce:DescribeStep",',
            "",
            "elasticmapreduce:DescribeStep on arn:aws:elasticmapreduce:eu-north-1:222222222222:cluster/j-0",
            id="action of an identity policy",
        ),
        pytest.param(
            "prod-orchestration aws_iam_role_policy.airflow_execution_clusters",
            "/logs/spark-events/*",
            "/logs/events/*",
            "s3:PutObject on arn:aws:s3:::big-data-prod-logs-222222222222/logs/spark-events/any",
            id="resource of an identity policy",
        ),
        pytest.param(
            "prod-orchestration aws_iam_role_policy.airflow_execution_airflow",
            '"big-data/prod"',
            '"big-data/dev"',
            "cloudwatch:PutMetricData on *",
            id="condition of an identity policy",
        ),
        pytest.param(
            "prod-lake aws_s3_bucket_policy.artifacts",
            '"aws:SecureTransport":"false"',
            '"aws:SecureTransport":"true"',
            "s3:GetObject on arn:aws:s3:::big-data-prod-artifacts-222222222222/etl/current.json, blocked",
            id="policy of a bucket",
        ),
        pytest.param(
            "prod-lake aws_kms_key.lake",
            '"Action":"kms:*"',
            '"Action":"kms:Describe*"',
            "kms:Decrypt on arn:aws:kms:eu-north-1:222222222222:key/prod-lake-lake",
            id="policy of a key",
        ),
        pytest.param(
            "prod-network aws_vpc_endpoint.endpoints_secretsmanager",
            '"aws:PrincipalAccount":"222222222222"',
            '"aws:PrincipalAccount":"111111111111"',
            "secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-north-1:222222222222:secret:big",
            id="policy of an endpoint",
        ),
    ],
)
def test_what_a_policy_lacks_is_denied(
    environments: dict[str, list[Stack]],
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    before: str,
    after: str,
    denied: str,
) -> None:
    block = _resource(environments["prod"], at).block
    assert before in block["policy"]
    monkeypatch.setitem(block, "policy", block["policy"].replace(before, after))
    found = [str(answer) for answer in _answers(Deployment(environments["prod"])) if not answer.is_allowed]
    assert [one for one in found if denied in one]
    assert all("→ allow it in policies/, or take the call out" in one for one in found)


def test_boundary_of_a_role_is_respected(
    environments: dict[str, list[Stack]], monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = "arn:aws:iam::222222222222:policy/limits"
    role = _resource(environments["prod"], "prod-orchestration aws_iam_role.airflow_execution")
    monkeypatch.setitem(role.block, "permissions_boundary", arn)
    limits = {"Sid": "NoClusters", "Effect": "Allow", "NotAction": "elasticmapreduce:*", "Resource": "*"}
    boundaries: dict[str, Any] = {arn: {"Version": "2012-10-17", "Statement": [limits]}}
    denied = [one for one in _answers(Deployment(environments["prod"], boundaries)) if not one.is_allowed]
    assert {one.request.action.partition(":")[0] for one in denied} == {"elasticmapreduce"}
    assert all(one.blocked_by == ("pb",) for one in denied)


def test_operation_that_nobody_has_thought_of_is_an_error(environments: dict[str, list[Stack]]) -> None:
    judge = Authorizations(Deployment(environments["prod"]))
    with pytest.raises(ValueError, match=r"sns:Publish: tests/schemas/authorizations.py does not know"):
        judge.requests(Call("airflow_execution", "sns:Publish", {}))


def test_action_that_iam_does_not_know_is_an_error(environments: dict[str, list[Stack]]) -> None:
    request = Request("airflow_execution", "s3:ListEverything", "*", {}, "")
    with pytest.raises(ValueError, match="s3:ListEverything"):
        evaluate(Deployment(environments["prod"]), [request])

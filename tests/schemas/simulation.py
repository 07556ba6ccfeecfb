"""Says of a request what AWS would say, by identity, boundary, resource, key and endpoint policies.

The evaluation is that of the npm package @cloud-copilot/iam-simulate; docs/calls.md describes the judge.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deployment import Deployment

_PROGRAM = Path(__file__).with_name("simulate.cjs")


@dataclass(frozen=True)
class Request:
    """An action that a role wants to do to a resource."""

    role: str
    action: str
    arn: str
    #: Values of condition keys.
    context: Mapping[str, str | list[str]]
    #: Service through which the caller's network reaches the resource; empty where a service calls another.
    through: str


@dataclass(frozen=True)
class Answer:
    """What AWS would say, and by which statements."""

    request: Request
    is_allowed: bool
    #: Ids of the statements that allow it, in identity policies as `policy/Sid`.
    identity: frozenset[str]
    blocked_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        context = ", ".join(f"{key} = {value}" for key, value in sorted(self.request.context.items()))
        blocked = f", blocked by {', '.join(self.blocked_by)}" if self.blocked_by else ""
        return (
            f"✗ {self.request.role} may not {self.request.action} on {self.request.arn}{blocked}\n"
            f"  with {context}\n  → allow it in policies/, or take the call out"
        )


@dataclass
class _Batch:
    """Requests with the policies they meet, each policy once."""

    policies: list[Any] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, policy: Any) -> int | None:
        if policy is None:
            return None
        text = json.dumps(policy, sort_keys=True)
        if text not in self.numbers:
            self.numbers[text] = len(self.policies)
            self.policies.append(policy)
        return self.numbers[text]


def evaluate(deployment: Deployment, requests: Iterable[Request]) -> list[Answer]:
    """Return what AWS would say to each request in an environment.

    Raises:
        ValueError: a policy that IAM does not accept, or an action or a resource that it does not know
    """
    requests = list(requests)
    batch = _Batch()
    asked = [_asked(deployment, one, batch) for one in requests]
    done = subprocess.run(
        ["node", str(_PROGRAM)],
        input=json.dumps({"policies": batch.policies, "requests": asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ValueError(done.stderr)
    answers = []
    for request, answer in zip(requests, json.loads(done.stdout), strict=True):
        own = deployment.identity_policies(request.role)
        names = {batch.number(policy): name for name, policy in own.items()}
        statements = frozenset(f"{names[number]}/{sid}" for number, sid in answer["identity"])
        blocked_by = tuple(dict.fromkeys(answer["blockedBy"]))
        answers.append(Answer(request, answer["result"] == "Allowed", statements, blocked_by))
    return answers


def condition_keys(deployment: Deployment, request: Request) -> set[str]:
    """Return every condition key of the policies that a request meets."""
    policies = [
        *deployment.identity_policies(request.role).values(),
        deployment.resource_policy(request.arn),
        deployment.endpoint_policy(request.through),
    ]
    return {
        key
        for policy in policies
        if policy is not None
        for statement in policy["Statement"]
        for keys in statement.get("Condition", {}).values()
        for key in keys
    }


def _asked(deployment: Deployment, request: Request, batch: _Batch) -> dict[str, Any]:
    role = deployment.role(request.role)
    if role is None:
        raise ValueError(f"{deployment.name} has no role {request.role}")
    partition, own = deployment.places["Partition"], deployment.account
    account = str(request.context.get("aws:ResourceAccount", own))
    of_resource = deployment.resource_policy(request.arn) if account == own else _admitting(request)
    return {
        "action": request.action,
        "resource": request.arn,
        "account": account,
        "principal": f"arn:{partition}:sts::{own}:assumed-role/{role.block['name']}/session",
        "context": dict(request.context),
        "identity": [batch.number(one) for one in deployment.identity_policies(request.role).values()],
        "boundary": batch.number(deployment.boundary(role)),
        "resourcePolicy": batch.number(of_resource),
        "endpoint": batch.number(deployment.endpoint_policy(request.through)),
    }


def _admitting(request: Request) -> dict[str, Any]:
    """Return what the owner of a resource in another account has to say for a call to succeed: yes."""
    statement = {
        "Sid": "TheOwners",
        "Effect": "Allow",
        "Principal": "*",
        "Action": request.action,
        "Resource": request.arn,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}

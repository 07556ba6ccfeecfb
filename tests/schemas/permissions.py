"""Judges the roles of CI: what Terraform's provider calls for the resources of the stacks has to be allowed.

AWS's schemas list the permissions that each handler of a type needs. `permissions.json` decides each of them,
and adds what the provider calls besides; docs/permissions.md describes the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import iam
import schemas
from arns import TAKEN_OVER, Arn, own_arns, places, read_arns, text_of
from mapping import TARGETS
from synthesis import Resource, Stack

DECISIONS = Path(__file__).with_name("permissions.json")
#: What a decision says that leaves an action out.
LEFT_OUT = ("not called", "unused")
#: How the names of actions begin that make the resource they are authorized on.
_CREATING = re.compile(r"Allocate|Authorize|Create(?!NetworkAclEntry)|RegisterScalable")
_UNTAGGING = ("Delete", "Remove", "Untag")


#: An ARN that a call is authorized on, and what the request says by condition key.
Request = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Need:
    """A call of the provider's for a resource."""

    action: str
    #: Whether a plan makes it too.
    is_read: bool
    #: ARNs that the stacks do not tell, with places to fill in.
    on: tuple[str, ...] = ()
    #: What the request says, by condition key.
    context: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Denial:
    """A call that a role of CI may not make."""

    role: str
    action: str
    arn: str
    at: str

    def __str__(self) -> str:
        return f"✗ {self.at}: {self.role} may not {self.action} on {self.arn}\n  → allow it in policies/ci"


class Decisions:
    """The decisions of `permissions.json`."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.everywhere: dict[str, str] = content["everywhere"]
        self.not_called: dict[str, str] = content["handlers not called"]
        self.types: dict[str, dict[str, Any]] = content["types"]

    @staticmethod
    def read() -> Decisions:
        """Return the committed decisions."""
        return Decisions(json.loads(DECISIONS.read_text(encoding="utf-8")))

    def faults(self, kind: str) -> list[str]:
        """Return what is wrong with the decisions of a CloudFormation type, a sentence each."""
        own = self.types.get(kind, {})
        left_out = [pattern for word in LEFT_OUT for pattern in own.get(word, {})]
        patterns = [*own.get("required", []), *left_out]
        besides = [action for one in own.get("besides", []) for action in one["actions"]]
        called = schemas.handlers(kind)
        listed = called.get("list", frozenset())
        judged = frozenset[str]().union(
            *(actions for name, actions in called.items() if name not in self.not_called)
        )
        faults = []
        for action in sorted(judged):
            found = [pattern for pattern in patterns if fnmatchcase(action, pattern)]
            if not found and action not in besides and action not in self.everywhere:
                faults.append(f"{kind}: {action} is not decided")
            if len(found) > 1:
                faults.append(f"{kind}: {action} is decided {len(found)} times")
        faults += [
            f"{kind}: {pattern} decides nothing that a handler needs"
            for pattern in patterns
            if not any(fnmatchcase(action, pattern) for action in judged | listed)
        ]
        named = [action for action in (*own.get("required", []), *besides) if not iam.is_action(action)]
        return faults + [f"{kind}: {action} is no action of IAM" for action in named]

    def needs(self, kind: str) -> Iterator[Need]:
        """Yield what the provider calls for a CloudFormation type, or besides for one of Terraform's."""
        own = self.types.get(kind, {})
        read = schemas.handlers(kind).get("read", frozenset())
        for action in own.get("required", []):
            yield Need(action, action in read and _reads(action))
        for one in own.get("besides", []):
            for action in one["actions"]:
                is_read = _reads(action) and one.get("by", "plan") == "plan"
                yield Need(action, is_read, tuple(iam.listed(one.get("on", []))), one.get("with", {}))


def _reads(action: str) -> bool:
    return iam.levels(action) <= {"List", "Read"}


@dataclass(frozen=True)
class Role:
    """A role of CI, with the statements of its policies."""

    name: str
    policies: iam.Policies

    @property
    def only_plans(self) -> bool:
        """Say whether the role plans, and changes nothing."""
        return self.name.endswith("-ci-plan")


def roles_of(stacks: Iterable[Stack]) -> list[Role]:
    """Return the roles of CI that the stacks of accounts make."""
    roles = []
    for stack in stacks:
        attached: dict[str, list[dict[str, Any]]] = {}
        for one in stack.resources.values():
            if one.type == "aws_iam_role_policy_attachment" and "ci_" in one.name:
                policy = stack.referred(one.block["policy_arn"]).block["policy"]
                role = stack.referred(one.block["role"]).block["name"]
                attached.setdefault(role, []).extend(json.loads(policy)["Statement"])
        roles += [Role(name, iam.Policies(all_)) for name, all_ in attached.items()]
    return roles


class Environment:
    """The stacks of an environment, and what its resources are to IAM."""

    def __init__(self, stacks: list[Stack]) -> None:
        self.stacks = stacks
        self.resources = [one for stack in stacks for one in stack.resources.values()]
        made = [arn for one in self.resources if one.type not in TAKEN_OVER for arn in own_arns(one)]
        self.arns = list(dict.fromkeys([*made, *(arn for stack in stacks for arn in read_arns(stack))]))

    @property
    def name(self) -> str:
        """Return the environment's name, as its tags have it."""
        return self.stacks[0].tags["environment"]

    def roles(self) -> list[Role]:
        """Return the roles of CI that work on the environment: those that plan and apply it, or none."""
        tags, account = self.stacks[0].tags, self.stacks[0].account
        names = [f"{tags['project']}-ci-plan", f"{tags['project']}-ci-apply-{tags['environment']}"]
        roles = roles_of(one for one in self.stacks[0].synthesized if one.account == account)
        own = [role for role in roles if role.name in names]
        return own if len(own) == len(names) else []

    def denials(self, decisions: Decisions, roles: Iterable[Role]) -> list[Denial]:
        """Return every call that a role of CI would make for the environment and may not."""
        denials: dict[Denial, None] = {}
        seen = set()
        for at, need, requests in self._calls(decisions):
            for arn, context in requests:
                key = (need.action, need.is_read, arn, json.dumps(context, sort_keys=True))
                if key in seen:
                    continue
                seen.add(key)
                for role in roles:
                    is_asked = need.is_read or not role.only_plans
                    if is_asked and not role.policies.allow(need.action, arn, context):
                        denials[Denial(role.name, need.action, arn, at)] = None
        return list(denials)

    def _calls(self, decisions: Decisions) -> Iterator[tuple[str, Need, list[Request]]]:
        for stack in self.stacks:
            for kind in sorted({"terraform", *(f"data.{kind}" for kind in stack.kinds_read)}):
                for need in decisions.needs(kind):
                    yield stack.name, need, self._on(stack, need) or [("*", need.context)]
        for resource in self.resources:
            target = TARGETS.get(resource.type)
            kinds = [resource.type, *([target.type] if target and not target.part_of else [])]
            for need in (need for kind in kinds for need in decisions.needs(kind)):
                yield resource.at, need, self._requests(resource, need)
            yield from self._passed(resource)

    def _on(self, stack: Stack, need: Need) -> list[Request]:
        bucket, key = stack.state
        values = places(stack) | {"Bucket": bucket, "Key": key}
        context = {name: value.format_map(values) for name, value in need.context.items()}
        return [(arn.format_map(values), context) for arn in need.on]

    def _requests(self, resource: Resource, need: Need) -> list[Request]:
        """Return the resources that a call is authorized on, each with what the request says."""
        if need.on:
            return self._on(resource.stack, need)
        (_, said), *_ = self._on(resource.stack, Need(need.action, False, ("",), need.context))
        types = iam.resource_types(need.action)
        own = [arn for arn in own_arns(resource) if arn.kind in types]
        kinds = {arn.kind for arn in own}
        # Tags are of one resource; everything else is authorized on what the resource works with, too.
        is_tagging = "Tagging" in iam.levels(need.action)
        others = [arn for arn in self.arns if arn.kind in types and arn.kind not in kinds]
        requests = [
            (arn.text, said | context)
            for arn in own
            for context in _contexts(resource, need.action, arn, is_tagging)
        ]
        if not own or not is_tagging:
            requests += [(arn.text, said | _tagged(arn) | _boundary(resource)) for arn in others]
        if types and not requests:
            return [(f"a {' or '.join(types)}, of which the stacks have none", {})]
        tags = _sent(resource) if _CREATING.match(need.action.partition(":")[2]) else {}
        return requests or [("*", said | tags)]

    def _passed(self, resource: Resource) -> Iterator[tuple[str, Need, list[Request]]]:
        """Yield the roles that a resource is given, each for the service that may take it."""
        for argument, value in resource.block.items():
            if not argument.endswith("role_arn") and (resource.type, argument) != (
                "aws_iam_instance_profile",
                "role",
            ):
                continue
            role = resource.stack.referred(value)
            for statement in json.loads(role.block["assume_role_policy"])["Statement"]:
                for service in iam.listed(statement["Principal"].get("Service", [])):
                    requests: list[Request] = [
                        (arn.text, {"iam:PassedToService": service}) for arn in own_arns(role)
                    ]
                    yield resource.at, Need("iam:PassRole", False), requests


def _tagged(arn: Arn) -> dict[str, str]:
    return {f"aws:ResourceTag/{name}": value for name, value in arn.tags.items()}


def _sent(resource: Resource) -> dict[str, Any]:
    tags = resource.stack.tags | resource.block.get("tags", {})
    if resource.type == "aws_ec2_tag":
        tags = {resource.block["key"]: resource.block["value"]}
    sent = {f"aws:RequestTag/{name}": value for name, value in tags.items()}
    return {**sent, "aws:TagKeys": list(tags)}


def _boundary(resource: Resource) -> dict[str, str]:
    """Return what IAM knows of a role, and of a policy that it gets."""
    role = resource if resource.type == "aws_iam_role" else None
    if resource.type in ("aws_iam_role_policy", "aws_iam_role_policy_attachment"):
        role = resource.stack.referred(resource.block["role"])
    boundary = role.block.get("permissions_boundary") if role else None
    found = {"iam:PermissionsBoundary": str(boundary)} if boundary else {}
    if "policy_arn" in resource.block:
        found["iam:PolicyARN"] = text_of(resource.stack, resource.block["policy_arn"])
    return found


def _contexts(resource: Resource, action: str, arn: Arn, is_tagging: bool) -> list[dict[str, Any]]:
    """Return what a call on a resource itself says: of tags when it is made, and when they are changed."""
    service, _, name = action.partition(":")
    tags, sent, base = _tagged(arn), _sent(resource), _boundary(resource)
    if is_tagging and name.startswith(_UNTAGGING):
        return [base | tags | {"aws:TagKeys": sent["aws:TagKeys"]}]
    if is_tagging:
        made = {"ec2:CreateAction": "any"} if service == "ec2" and resource.type not in TAKEN_OVER else {}
        return [base | sent | made, base | sent | tags]
    if _CREATING.match(name):
        return [base | sent]
    return [base | tags]

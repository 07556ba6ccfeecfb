"""The roles of an environment, and the policies that their calls meet, read from the synthesized stacks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import arns
from synthesis import REFERENCE, Attribute, Resource, Stack

#: What RDS calls the secret of an instance, which no stack names.
_RDS_SECRET = "arn:{Partition}:secretsmanager:{Region}:{Account}:secret:rds!db-0-AbCdEf"


class Deployment:
    """The stacks of an environment, with the policies of its roles, resources and endpoints."""

    def __init__(self, stacks: list[Stack], boundaries: Mapping[str, Any] | None = None) -> None:
        """Create the deployment.

        Args:
            stacks: those of one environment.
            boundaries: documents of permissions boundaries by ARN; an administrator writes them, no stack.
        """
        self._stacks = stacks
        self._boundaries = boundaries or {}
        self.places = arns.places(stacks[0])
        self.account, self.region = stacks[0].account, stacks[0].region
        self.tags = stacks[0].tags
        shared = [one for one in stacks[0].synthesized if one.name == f"bootstrap-{self.account}"]
        self._resources = [one for stack in (*stacks, *shared) for one in stack.resources.values()]

    @property
    def name(self) -> str:
        """Return the environment's name, as its tags have it."""
        return self.tags["environment"]

    def role(self, name: str) -> Resource | None:
        """Return a role by its resource's name, or None where the environment lacks it.

        The account has one of some roles for each environment: their name goes without the environment's.
        """
        own = (name, f"{name}_{self.name.replace('-', '_')}")
        return next((one for one in self._all("aws_iam_role") if one.name in own), None)

    def statements(self, role: str) -> dict[str, Any]:
        """Return the statements of a role's identity policies by `policy/Sid`, references filled in."""
        return {
            f"{name}/{statement['Sid']}": statement
            for name, policy in self.identity_policies(role).items()
            for statement in policy["Statement"]
        }

    def filled(self, stack: Stack, value: Any) -> Any:
        """Return a value of a stack with each reference as the ARN or the name that it stands for."""
        if isinstance(value, dict):
            return {key: self.filled(stack, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.filled(stack, one) for one in value]
        if not isinstance(value, str):
            return value
        return REFERENCE.sub(lambda found: self._text(stack.resolved(found[1])), value)

    def _text(self, found: Any) -> str:
        if not isinstance(found, Attribute):
            return str(found)
        if found.name.endswith("secret_arn"):
            return _RDS_SECRET.format_map(self.places)
        own = arns.own_arns(found.resource)
        if found.name == "id" and found.resource.type == "aws_emrserverless_application":
            return own[0].text.rpartition("/")[2]
        return own[0].text if found.name in ("arn", "url") and own else f"{found.resource.name}-{found.name}"

    def fact(self, path: str) -> str:
        """Return a fact, such as `lake.data_bucket`.

        Raises:
            KeyError: the environment has no such fact
        """
        stack_name, *names = path.split(".")
        for stack in self._stacks:
            if stack.name.endswith(f"-{stack_name}"):
                return str(self.filled(stack, stack.output(names)))
        raise KeyError(path)

    def role_arn(self, name: str) -> str:
        """Return the ARN of a role by the name of its Terraform resource, its own, or its instance profile's.

        Raises:
            KeyError: the environment has no such role
        """
        for one in self._all("aws_iam_instance_profile"):
            if one.block["name"] == name:
                return self.role_arn(one.stack.referred(one.block["role"]).name)
        for one in self._all("aws_iam_role"):
            if name in (one.name, one.block["name"]):
                return arns.own_arns(one)[0].text
        raise KeyError(name)

    def tags_of(self, arn: str) -> dict[str, str]:
        """Return the tags of a resource; a cluster has those that the facts tell the DAGs."""
        if ":cluster/" in arn and ":elasticmapreduce:" in arn:
            (processing,) = [one for one in self._stacks if one.name.endswith("-processing")]
            tags: dict[str, str] = processing.output(["tags"])
            return tags
        return self._tags.get(arn, {})

    @cached_property
    def _tags(self) -> dict[str, dict[str, str]]:
        return {own.text: own.tags for one in self._resources for own in arns.own_arns(one)}

    def _all(self, kind: str) -> list[Resource]:
        return [one for one in self._resources if one.type == kind]

    def _document(self, resource: Resource) -> Any:
        return self.filled(resource.stack, json.loads(resource.block["policy"]))

    @cached_property
    def _policies(self) -> dict[str, dict[str, Any]]:
        """Return the identity policies of each role by their names; AWS's own are not in the stacks."""
        found: dict[str, dict[str, Any]] = {one.name: {} for one in self._all("aws_iam_role")}
        for one in self._all("aws_iam_role_policy"):
            found[one.stack.referred(one.block["role"]).name][one.name] = self._document(one)
        for one in self._all("aws_iam_role_policy_attachment"):
            if "${" in one.block["policy_arn"]:
                policy = one.stack.referred(one.block["policy_arn"])
                found[one.stack.referred(one.block["role"]).name][policy.name] = self._document(policy)
        return found

    @cached_property
    def _resource_policies(self) -> dict[str, Any]:
        """Return the policies of buckets, queues and keys, by ARN."""
        found = {}
        for kind, owner in (("aws_s3_bucket_policy", "bucket"), ("aws_sqs_queue_policy", "queue_url")):
            for one in self._all(kind):
                found[arns.own_arns(one.stack.referred(one.block[owner]))[0].text] = self._document(one)
        for one in self._all("aws_kms_key"):
            found[arns.own_arns(one)[0].text] = self._document(one)
        return found

    @cached_property
    def _endpoint_policies(self) -> dict[str, Any]:
        """Return the policies of endpoints by service, as IAM's actions begin."""
        named = {"monitoring": "cloudwatch"}
        found = {}
        for one in self._all("aws_vpc_endpoint"):
            service = one.block["service_name"].partition(f".{self.region}.")[2].split(".")[0]
            found[named.get(service, service)] = self._document(one) if "policy" in one.block else None
        return found

    def identity_policies(self, role: str) -> dict[str, Any]:
        """Return the identity policies of a role by their names; none where the environment lacks it."""
        return self._policies.get(role, {})

    def boundary(self, role: Resource) -> Any:
        """Return the document of a role's boundary, or None."""
        return self._boundaries.get(role.block.get("permissions_boundary", ""))

    def resource_policy(self, arn: str) -> Any:
        """Return the policy of a bucket, also by the ARN of an object, of a queue or of a key, or None."""
        return self._resource_policies.get(arn.partition("/")[0] if ":s3:" in arn else arn)

    def endpoint_policy(self, service: str) -> Any:
        """Return the policy of a service's endpoint, or None where calls do not go through one."""
        return self._endpoint_policies.get(service)

    def key_of(self, arn: str) -> str | None:
        """Return the ARN of the customer managed key by which a bucket, a queue or a secret is encrypted."""
        for kind in ("aws_s3_bucket_server_side_encryption_configuration", "aws_sqs_queue"):
            for one in self._all(kind):
                if arns.own_arns(one)[0].text == arn:
                    rule = one.block.get("rule", [{}])[0].get("apply_server_side_encryption_by_default", {})
                    return self._key(one, one.block.get("kms_master_key_id") or rule.get("kms_master_key_id"))
        for one in self._all("aws_secretsmanager_secret"):
            if arn.startswith(arns.own_arns(one)[0].text):
                return self._key(one, one.block.get("kms_key_id"))
        for one in self._all("aws_db_instance"):
            if arn == _RDS_SECRET.format_map(self.places):
                return self._key(one, one.block.get("master_user_secret_kms_key_id"))
        return None

    def _key(self, resource: Resource, value: str | None) -> str | None:
        return self.filled(resource.stack, value) if value else None

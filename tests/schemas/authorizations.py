"""Says what AWS authorizes when a role makes a call: actions on resources, and the context of each.

Calls are those of `tests/calls/calls.json`: `recorded` by the tests of each tier, and `cited` from AWS's
pages for what AWS does itself in the name of a role.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import iam
from deployment import Deployment
from simulation import Request

CALLS = Path(__file__).resolve().parents[1] / "calls" / "calls.json"

#: Roles that work in the environment's network, where calls go through its endpoints.
INSIDE = ("airflow_execution", "emr_instance", "emr_serverless_job")
#: IAM's actions of operations that are called otherwise. Sources: Amazon S3 User Guide, "Required permissions
#: for Amazon S3 API operations"; Service Authorization Reference, Amazon SQS.
_ACTIONS = {
    "s3:AbortMultipartUpload": "s3:AbortMultipartUpload",
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:CopyObject": "s3:PutObject",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListParts": "s3:ListMultipartUploadParts",
    "s3:UploadPart": "s3:PutObject",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
}
#: What an action makes a service ask the resource's key, as its caller. Sources: AWS KMS Developer Guide,
#: "How Amazon S3 uses AWS KMS" (the parts of an upload are decrypted, too); AWS Secrets Manager User Guide,
#: "Secret encryption and decryption"; Amazon SQS Developer Guide, "Key management".
_KEY_ACTIONS = {
    "s3:GetObject": ("kms:Decrypt",),
    "s3:PutObject": ("kms:GenerateDataKey", "kms:Decrypt"),
    "secretsmanager:GetSecretValue": ("kms:Decrypt",),
    "sqs:ReceiveMessage": ("kms:Decrypt",),
}


@dataclass(frozen=True)
class Call:
    """A call of `calls.json`."""

    role: str
    operation: str
    parameters: Mapping[str, str]
    #: AWS's page, of a call that no test makes.
    source: str = ""

    def __str__(self) -> str:
        parameters = " ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.role} {self.operation} {parameters}".rstrip()


def read_calls() -> list[Call]:
    """Return every recorded call, those that several tiers make once, and every cited one."""
    content = json.loads(CALLS.read_text(encoding="utf-8"))
    tiers = [*content["recorded"].values(), content["cited"]]
    found: dict[str, Call] = {}
    for roles in tiers:
        for role, calls in roles.items():
            for one in calls:
                parameters = {name: value for name, value in one.items() if name not in ("call", "source")}
                call = Call(role, one["call"], parameters, one.get("source", ""))
                found.setdefault(str(call), call)
    return list(found.values())


@dataclass(frozen=True)
class _Authorization:
    """An action on a resource, and what the request says of it."""

    action: str
    arn: str
    #: Values of condition keys that only the call knows: a prefix, tags.
    context: Mapping[str, str] = field(default_factory=dict)
    #: The service that asks in the caller's name; empty where the caller asks.
    via: str = ""
    #: Whether the resource is being made, and does not carry its tags yet.
    is_new: bool = False


class Authorizations:
    """Turns calls into what an environment's policies are asked."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    def requests(self, call: Call) -> list[Request]:
        """Return what AWS asks of a call; nothing where the environment lacks the role or what it names."""
        role = self._deployment.role(call.role)
        if role is None:
            return []
        try:
            parameters = {name: self._named(value) for name, value in call.parameters.items()}
        except KeyError:
            return []
        found = list(self._authorizations(call.operation, parameters))
        found += [asked for one in found for asked in self._of_key(one)]
        return [self._request(role.name, one) for one in found]

    def _named(self, value: str) -> str:
        """Return a value with the environment's names for facts in braces."""
        places = {
            **self._deployment.places,
            "project": self._deployment.tags["project"],
            "environment": self._deployment.tags["environment"],
            "cluster": "j-0",
            "job run": "0",
        }
        return re.sub(
            r"\{([^}]+)}", lambda hole: places.get(hole[1]) or self._deployment.fact(hole[1]), value
        )

    def _authorizations(self, operation: str, parameters: dict[str, str]) -> Iterator[_Authorization]:
        service, _, _ = operation.partition(":")
        action = _ACTIONS.get(operation, operation)
        if "on" in parameters:
            keys = {key: value for key, value in parameters.items() if ":" in key}
            yield _Authorization(action, parameters["on"], keys, parameters.get("via", ""))
        elif service == "s3":
            yield from self._of_objects(action, parameters)
        elif service == "elasticmapreduce":
            yield from self._of_clusters(action, parameters)
        elif service == "glue":
            yield from self._of_tables(action, parameters)
        elif service == "emr-serverless":
            yield from self._of_job_runs(action, parameters)
        elif service == "secretsmanager":
            named = parameters["SecretId"]
            is_arn = named.startswith("arn:")
            yield _Authorization(
                action, named if is_arn else self._arn("secretsmanager:secret", f"{named}-AbCdEf")
            )
        elif service == "sqs":
            yield _Authorization(action, parameters["QueueUrl"])
        elif service == "cloudwatch":
            yield _Authorization(action, "*", {"cloudwatch:namespace": parameters["Namespace"]})
        elif operation == "airflow:CreateWebLoginToken":
            # The answer is a token of the greatest role that the caller may have. Here it may have one.
            yield _Authorization(action, self._arn("airflow:rbac-role", parameters["Name"], "Op"))
        else:
            raise ValueError(
                f"{operation}: tests/schemas/authorizations.py does not know what AWS authorizes"
            )

    def _arn(self, kind: str, *names: str) -> str:
        return iam.arn_of(kind, self._deployment.places, names)

    def _of_objects(self, action: str, parameters: dict[str, str]) -> Iterator[_Authorization]:
        bucket = self._arn("s3:bucket", parameters["Bucket"])
        named = f"{bucket}/{parameters['Key'].replace('*', 'any')}" if "Key" in parameters else bucket
        context = {}
        if "Prefix" in parameters:
            context["s3:prefix"] = parameters["Prefix"].replace("*", "any")
        if "ServerSideEncryption" in parameters:
            context["s3:x-amz-server-side-encryption"] = parameters["ServerSideEncryption"]
        if "SSEKMSKeyId" in parameters:
            context["s3:x-amz-server-side-encryption-aws-kms-key-id"] = parameters["SSEKMSKeyId"]
        yield _Authorization(action, named, context)
        if source := parameters.get("CopySource"):
            bucket, _, key = source.partition("/")
            named = f"{self._arn('s3:bucket', bucket)}/{key.replace('*', 'any')}"
            yield _Authorization("s3:GetObject", named)

    def _of_clusters(self, action: str, parameters: dict[str, str]) -> Iterator[_Authorization]:
        """Yield what a call of EMR is authorized on.

        A new cluster is made, tagged and set up by one call, before it carries its tags. Source: Amazon EMR
        Management Guide, "Create a cluster with EMR managed scaling" and "Tagging"; the roles are passed on.
        """
        tags = {
            f"aws:RequestTag/{name[4:]}": value
            for name, value in parameters.items()
            if name.startswith("Tag/")
        }
        cluster = self._arn("elasticmapreduce:cluster", "j-0")
        yield _Authorization(action, cluster if "Cluster" in parameters else "*", tags)
        if not action.endswith(":RunJobFlow"):
            return
        yield _Authorization("elasticmapreduce:AddTags", cluster, tags, is_new=True)
        for name in ("ManagedScalingPolicy", "AutoTerminationPolicy"):
            if name in parameters:
                yield _Authorization(f"elasticmapreduce:Put{name}", cluster, tags, is_new=True)
        for name, service in (("ServiceRole", "elasticmapreduce"), ("JobFlowRole", "ec2")):
            yield self._passed(self._deployment.role_arn(parameters[name]), service)

    def _of_job_runs(self, action: str, parameters: dict[str, str]) -> Iterator[_Authorization]:
        application = parameters["applicationId"]
        if "jobRunId" in parameters:
            yield _Authorization(
                action, self._arn("emr-serverless:jobrun", application, parameters["jobRunId"])
            )
            return
        yield _Authorization(action, self._arn("emr-serverless:application", application))
        if "executionRoleArn" in parameters:
            yield self._passed(parameters["executionRoleArn"], "emr-serverless")

    @staticmethod
    def _passed(role: str, service: str) -> _Authorization:
        return _Authorization("iam:PassRole", role, {"iam:PassedToService": f"{service}.amazonaws.com"})

    def _of_tables(self, action: str, parameters: dict[str, str]) -> Iterator[_Authorization]:
        """Yield the table, its database and the catalog, all of which Glue authorizes."""
        database = parameters.get("DatabaseName") or parameters.get("Name", "")
        yield _Authorization(action, self._arn("glue:rootcatalog"))
        if database:
            yield _Authorization(action, self._arn("glue:database", database))
        if "DatabaseName" in parameters:
            yield _Authorization(action, self._arn("glue:table", database, "any"))

    def _of_key(self, asked: _Authorization) -> Iterator[_Authorization]:
        encrypted = (
            asked.arn.partition("/")[0] if asked.arn.startswith("arn:") and ":s3:" in asked.arn else asked.arn
        )
        key = self._deployment.key_of(encrypted)
        service = asked.action.partition(":")[0]
        for action in _KEY_ACTIONS.get(asked.action, ()) if key else ():
            yield _Authorization(action, str(key), via=service)

    def _request(self, role: str, asked: _Authorization) -> Request:
        is_inside = role in INSIDE and not asked.via
        through = asked.action.partition(":")[0] if is_inside else ""
        return Request(role, asked.action, asked.arn, self._context(role, asked), through)

    def _context(self, role: str, asked: _Authorization) -> dict[str, str]:
        """Return the values of every condition key: of the caller, the resource, and what the request says.

        Sources: IAM User Guide, "AWS global condition context keys"; AWS KMS Developer Guide, "Condition keys
        for AWS KMS". Keys that a call does not have are left out by the simulator.
        """
        deployment = self._deployment
        owner = asked.arn.split(":")[4] if asked.arn.startswith("arn:") else ""
        context = {
            "aws:PrincipalAccount": deployment.account,
            "aws:PrincipalArn": deployment.role_arn(role),
            "aws:PrincipalIsAWSService": "false",
            "aws:PrincipalType": "AssumedRole",
            "aws:RequestedRegion": deployment.region,
            "aws:ResourceAccount": owner or deployment.account,
            "aws:SecureTransport": "true",
            **asked.context,
        }
        tags = {} if asked.is_new else deployment.tags_of(asked.arn)
        context |= {f"aws:ResourceTag/{name}": tag for name, tag in tags.items()}
        if asked.via:
            context["kms:CallerAccount"] = deployment.account
            context["kms:ViaService"] = f"{asked.via}.{deployment.region}.amazonaws.com"
        return context

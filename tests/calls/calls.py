"""Calls of AWS's APIs as policies see them: who calls what, on which resource, and what conditions look at.

A call is the same in every environment and every run: names that differ are facts in braces, such as
`{lake.data_bucket}`, and whatever lies in a folder is `*`. Requests are read by botocore's models.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote
from xml.etree import ElementTree

import botocore.session
from emulated_aws import Request

CALLS = Path(__file__).with_name("calls.json")
#: Model by the name that requests are signed with, where that is not the model's own.
_MODELS = {"elasticmapreduce": "emr", "monitoring": "cloudwatch", "airflow": "mwaa"}
#: Parameters that name resources, or that conditions of policies look at, by service.
_RELEVANT: dict[str, frozenset[str]] = {
    "airflow": frozenset({"Name"}),
    "cloudwatch": frozenset({"Namespace"}),
    "elasticmapreduce": frozenset(
        {
            *("ClusterId", "JobFlowId", "JobFlowIds", "Tags", "ServiceRole", "JobFlowRole"),
            *("ManagedScalingPolicy", "AutoTerminationPolicy"),
        }
    ),
    "emr-serverless": frozenset({"applicationId", "jobRunId", "executionRoleArn"}),
    "glue": frozenset({"DatabaseName", "Name"}),
    "s3": frozenset({"Bucket", "Key", "Prefix", "CopySource", "ServerSideEncryption", "SSEKMSKeyId"}),
    "secretsmanager": frozenset({"SecretId"}),
    "sqs": frozenset({"QueueUrl"}),
}
#: Of these only their presence counts.
_PRESENT = frozenset({"ManagedScalingPolicy", "AutoTerminationPolicy"})
#: Ids that AWS chooses, and what stands for them.
_CHOSEN = {
    **dict.fromkeys(("JobFlowId", "JobFlowIds", "ClusterId"), ("Cluster", "{cluster}")),
    "applicationId": ("applicationId", "{processing.serverless.application_id}"),
    "jobRunId": ("jobRunId", "{job run}"),
}


@dataclass(frozen=True, order=True)
class Call:
    """A call that a role makes."""

    #: Name of the role's Terraform resource: `airflow_execution`.
    role: str
    #: Name of the service in IAM, and the operation of its API: `s3:ListObjectsV2`.
    operation: str
    #: Parameters that matter, by name.
    parameters: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        parameters = " ".join(f"{name}={value}" for name, value in self.parameters)
        return f"{self.role} {self.operation} {parameters}".rstrip()


class Places:
    """The names of one environment, and the facts that stand for them."""

    def __init__(self, names: Mapping[str, str], whole: Mapping[str, str], depths: Mapping[str, int]) -> None:
        """Create the names.

        :param names: fact or `{...}` by a name wherever it stands, tried in this order
        :param whole: the same by a value that is nothing but the name
        :param depths: how many levels of folders policies know where it is more than one, by the first folder
        """
        self._names = names
        self._whole = whole
        self._depths = depths

    def general(self, text: str) -> str:
        """Return a text without the names of one environment."""
        if text in self._whole:
            return self._whole[text]
        for pattern, fact in self._names.items():
            text = re.sub(pattern, fact, text)
        return text

    def key(self, key: str) -> str:
        """Return a key, or a prefix, up to the folders that policies know; what lies in them is `*`."""
        folders = self.general(key).split("/")
        depth = self._depths.get(folders[0], 1)
        for number, folder in enumerate(folders):
            is_variable = re.search(r"[\d=]", re.sub(r"\{[^}]+}", "", folder)) is not None
            if folder and (number >= depth or is_variable):
                return "/".join([*folders[:number], "*"])
        return "/".join(folders)


def calls_of(request: Request, places: Places) -> set[Call]:
    """Return what a request calls: one call, or one for each folder that it deletes objects from.

    :raises ValueError: a service or an operation that is not known here
    """
    service = _service(request.signing_name)
    if service not in _RELEVANT:
        raise ValueError(f"{service}: tests/calls/calls.py does not know which parameters matter")
    operation, parameters = _parsed(request)
    if operation == "DeleteObjects":
        objects = [one.text or "" for one in ElementTree.fromstring(request.body).iter() if _is_key(one)]
        deleted = [{**parameters, "Key": key} for key in objects]
        return {_call(request.key, service, operation, one, places) for one in deleted}
    return {_call(request.key, service, operation, parameters, places)}


def _is_key(element: ElementTree.Element) -> bool:
    return element.tag.rpartition("}")[2] == "Key"


def _call(role: str, service: str, operation: str, parameters: dict[str, Any], places: Places) -> Call:
    found: dict[str, str] = {}
    for name, value in parameters.items():
        if name in _RELEVANT[service] and value not in (None, ""):
            found |= _values(name, value, places)
    for name in ("Key", "Prefix"):
        if name in found:
            found[name] = places.key(str(parameters[name]))
    if "DatabaseName" in found:
        # Policies know databases, and all tables of one.
        found.pop("Name", None)
    if "CopySource" in found:
        bucket, _, key = str(parameters["CopySource"]).lstrip("/").partition("/")
        found["CopySource"] = f"{places.general(bucket)}/{places.key(key)}"
    return Call(role, f"{service}:{operation}", tuple(sorted(found.items())))


def _values(name: str, value: Any, places: Places) -> dict[str, str]:
    if name == "Tags":
        return {f"Tag/{tag['Key']}": places.general(tag["Value"]) for tag in value}
    if name in _PRESENT:
        return {name: "set"}
    if name in _CHOSEN:
        return dict([_CHOSEN[name]])
    return {name: places.general(value if isinstance(value, str) else json.dumps(value))}


def _service(signing_name: str) -> str:
    return {"monitoring": "cloudwatch"}.get(signing_name, signing_name)


@dataclass(frozen=True)
class _Route:
    """How an operation is asked for."""

    operation: str
    path: re.Pattern[str]
    #: What the query string needs.
    query: dict[str, str]
    shape: Any

    @property
    def weight(self) -> int:
        """Return how particular it is."""
        return len(self.query) + len(self.shape.required_members if self.shape else [])


@cache
def _routes(signing_name: str, method: str) -> list[_Route]:
    """Return the operations of a service that have a method, the most particular first."""
    model = botocore.session.get_session().get_service_model(_MODELS.get(signing_name, signing_name))
    routes = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        path, _, query = operation.http["requestUri"].partition("?")
        if signing_name == "s3" and not path.startswith("/{Bucket}"):
            # A client that has been made may have taken it out: it puts the bucket into the host's name.
            path = f"/{{Bucket}}{path}"
        pattern = re.sub(r"\\\{(\w+)(\\\+)?\\}", _group, re.escape(path))
        needed = dict(parse_qsl(query, keep_blank_values=True))
        if operation.http["method"] == method:
            routes.append(_Route(name, re.compile(f"{pattern}/?"), needed, operation.input_shape))
    return sorted(routes, key=lambda route: (-route.weight, route.operation))


def _group(hole: re.Match[str]) -> str:
    return f"(?P<{hole[1]}>{'.+' if hole[2] else '[^/]+'})"


def _parsed(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the operation of a request, and its parameters."""
    if target := request.headers.get("x-amz-target"):
        return target.rpartition(".")[2], json.loads(request.body or b"{}")
    form = dict(parse_qsl(request.body.decode())) if request.body[:1] not in (b"{", b"<") else {}
    if action := form.get("Action"):
        return action, form
    for route in _routes(request.signing_name, request.method):
        matched = route.path.fullmatch(request.path)
        if matched and route.query.items() <= request.query.items():
            parameters, is_whole = _members(route.shape, request) if route.shape else ({}, True)
            if is_whole:
                return route.operation, {**parameters, **matched.groupdict()}
    raise ValueError(f"{request.signing_name}: {request.method} {request.path} is no operation of botocore's")


def _members(shape: Any, request: Request) -> tuple[dict[str, Any], bool]:
    """Return the parameters in query string, headers and body, and whether all required ones are there."""
    body = json.loads(request.body) if request.body[:1] == b"{" else {}
    parameters: dict[str, Any] = {}
    is_whole = True
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        key = member.serialization.get("name", name)
        value = {"querystring": request.query, "header": request.headers}.get(location, body).get(
            key.lower() if location == "header" else key
        )
        if value is not None:
            parameters[name] = unquote(value) if name == "CopySource" else value
        elif name in shape.required_members and location in ("querystring", "header"):
            is_whole = False
    return parameters, is_whole


def read_calls(tier: str) -> set[Call]:
    """Return the committed calls of a tier of tests."""
    content = json.loads(CALLS.read_text(encoding="utf-8"))
    return {
        Call(role, one["call"], tuple(sorted((name, value) for name, value in one.items() if name != "call")))
        for role, calls in content["recorded"].get(tier, {}).items()
        for one in calls
    }


def write_calls(tier: str, calls: Iterable[Call]) -> None:
    """Write the calls of a tier of tests, and leave everything else in the file as it is."""
    content = json.loads(CALLS.read_text(encoding="utf-8"))
    roles: dict[str, list[dict[str, str]]] = {}
    for call in sorted(calls):
        roles.setdefault(call.role, []).append({"call": call.operation, **dict(call.parameters)})
    content["recorded"][tier] = roles
    CALLS.write_text(formatted(content), encoding="utf-8")


def formatted(value: Any, indent: int = 0) -> str:
    """Return JSON in which what holds no other object or list is one line."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    if not any(isinstance(one, (dict, list)) for one in inner):
        return json.dumps(value, ensure_ascii=False) + ("\n" if indent == 0 else "")
    space, end = "  " * (indent + 1), "\n" if indent == 0 else ""
    if isinstance(value, dict):
        lines = [f"{space}{json.dumps(key)}: {formatted(one, indent + 1)}" for key, one in value.items()]
    else:
        lines = [f"{space}{formatted(one, indent + 1)}" for one in value]
    left, right = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return left + "\n" + ",\n".join(lines) + f"\n{'  ' * indent}{right}{end}"

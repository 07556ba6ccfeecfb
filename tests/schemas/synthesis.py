"""Reads synthesized stacks and resolves what they refer to, in a stack and through the states of others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from mapping import TARGETS

REFERENCE = re.compile(r"\$\{([^{}]+)}")
_UPSTREAM = re.compile(r"data\.terraform_remote_state\.(\w+)\.outputs\.([\w.]+)")
_RESOURCE = re.compile(r"(aws_\w+)\.(\w+)\.([\w.\[\]]+)")
_DATA = re.compile(r"data\.(aws_\w+)\.(\w+)\.(\w+)")


@dataclass(frozen=True)
class Resource:
    """A resource of a synthesized stack."""

    stack: Stack
    type: str
    name: str
    block: dict[str, Any]
    #: Arguments that Terraform has not, and CloudFormation needs.
    added: frozenset[str] = frozenset()

    @property
    def at(self) -> str:
        """Return where it is: `prod-network aws_vpc.vpc`."""
        return f"{self.stack.name} {self.type}.{self.name}"


@dataclass(frozen=True)
class Attribute:
    """An attribute that AWS gives a resource, `arn` or `id`, which no stack can know before it is applied."""

    resource: Resource
    name: str


@dataclass(frozen=True)
class Unknown:
    """What a data source reads from the account."""

    stack: Stack
    expression: str

    @property
    def at(self) -> str:
        """Return where it is read: `prod-access aws_acm_certificate.vpn_server.arn`."""
        return f"{self.stack.name} {self.expression}"


class Stack:
    """The JSON of one stack, beside those whose states it reads."""

    def __init__(self, name: str, content: dict[str, Any], others: dict[tuple[str, str], Stack]) -> None:
        self.name = name
        provider = content["provider"]["aws"][0]
        self.region: str = provider["region"]
        self.account: str = provider["allowed_account_ids"][0]
        self.tags: dict[str, str] = provider.get("default_tags", [{"tags": {}}])[0]["tags"]
        self.resources = {
            f"{kind}.{one}": Resource(self, kind, one, block)
            for kind, named in content.get("resource", {}).items()
            for one, block in named.items()
        }
        self._outputs = {key: output["value"] for key, output in content.get("output", {}).items()}
        self._data = content.get("data", {})
        self._others = others
        backend = content["terraform"]["backend"]["s3"]
        self.state = (backend["bucket"], backend["key"])
        others[self.state] = self

    @property
    def group(self) -> tuple[str, str]:
        """Return what it is deployed with: the bucket and folder of an environment's states."""
        bucket, key = self.state
        return bucket, str(PurePosixPath(key).parent)

    def resolved(self, expression: str) -> Any:
        """Return what an expression without its braces is: a value, an `Attribute` or an `Unknown`."""
        if found := _UPSTREAM.fullmatch(expression):
            upstream, value = self._upstream(*found.groups())
            return upstream.value(value)
        if found := _DATA.fullmatch(expression):
            return self._read(*found.groups())
        found = _RESOURCE.fullmatch(expression)
        if found is None or f"{found[1]}.{found[2]}" not in self.resources:
            raise ValueError(f"{self.name}: ${{{expression}}} refers to nothing that the judge can resolve")
        resource = self.resources[f"{found[1]}.{found[2]}"]
        return self.attribute(resource, found[3])

    def output(self, names: list[str]) -> Any:
        """Return an output, or what lies in it.

        Raises:
            KeyError: there is no such output
        """
        value: Any = self._outputs
        for name in names:
            value = value[name]
        return value

    def sources(self, kind: str) -> list[dict[str, Any]]:
        """Return the data sources of a type."""
        return list(self._data.get(kind, {}).values())

    @property
    def synthesized(self) -> list[Stack]:
        """Return every stack that was synthesized with this one, itself among them."""
        return list(self._others.values())

    @property
    def kinds_read(self) -> set[str]:
        """Return the types of data sources that ask AWS."""
        return {kind for kind in self._data if kind.startswith("aws_")}

    def _read(self, source: str, name: str, attribute: str) -> Any:
        block = self._data[source][name]
        if attribute in block:
            return self.value(block[attribute])
        return Unknown(self, f"{source}.{name}.{attribute}")

    def attribute(self, resource: Resource, name: str) -> Any:
        """Return an attribute of a resource of this stack: an argument that is set is known."""
        target = TARGETS.get(resource.type)
        argument = target.id if target is not None and name == "id" and target.id else name
        if argument in resource.block:
            return self.value(resource.block[argument])
        return Attribute(resource, name)

    def referred(self, value: str) -> Resource:
        """Return the resource that a reference names, in this stack or in another."""
        expression = REFERENCE.fullmatch(value)
        if expression and (found := _RESOURCE.fullmatch(expression[1])):
            return self.resources[f"{found[1]}.{found[2]}"]
        if expression and (found := _UPSTREAM.fullmatch(expression[1])):
            upstream, output = self._upstream(*found.groups())
            return upstream.referred(output)
        raise ValueError(f"{self.name}: {value} does not refer to a resource")

    def _upstream(self, state: str, path: str) -> tuple[Stack, Any]:
        config = self._data["terraform_remote_state"][state]["config"]
        upstream = self._others[config["bucket"], config["key"]]
        output, *rest = path.split(".")
        value = upstream._outputs[output]
        for key in rest:
            value = value[key]
        return upstream, value

    def value(self, value: Any) -> Any:
        """Return a value of this stack; a string that is one reference as what it refers to."""
        whole = REFERENCE.fullmatch(value) if isinstance(value, str) else None
        return self.resolved(whole[1]) if whole else value


def read_stacks(outdir: Path) -> dict[tuple[str, str], list[Stack]]:
    """Return the stacks of a directory that `./platform synth` wrote, by what they are deployed with."""
    others: dict[tuple[str, str], Stack] = {}
    files = sorted(outdir.glob("stacks/*/cdk.tf.json"))
    if not files:
        raise ValueError(f"{outdir} has no stacks: `./platform synth --out {outdir}` writes them")
    groups: dict[tuple[str, str], list[Stack]] = {}
    for file in files:
        stack = Stack(file.parent.name, json.loads(file.read_text(encoding="utf-8")), others)
        groups.setdefault(stack.group, []).append(stack)
    return groups

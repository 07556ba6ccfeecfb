"""Takes resources apart: into those that CloudFormation has for them, and into the values that they set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapping import PROTOCOLS
from schemas import PropertyPath
from synthesis import Resource

#: Arguments that are Terraform's own.
_META = frozenset({"depends_on", "lifecycle", "provider"})


@dataclass(frozen=True)
class Leaf:
    """A value that a stack sets, and where: the argument is dotted, without indices."""

    resource: Resource
    argument: str
    value: Any

    @property
    def key(self) -> str:
        """Return the type and the argument: `aws_vpc.cidr_block`."""
        return f"{self.resource.type}.{self.argument}"


def split(resource: Resource) -> Iterator[Resource]:
    """Yield a resource as those that CloudFormation has for it, under types that Terraform has too."""
    block = dict(resource.block)
    here = f"${{{resource.type}.{resource.name}.id}}"

    def part(kind: str, name: str, content: dict[str, Any], **added: Any) -> Resource:
        return Resource(
            resource.stack, kind, f"{resource.name}_{name}", {**content, **added}, frozenset(added)
        )

    if resource.type == "aws_network_acl":
        for number, subnet in enumerate(block.pop("subnet_ids", [])):
            name = f"subnet_{number}"
            yield part("aws_network_acl_association", name, {"subnet_id": subnet}, network_acl_id=here)
        for direction in ("ingress", "egress"):
            for rule in block.pop(direction, []):
                # What is empty is not sent, and a protocol by its number.
                content = {key: value for key, value in rule.items() if value != ""}
                content["protocol"] = PROTOCOLS.get(rule["protocol"], rule["protocol"])
                name = f"{direction}_{rule['rule_no']}"
                added = {"egress": direction == "egress", "network_acl_id": here}
                yield part("aws_network_acl_rule", name, content, **added)
    if resource.type == "aws_internet_gateway" and "vpc_id" in block:
        content = {"vpc_id": block.pop("vpc_id")}
        yield part("aws_internet_gateway_attachment", "vpc", content, internet_gateway_id=here)
    yield Resource(resource.stack, resource.type, resource.name, block)


def leaves(value: Any, path: PropertyPath = ()) -> Iterator[tuple[PropertyPath, Any]]:
    """Yield every value that arguments set, with its path of names and indices."""
    if isinstance(value, (dict, list)):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            if path or step not in _META:
                yield from leaves(one, (*path, step))
    else:
        yield path, value


def dotted(path: PropertyPath) -> str:
    """Return a path without its indices: `rule.filter.prefix`."""
    return ".".join(step for step in path if isinstance(step, str))

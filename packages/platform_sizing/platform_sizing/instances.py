"""vCPUs and memory of EC2 instance types, from a small table of families.

Every size of a family has as much memory for each vCPU, but for a few old types that the table names. A test
compares all of it with the answers of EC2's `DescribeInstanceTypes` that moto carries.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: vCPUs of an `xlarge`; a `4xlarge` has four times as many.
_VCPUS = 4
_TYPE = re.compile(r"^([a-z0-9-]+)\.(\d*)xlarge$")


class UnknownInstanceError(ValueError):
    """Nothing is known of an instance type."""


@dataclass(frozen=True)
class Instance:
    """The size of one EC2 instance."""

    vcpus: int
    memory_mib: int


def instance(name: str) -> Instance:
    """Look an instance type up.

    :raises UnknownInstanceError: its family is not in the table.
    """
    table = _table()
    if name in table["types"]:
        return Instance(*table["types"][name])
    match = _TYPE.match(name)
    if match is None or match[1] not in table["mib_per_vcpu"]:
        raise UnknownInstanceError(
            f"{name}: its vCPUs and memory are not in instance_families.json of packages/platform_sizing: "
            "add its family there, or use another type"
        )
    vcpus = _VCPUS * int(match[2] or 1)
    return Instance(vcpus, vcpus * table["mib_per_vcpu"][match[1]])


@functools.cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        Path(__file__).with_name("instance_families.json").read_text(encoding="utf-8")
    )
    return table

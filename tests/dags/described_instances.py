"""What EC2 answered to `DescribeInstanceTypes`, as moto carries it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import moto

#: The types that config/sections/processing.ts allows.
ALLOWED = re.compile(r"^(?!t\d)[a-z]{1,3}\d[a-z0-9]*\.(?:\d{1,2})?xlarge$")


def described() -> dict[str, tuple[int, int]]:
    """Read vCPUs and MiB of memory of every allowed type."""
    file = Path(moto.__file__).parent / "ec2" / "resources" / "instance_types.json.gz"
    types: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return {
        name: (facts["VCpuInfo"]["DefaultVCpus"], facts["MemoryInfo"]["SizeInMiB"])
        for name, facts in types.items()
        if ALLOWED.match(name)
    }

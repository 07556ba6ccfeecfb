"""Writes config/catalogue/service-offerings.json: which resource types of the stacks a region lacks.

Run it after an upgrade of cfn-lint: `.venv/schemas/bin/python tests/schemas/regional_services.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import schemas
from mapping import GLOBAL, TARGETS

TABLE = Path(__file__).resolve().parents[2] / "config" / "catalogue" / "service-offerings.json"


def text() -> str:
    """Return the table as it is committed: of each region that lacks one, the Terraform types."""
    kinds = {name: target.type for name, target in sorted(TARGETS.items())}
    lacking = {
        region: [
            name
            for name, kind in kinds.items()
            if not kind.startswith(GLOBAL) and not schemas.is_offered(region, kind)
        ]
        for region in sorted(schemas.known_regions())
        if "-iso" not in region
    }
    table = {
        "source": "AWS CloudFormation's resource schemas by region, as cfn-lint carries them",
        "date": schemas.data_date(),
        "lacking": {region: names for region, names in lacking.items() if names},
    }
    return json.dumps(table, indent=2) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")

"""Writes config/catalogue/database-offerings.json: which classes RDS for PostgreSQL offers in which region.

Run it after an upgrade of cfn-lint: `.venv/dags/bin/python tests/dags/database_offerings.py`.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import cfnlint
from cfnlint.version import __version__
from instance_offerings import by_family, written

TABLE = Path(__file__).resolve().parents[2] / "config" / "catalogue" / "database-offerings.json"
#: When the version of cfn-lint was released that requirements/dags-test.txt locks: RDS answered before that.
RELEASED = ("1.39.0", date(2025, 8, 18))
#: Families that take PostgreSQL below 13 only.
#: Source: Amazon RDS User Guide, "Supported DB engines for DB instance classes".
OLD = ("m1", "m2", "m3", "m4", "r3", "r4", "t2")
#: Sizes below `2xlarge`, as they grow.
SMALL = ("micro", "small", "medium", "large", "xlarge")

_DATA = Path(cfnlint.__file__).parent / "data/schemas/extensions/aws_rds_dbinstance/dbinstanceclass_enum.json"


def offerings() -> dict[str, Any]:
    """Return the sizes of every family, and what each region has of them."""
    version, released = RELEASED
    assert __version__ == version, f"cfn-lint is {__version__}: say when it was released"
    regions = json.loads(_DATA.read_text(encoding="utf-8"))
    return {
        "source": f"Amazon RDS API, DescribeOrderableDBInstanceOptions, as cfn-lint {version} carries it",
        "date": released.isoformat(),
        "old": list(OLD),
        **by_family({region: _sizes(regions[region]) for region in sorted(regions)}, _order),
    }


def text() -> str:
    """Return the table as it is committed."""
    return written(offerings())


def _sizes(schema: dict[str, Any]) -> dict[str, set[str]]:
    """Return the classes of PostgreSQL by family: `db.m5.large` is the `large` of `m5`."""
    sizes: dict[str, set[str]] = {}
    for case in schema["allOf"]:
        if case["if"]["properties"]["Engine"].get("const") != "postgres":
            continue
        for name in case["then"]["properties"]["DBInstanceClass"]["enum"]:
            _, family, size = name.split(".", 2)
            if family not in OLD and "." not in size:
                sizes.setdefault(family, set()).add(size)
    return sizes


def _order(size: str) -> int:
    return SMALL.index(size) if size in SMALL else len(SMALL) + int(size.removesuffix("xlarge"))


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")

"""Writes config/catalogue/instance-offerings.json: which instance types EC2 offers in which region.

Run it after an upgrade of moto: `.venv/dags/bin/python tests/dags/instance_offerings.py`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import moto
from described_instances import ALLOWED

TABLE = Path(__file__).resolve().parents[2] / "config" / "catalogue" / "instance-offerings.json"
#: When the version of moto was released that requirements/dags-test.txt locks: EC2 answered before that.
RELEASED = ("5.1.10", date(2025, 8, 11))


def offerings() -> dict[str, Any]:
    """Return the sizes of every family, what each region has of them, and the letters of its zones."""
    version, released = RELEASED
    assert moto.__version__ == version, f"moto is {moto.__version__}: say when it was released"
    regions = {file.name.partition(".")[0]: _sizes(file) for file in sorted(_folder().glob("*.json.gz"))}
    return {
        "source": f"Amazon EC2 API, DescribeInstanceTypeOfferings, as moto {version} carries it",
        "date": released.isoformat(),
        **by_family(regions, _order),
        "zones": {region: _zones(region) for region in regions},
    }


def by_family(regions: dict[str, dict[str, set[str]]], order: Callable[[str], int]) -> dict[str, Any]:
    """Return the sizes of every family, and of every region its families and what it lacks of them.

    A size that a region lacks is named there: most regions that have a family have all of it.
    """
    families: dict[str, set[str]] = {}
    for offered in regions.values():
        for family, sizes in offered.items():
            families.setdefault(family, set()).update(sizes)
    return {
        "sizes": {family: sorted(sizes, key=order) for family, sizes in sorted(families.items())},
        "regions": {
            region: {
                "families": sorted(offered),
                "without": {
                    family: sorted(missing, key=order)
                    for family, sizes in sorted(offered.items())
                    if (missing := families[family] - sizes)
                },
            }
            for region, offered in regions.items()
        },
    }


def text() -> str:
    """Return the table as it is committed."""
    return written(offerings())


def written(table: dict[str, Any]) -> str:
    """Write a table with one line for each family or region."""
    return "{\n" + ",\n".join(f'  "{key}": {_lines(value)}' for key, value in table.items()) + "\n}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    rows = [f'    "{name}": {json.dumps(row)}' for name, row in value.items()]
    return "{\n" + ",\n".join(rows) + "\n  }"


def _zones(region: str) -> str:
    """Return the letters of a region's availability zones: those that offer any instance type."""
    entries = _entries(_folder("availability-zone") / f"{region}.json.gz")
    return "".join(sorted({entry["Location"].removeprefix(region) for entry in entries}))


def _entries(file: Path) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads(gzip.decompress(file.read_bytes()))
    return entries


def _folder(location: str = "region") -> Path:
    return Path(moto.__file__).parent / "ec2" / "resources" / "instance_type_offerings" / location


def _sizes(file: Path) -> dict[str, set[str]]:
    offered: dict[str, set[str]] = {}
    for entry in _entries(file):
        if ALLOWED.match(entry["InstanceType"]):
            family, _, size = entry["InstanceType"].partition(".")
            offered.setdefault(family, set()).add(size)
    return offered


def _order(size: str) -> int:
    return int(size.removesuffix("xlarge") or 1)


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")

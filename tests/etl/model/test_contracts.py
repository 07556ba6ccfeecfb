"""Compiled contracts become typed values, and say in which order datasets can be read."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from batches import SHOP
from columns import column, contract, rule, things
from etl.model import (
    Contract,
    Mart,
    Partition,
    load_contract,
    load_contracts,
    load_mart,
    waves,
)

DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "name": "things",
    "version": "1.2.3",
    "description": "",
    "owner": "team",
    "columns": [
        {
            "name": "id",
            "physical_name": "ID",
            "type": "bigint",
            "nullable": False,
            "format": None,
            "missing_values": ["NA"],
            "derived": None,
            "personal": False,
            "description": "Which one.",
            "rules": [
                {
                    "id": "id.unique",
                    "kind": "unique",
                    "params": {},
                    "severity": "error",
                    "dimension": "uniqueness",
                    "threshold": 0.02,
                }
            ],
        }
    ],
    "key": ["id"],
    "version_column": "id",
    "raw": {"format": "csv", "delimiter": ",", "header": True, "encoding": "UTF-8", "multiline": False},
    "partition_by": None,
    "freshness": None,
    "volume": {"id": "volume", "minimum": 1, "maximum": None, "severity": "error", "dimension": "coverage"},
    "stream": None,
    "has_files": True,
}


#: A rule that waits for the shop's last dataset.
REFERENCE: dict[str, Any] = {
    **DOCUMENT["columns"][0]["rules"][0],
    **{"id": "id.reference", "kind": "reference", "params": {"dataset": "orders", "column": "order_id"}},
}


def test_a_compiled_contract_is_read() -> None:
    read = Contract.parse(DOCUMENT)
    assert (read.names, read.ddl, read.unique_code) == (("id",), "`id` bigint", "id.unique")
    assert (read.columns[0].physical_name, read.columns[0].missing_values) == ("ID", ("NA",))
    assert read.raw_columns == read.columns
    assert read.volume is not None
    assert read.volume.minimum == 1
    assert (read.malformed.id, read.malformed.threshold) == ("row.malformed", 0.02)


def test_another_version_of_the_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="contract things: compiled as version 2, these jobs read version 1"):
        Contract.parse({**DOCUMENT, "schema_version": 2})


def test_a_partition_needs_a_value_in_every_row() -> None:
    nullable = {**DOCUMENT["columns"][0], "nullable": True}
    document = {**DOCUMENT, "columns": [nullable], "partition_by": {"column": "id", "transform": "identity"}}
    with pytest.raises(ValueError, match="contract things: partitioned by id, which may be missing"):
        Contract.parse(document)


def test_the_platforms_contracts() -> None:
    contracts = load_contracts()
    assert {name: len(contracts[name].columns) for name in SHOP} == {
        "customers": 7,
        "products": 13,
        "orders": 11,
    }
    assert contracts["orders"].partition_by == Partition("order_ts", "month")
    assert [[each.name for each in wave] for wave in waves({name: contracts[name] for name in SHOP})] == [
        ["customers", "products"],
        ["orders"],
    ]


def test_the_platforms_marts() -> None:
    marts = {name: load_mart(name) for name in ("revenue_by_day", "product_performance", "customer_value")}
    assert {name: (mart.name, mart.key) for name, mart in marts.items()} == {
        "revenue_by_day": ("revenue_by_day", ("day", "country")),
        "product_performance": ("product_performance", ("product_id",)),
        "customer_value": ("customer_value", ("customer_id",)),
    }
    assert all(column.description for mart in marts.values() for column in mart.columns)


def _mart(*columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "name": "sales",
        "version": "1.0.0",
        "description": "What was sold.",
        "columns": [{"nullable": False, "personal": False, "description": "", **each} for each in columns],
        "key": [columns[0]["name"]],
        "refresh": "batch",
    }


def test_a_sample_shows_no_personal_column() -> None:
    mart = Mart.parse(
        _mart({"name": "city", "type": "string"}, {"name": "buyer", "type": "string", "personal": True})
    )
    mart.refuse_personal(["city", "orders"])
    with pytest.raises(ValueError, match="mart sales: its sample shows buyer, which its contract calls"):
        mart.refuse_personal(["city", "buyer"])


def test_a_mart_of_other_columns_is_refused() -> None:
    document = _mart({"name": "day", "type": "date"})
    mart = Mart.parse(document)
    mart.refuse_other([("day", "date")])
    with pytest.raises(TypeError, match="mart sales has the columns day string; its contract promises day"):
        mart.refuse_other([("day", "string")])
    with pytest.raises(ValueError, match="mart sales: compiled as version 2, these jobs read version 1"):
        Mart.parse({**document, "schema_version": 2})


def test_a_dataset_without_contract() -> None:
    with pytest.raises(
        FileNotFoundError, match=r"etl/contracts/nobody\.json: no compiled contract of 'nobody'"
    ):
        load_contract("nobody")


def test_datasets_that_refer_to_each_other() -> None:
    def refers(name: str, to: str) -> Contract:
        of = column("other", "bigint", rule("other", "reference", dataset=to, column="id"))
        return dataclasses.replace(contract(of), name=name)

    circle = {"a": refers("a", "b"), "b": refers("b", "a"), "c": dataclasses.replace(things(), name="c")}
    with pytest.raises(ValueError, match="contracts a, b refer to each other, or to an unknown dataset"):
        waves(circle)


def test_a_contract_that_is_added_is_found(tmp_path: Path) -> None:
    """A release with one contract more, which refers to the shop's, is read by a Python of its own."""
    release = shutil.copy(next(path for path in sys.path if path.endswith("etl.zip")), tmp_path / "etl.zip")
    columns = [{**DOCUMENT["columns"][0], "rules": [REFERENCE]}]
    with zipfile.ZipFile(release, "a") as archive:
        added = {**DOCUMENT, "name": "a_return", "columns": columns}
        archive.writestr("etl/contracts/a_return.json", json.dumps(added))
    script = "from etl.model import load_contracts; print(*load_contracts())"
    environment = {**os.environ, "PYTHONPATH": str(release)}
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split() == [*SHOP, "a_return"]

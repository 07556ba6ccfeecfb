"""What docs/query.md shows works as it is: PyIceberg and boto3 on the same tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from explore.access.laptop import Laptop
from lakes import ROOT, newest_metadata

TEXT = (ROOT / "docs" / "query.md").read_text()
ON_A_LAPTOP, BY_GLUE, BY_ATHENA = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def run(code: str) -> dict[str, Any]:
    """Runs an example, and returns its names."""
    names: dict[str, Any] = {}
    exec(compile(code, "docs/query.md", "exec"), names)
    return names


def test_pyiceberg_reads_what_the_pointer_names(
    lake: Path, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "lake").symlink_to(lake)
    monkeypatch.chdir(tmp_path)
    expected = laptop.query("select order_id, country from curated.orders order by 1").table
    assert run(ON_A_LAPTOP)["rows"].sort_by("order_id").to_pylist() == expected.to_pylist()


def test_pyiceberg_reads_what_glue_names(
    aws: boto3.Session, lake: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "big_data_dev_curated"})
    metadata = f"file://{newest_metadata(lake, 'curated.orders')}"
    parameters = {"table_type": "ICEBERG", "metadata_location": metadata}
    table = {"Name": "orders", "TableType": "EXTERNAL_TABLE", "Parameters": parameters}
    glue.create_table(DatabaseName="big_data_dev_curated", TableInput=table)
    expected = laptop.query(
        "select order_id, country from curated.orders where country = 'BE' order by 1"
    ).table
    assert expected.num_rows > 0
    assert run(BY_GLUE)["rows"].sort_by("order_id").to_pylist() == expected.to_pylist()


def test_boto3_asks_athena(aws: boto3.Session, emulator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    aws.client("athena").create_work_group(Name="big-data-dev", Configuration={})
    row = {"Data": [{"VarCharValue": "17"}]}
    results = {"rows": [{"Data": [{"VarCharValue": "orders"}]}, row], "column_info": []}
    prepared = {"account_id": "123456789012", "region": "eu-north-1", "results": [results]}
    assert httpx.post(f"{emulator}/moto-api/static/athena/query-results", json=prepared).status_code == 201
    assert run(BY_ATHENA)["rows"] == [row]

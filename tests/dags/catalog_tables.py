"""What the jobs made of the contracts in the emulated Glue, beside what the contracts say."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET

_CONTRACT = re.compile(r"etl/contracts/(marts/)?(\w+)\.json")


def contracts(platform: EmulatedPlatform) -> dict[tuple[str, str], dict[str, Any]]:
    """Read the contracts of the tables that batches write, by zone and name, from the published release."""
    pointer = json.loads(platform.get(ARTIFACTS_BUCKET, "etl/current.json"))
    code = platform.get(ARTIFACTS_BUCKET, f"{pointer['manifest'].rpartition('/')[0]}/etl.zip")
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        found = [match for match in map(_CONTRACT.fullmatch, archive.namelist()) if match]
        compiled = {
            ("marts" if match[1] else "curated", match[2]): json.loads(archive.read(match[0]))
            for match in found
        }
    return {
        key: contract
        for key, contract in compiled.items()
        if contract.get("has_files", True) and contract.get("refresh", "batch") == "batch"
    }


def table(platform: EmulatedPlatform, zone: str, name: str) -> dict[str, Any]:
    """Describe a table as Glue has it."""
    database = f"{platform.facts['catalog']['database_prefix']}{zone}"
    found: dict[str, Any] = platform.glue.get_table(DatabaseName=database, Name=name)["Table"]
    return found


def iceberg_metadata(platform: EmulatedPlatform, described: dict[str, Any]) -> dict[str, Any]:
    """Read the file that is the table for whoever asks Glue."""
    location: str = described["Parameters"]["metadata_location"]
    bucket, _, key = location.removeprefix("s3://").partition("/")
    assert bucket == DATA_BUCKET
    metadata: dict[str, Any] = json.loads(platform.get(bucket, key))
    return metadata

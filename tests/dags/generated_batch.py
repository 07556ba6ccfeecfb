"""The release of this checkout, published by the platform's own command, and a batch for it to work on."""

from __future__ import annotations

import json
from pathlib import Path

from airflow_settings import ENVIRONMENT
from dag_runs import RUN_DATE
from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET
from platform_cli import platform_cli
from spark_runner import SparkRunner

ROWS = 1000


def publish_and_generate(endpoint: str, platform: EmulatedPlatform, bundle: Path) -> None:
    """Build and publish the release, and have it generate `ROWS` orders of `RUN_DATE` into `raw/`."""
    platform_cli("bundle", "--out", str(bundle))
    platform_cli("publish", "--bundle", str(bundle), "--env", ENVIRONMENT)
    generate = [
        "generate",
        *("--output", f"s3://{DATA_BUCKET}/raw"),
        *("--rows", str(ROWS)),
        *("--run-date", RUN_DATE),
    ]
    generated = SparkRunner(endpoint)([*_submit(platform), *generate])
    assert generated.code == 0, generated.stdout


def _submit(platform: EmulatedPlatform) -> list[str]:
    """The beginning of a `spark-submit` of the current release, as any step has it."""
    pointer = json.loads(platform.get(ARTIFACTS_BUCKET, "etl/current.json"))
    manifest = json.loads(platform.get(ARTIFACTS_BUCKET, pointer["manifest"]))
    code = f"s3://{ARTIFACTS_BUCKET}/{pointer['manifest'].rpartition('/')[0]}"
    settings = [
        part for key, value in manifest["spark_conf"].items() for part in ("--conf", f"{key}={value}")
    ]
    return ["spark-submit", *settings, "--py-files", f"{code}/etl.zip", f"{code}/main.py"]

"""The release of this checkout, published by the platform's own command, and a batch for it to work on."""

from __future__ import annotations

import fcntl
import json
import zipfile
from pathlib import Path

from airflow_settings import ENVIRONMENT
from dag_runs import RUN_DATE
from emulated_aws import OF_TESTS
from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET
from platform_cli import platform_cli
from spark_runner import SparkRunner

ROWS = 1000
#: The role of the workflow that deploys an environment, which publishes releases too.
PUBLISHER_KEY = "ci_apply"


def publish_and_generate(endpoint: str, platform: EmulatedPlatform, folder: Path) -> None:
    """Build and publish the release, and have it generate `ROWS` orders of `RUN_DATE` into `raw/`.

    :param folder: where it is kept: whoever comes second, in whatever process, gets a copy of all objects.
    """
    kept = folder / "generated-batch.zip"
    with (folder / "generated-batch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            _restore(platform, kept)
        else:
            _publish(endpoint, platform, folder / "bundle")
            _keep(platform, kept)


def _publish(endpoint: str, platform: EmulatedPlatform, bundle: Path) -> None:
    platform_cli("bundle", "--out", str(bundle))
    platform_cli("publish", "--bundle", str(bundle), "--env", ENVIRONMENT, key=PUBLISHER_KEY)
    generate = [
        "generate",
        *("--output", f"s3://{DATA_BUCKET}/raw"),
        *("--rows", str(ROWS)),
        *("--run-date", RUN_DATE),
    ]
    generated = SparkRunner(endpoint, OF_TESTS)([*_submit(platform), *generate])
    assert generated.code == 0, generated.stdout


def _keep(platform: EmulatedPlatform, kept: Path) -> None:
    with zipfile.ZipFile(kept, "w") as archive:
        for bucket in (ARTIFACTS_BUCKET, DATA_BUCKET):
            for key in platform.keys(bucket):
                archive.writestr(f"{bucket}/{key}", platform.get(bucket, key))


def _restore(platform: EmulatedPlatform, kept: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        for name in archive.namelist():
            bucket, _, key = name.partition("/")
            platform.put(bucket, key, archive.read(name))


def _submit(platform: EmulatedPlatform) -> list[str]:
    """The beginning of a `spark-submit` of the current release, as any step has it."""
    pointer = json.loads(platform.get(ARTIFACTS_BUCKET, "etl/current.json"))
    manifest = json.loads(platform.get(ARTIFACTS_BUCKET, pointer["manifest"]))
    code = f"s3://{ARTIFACTS_BUCKET}/{pointer['manifest'].rpartition('/')[0]}"
    settings = [
        part for key, value in manifest["spark_conf"].items() for part in ("--conf", f"{key}={value}")
    ]
    return ["spark-submit", *settings, "--py-files", f"{code}/etl.zip", f"{code}/main.py"]

"""A published release without any Spark code in it, for the tests that need only its description."""

from __future__ import annotations

import json
from typing import Any

from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET

RELEASE = "0123456789abcdef"
FOLDER = f"etl/releases/{RELEASE}"


def manifest() -> dict[str, Any]:
    """Return a manifest as the bundle's builder writes it."""
    return {
        "schema_version": 1,
        "release": RELEASE,
        "spark_version": "3.5.4",
        "python_version": "3.9",
        "emr_release": "emr-7.8.0",
        "entry_point": "main.py",
        "py_files": ["etl.zip"],
        "steps": ["ingest", "curate", "marts"],
        "spark_conf": {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "false"},
        "contracts": {"orders": {"version": "1.0.0"}},
        "files": {"main.py": {"sha256": "0" * 64, "size": 1}},
    }


def current() -> dict[str, Any]:
    """Return the pointer to that release."""
    return {
        "schema_version": 1,
        "release": RELEASE,
        "manifest": f"{FOLDER}/manifest.json",
        "published_at": "2025-01-02T00:00:00Z",
    }


def publish(platform: EmulatedPlatform) -> None:
    """Put the release's description where the publisher would."""
    platform.put(ARTIFACTS_BUCKET, f"{FOLDER}/manifest.json", json.dumps(manifest()).encode())
    platform.put(ARTIFACTS_BUCKET, "etl/current.json", json.dumps(current()).encode())

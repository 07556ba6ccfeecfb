"""The published Spark bundle: which one is current, and what its manifest says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from platform_dag.errors import PlatformError
from platform_dag.layout import RELEASE_POINTER

SCHEMA_VERSION = 1


class ReleaseError(PlatformError):
    """No usable release is published."""


@dataclass(frozen=True)
class Release:
    """One immutable release of the bundle, in the artifacts bucket."""

    name: str
    #: Folder of the release in the artifacts bucket, without a slash at its end.
    folder: str
    emr_release: str
    entry_point: str
    py_files: list[str]
    steps: list[str]
    spark_conf: dict[str, str]


def _document(text: str, key: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    if document.get("schema_version") != SCHEMA_VERSION:
        raise ReleaseError(
            f"{key} has schema_version {document.get('schema_version')!r}, these DAGs read {SCHEMA_VERSION}: "
            f"publish the DAGs and the bundle of the same source together."
        )
    return document


def resolve(read_text: Callable[[str], str]) -> Release:
    """Find the current release; call it once per run, so that a publication in between changes nothing.

    :param read_text: reads one object of the artifacts bucket by its key.
    :raises ReleaseError: pointer or manifest have an unknown version, or name different releases.
    """
    current = _document(read_text(RELEASE_POINTER), RELEASE_POINTER)
    key = current["manifest"]
    manifest = _document(read_text(key), key)
    if manifest["release"] != current["release"]:
        raise ReleaseError(
            f"{RELEASE_POINTER} names release {current['release']}, but {key} is of {manifest['release']}: "
            f"publish again."
        )
    return Release(
        name=manifest["release"],
        folder=key.rpartition("/")[0],
        emr_release=manifest["emr_release"],
        entry_point=manifest["entry_point"],
        py_files=manifest["py_files"],
        steps=manifest["steps"],
        spark_conf=manifest["spark_conf"],
    )

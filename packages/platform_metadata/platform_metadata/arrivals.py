"""What a message of S3 says: which object arrived, and which batch it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from platform_metadata.errors import MetadataError
from platform_metadata.layout import RAW_ZONE, RUN_DATE_KEY, TABLE_NAME_PATTERN

#: `raw/<dataset>/run_date=YYYY-MM-DD/<file>`: what a batch is read from (docs/data.md, "Raw files"). Ingest
#: reads no folder below.
_INPUT = re.compile(
    rf"{RAW_ZONE}/(?P<dataset>{TABLE_NAME_PATTERN})/"
    rf"{RUN_DATE_KEY}=(?P<run_date>\d{{4}}-\d{{2}}-\d{{2}})/[^/]+"
)


class ArrivalError(MetadataError):
    """The message is not about an object of a batch: a retry would read the same."""


@dataclass(frozen=True)
class Arrival:
    """One version of one object, of the batch of one run date."""

    bucket: str
    key: str
    version: str
    run_date: date


def arrival_of(body: str, bucket: str) -> Arrival | None:
    """Read one message, as EventBridge hands on what S3 says; None where the object is no data.

    No data are folders, empty objects, and whatever has a name in its path that begins with `_` or `.`.

    :param bucket: the one whose objects count.
    :raises ArrivalError: the message cannot be read, or the object is data of no batch.
    """
    try:
        detail = json.loads(body)["detail"]
        place, stored = detail["bucket"]["name"], detail["object"]
        key, version, size = stored["key"], _version(stored), int(stored["size"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ArrivalError(f"not an event of an object of S3: {error!r}") from error
    if place != bucket:
        raise ArrivalError(f"s3://{place}/{key} is not in the data bucket {bucket}")
    if size == 0 or key.endswith("/") or any(part.startswith(("_", ".")) for part in key.split("/")):
        return None
    return Arrival(place, key, version, _run_date(key))


def _version(stored: Mapping[str, Any]) -> str:
    version = stored["version-id"]
    if not isinstance(version, str) or not version:
        raise ValueError("the object has no version: the bucket is not versioned")
    return version


def _run_date(key: str) -> date:
    match = _INPUT.fullmatch(key)
    if match is None:
        raise ArrivalError(
            f"{key} is of no batch: input is {RAW_ZONE}/<dataset>/{RUN_DATE_KEY}=YYYY-MM-DD/<file>"
        )
    try:
        return date.fromisoformat(match["run_date"])
    except ValueError as error:
        raise ArrivalError(f"{key} is of no batch: {error}") from error

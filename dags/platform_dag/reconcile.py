"""Finds raw files that no run has read: late ones, those whose event was lost, and misplaced ones.

What has arrived and what was read are both listings of the data bucket, by its own clock: no event and no row
of the metadata store is needed, so none can be lost. Each run leaves `runs/run=<id>/raw_files.json`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from platform_dag.arrivals import Trigger
from platform_dag.errors import PlatformError
from platform_dag.layout import (
    INGEST_JOB,
    RAW_FILES_RECORD,
    RAW_ZONE,
    RESULTS_RECORD,
    RUN_DATE_KEY,
    RUN_KEY,
    RUNS_ZONE,
)

#: Days to look back where the facts are of a release that had no such setting.
DAYS = 7

#: Files younger than this may still be on their way into a run, by the clock or by an event.
SETTLED = timedelta(hours=2)
#: A run that has listed its files may take so long to come to its results: a cluster two hours, its steps
#: eight, its end one. After that it has failed, and its files count as unread.
IN_FLIGHT = timedelta(hours=12)

#: Misplaced files that an error names; its count has all.
_NAMED = 20

log = logging.getLogger(__name__)


class MisplacedFilesError(PlatformError):
    """Files lie under `raw/` where no run reads them."""


class RawFile(NamedTuple):
    """One version of one raw file: another content under the same name is another file."""

    dataset: str
    name: str
    size: int
    #: Seconds since 1970: what S3 keeps of the moment.
    modified: int


@dataclass
class Read:
    """The raw files that the runs of one day have read."""

    files: set[RawFile] = field(default_factory=set)
    #: All that ingest looks for; empty where no run says.
    datasets: set[str] = field(default_factory=set)
    #: Everything older was read, by a run of a release that kept no list.
    before: int = 0


class Reconciliation:
    """Compares one data bucket's raw files with what its runs have read. Only inside a task."""

    def __init__(self, bucket: str, now: datetime) -> None:
        """:param now: UTC; its day is not closed."""
        self._s3 = S3Hook(aws_conn_id=None)
        self._bucket = bucket
        self._now = now

    def unread(self, days: int) -> dict[date, list[RawFile]]:
        """Find the files of the last closed days that no run has read, by day.

        :param days: so many, from yesterday on.
        """
        arrived = {day: files for day in self._closed(days) if (files := list(self._arrived(day)))}
        read = {day: self._read(day) for day in arrived}
        datasets = {dataset for each in read.values() for dataset in each.datasets}
        found = {day: _missing(files, read[day], datasets) for day, files in arrived.items()}
        return {day: files for day, files in found.items() if files}

    def misplaced(self, days: int) -> list[str]:
        """Find the keys of files that no run reads, wherever they are outside of the folders of days.

        :param days: in the folders of so many closed days files are looked for, too.
        """
        closed = self._closed(days)
        known = {dataset for day in closed for dataset in self._read(day).datasets}
        keys = self._data(f"{RAW_ZONE}/", "/")
        for prefix in self._folders(f"{RAW_ZONE}/"):
            dataset = prefix.split("/")[1]
            keys += self._data(prefix, "/")
            for folder in self._folders(prefix):
                day = _day_of(folder)
                if day is None:
                    keys += self._data(folder)
                elif day in closed:
                    is_read = not known or dataset in known
                    keys += [
                        key for key in self._data(folder) if not is_read or "/" in key.removeprefix(folder)
                    ]
        return sorted(keys)

    def _closed(self, days: int) -> list[date]:
        return [self._now.date() - timedelta(days=back) for back in range(days, 0, -1)]

    def _arrived(self, day: date) -> Iterator[RawFile]:
        for prefix in self._folders(f"{RAW_ZONE}/"):
            folder = f"{prefix}{RUN_DATE_KEY}={day.isoformat()}/"
            for entry in self._entries(folder):
                name = entry["Key"].removeprefix(folder)
                # Ingest reads the files directly in a folder.
                if "/" not in name:
                    yield RawFile(prefix.split("/")[1], name, entry["Size"], _seconds(entry))

    def _folders(self, prefix: str) -> list[str]:
        """List the folders directly below a prefix, without hidden ones."""
        found = self._s3.list_prefixes(self._bucket, prefix=prefix, delimiter="/")
        return [folder for folder in found if _is_visible(folder.removeprefix(prefix))]

    def _entries(self, prefix: str, delimiter: str = "") -> Iterator[dict[str, Any]]:
        """List the files that hold data and are old enough; with a delimiter those directly below."""
        settled = self._now - SETTLED
        pages = self._s3.get_conn().get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=prefix, Delimiter=delimiter):
            for entry in page.get("Contents", []):
                name = entry["Key"].removeprefix(prefix)
                if entry["Size"] and _is_visible(name) and entry["LastModified"] <= settled:
                    yield entry

    def _data(self, prefix: str, delimiter: str = "") -> list[str]:
        return [entry["Key"] for entry in self._entries(prefix, delimiter)]

    def _read(self, day: date) -> Read:
        read = Read()
        for run in self._runs(day).values():
            is_over = RESULTS_RECORD in run
            listed, started = run.get(RAW_FILES_RECORD), run.get(f"{INGEST_JOB}.started.json")
            if listed and (is_over or listed["LastModified"] > self._now - IN_FLIGHT):
                self._add(read, listed["Key"])
            elif is_over and started and not listed:
                read.before = max(read.before, _seconds(started))
        return read

    def _runs(self, day: date) -> dict[str, dict[str, dict[str, Any]]]:
        """List the records of the day's runs, by run and by name."""
        runs: dict[str, dict[str, dict[str, Any]]] = {}
        prefix = f"{RUNS_ZONE}/{RUN_KEY}={day.isoformat()}-"
        for entry in self._s3.get_file_metadata(prefix=prefix, bucket_name=self._bucket):
            folder, _, name = entry["Key"].rpartition("/")
            runs.setdefault(folder, {})[name] = entry
        return runs

    def _add(self, read: Read, key: str) -> None:
        datasets = json.loads(self._s3.read_key(key, self._bucket))["datasets"]
        read.datasets |= set(datasets)
        for dataset, files in datasets.items():
            for file in files:
                read.files.add(RawFile(dataset, file["name"], file["size"], file["modified"] // 1000))


def triggers(unread: Mapping[date, list[RawFile]], pipeline: str) -> list[Trigger]:
    """Return the runs that are to read what was found, one for each day.

    The same files make the same run id, of which Airflow starts a second run never: what a run could not read
    is not tried again every day.
    """
    return [
        {
            "trigger_dag_id": pipeline,
            "trigger_run_id": f"reconcile__{day.isoformat()}__{_digest(files)}",
            "conf": {"run_date": day.isoformat()},
        }
        for day, files in unread.items()
    ]


def unread_batches(bucket: str, days: int, pipeline: str) -> list[Trigger]:
    """Find the days with raw files that no run has read, and return their runs. Only inside a task.

    :param bucket: the data bucket.
    :param pipeline: id of the DAG that runs them.
    """
    unread = Reconciliation(bucket, datetime.now(timezone.utc)).unread(days)
    for day, files in unread.items():
        names = ", ".join(f"{file.dataset}/{file.name}" for file in files[:10])
        log.warning("%s: no run has read %d files: %s", day, len(files), names)
    return triggers(unread, pipeline)


def refuse_misplaced(bucket: str, days: int) -> None:
    """Look for files that no run reads. Only inside a task.

    :raises MisplacedFilesError: there are some.
    """
    keys = Reconciliation(bucket, datetime.now(timezone.utc)).misplaced(days)
    if keys:
        named = ", ".join(keys[:_NAMED]) + (" …" if len(keys) > _NAMED else "")
        raise MisplacedFilesError(
            f"{len(keys)} files in s3://{bucket} are read by no run: {named}. "
            f"Input is {RAW_ZONE}/<dataset>/{RUN_DATE_KEY}=YYYY-MM-DD/<file> of a dataset with a contract: "
            "move them there, delete them, or begin a name in their path with _."
        )


def _missing(arrived: list[RawFile], read: Read, datasets: set[str]) -> list[RawFile]:
    """Return what was not read of the datasets that there are; all are, as long as no run says which."""
    return sorted(
        file
        for file in arrived
        if file not in read.files
        and file.modified >= read.before
        and (not datasets or file.dataset in datasets)
    )


def _is_visible(path: str) -> bool:
    """Whether it is no folder's marker, and no name in it begins like that of a hidden file."""
    return bool(path) and not any(part.startswith(("_", ".")) for part in path.split("/"))


def _day_of(folder: str) -> date | None:
    """Return the day of a folder `…/run_date=YYYY-MM-DD/`; None where it is of none."""
    key, _, value = folder.rstrip("/").rpartition("/")[2].partition("=")
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(value)
        if key == RUN_DATE_KEY and day.isoformat() == value:
            return day
    return None


def _seconds(entry: Mapping[str, Any]) -> int:
    return int(entry["LastModified"].timestamp())


def _digest(files: list[RawFile]) -> str:
    return hashlib.sha256(repr(sorted(files)).encode()).hexdigest()[:12]

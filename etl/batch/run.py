"""One attempt at one batch: its name, its places, and the records it leaves under `runs/run=<id>/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Callable

from pyspark.sql import SparkSession

from etl.model import Contract, load_contracts, parse_contracts
from etl.model.layout import (
    ARCHIVE_RECORD,
    INGEST_RECORD,
    RAW_FILES_RECORD,
    RESULTS_RECORD,
    RUN_DATE_KEY,
    RUN_KEY,
    RUNS_ZONE,
)
from etl.storage.files import Files, StoredFile
from etl.storage.lake import Lake, utc_now
from etl.storage.tables import KEPT


@dataclass(frozen=True)
class Run:
    """What the command line says of a run. `input` and `output` are paths or URIs.

    `contracts` is a file of compiled contracts, which take the place of the release's own: the run is of data
    of any kind then, `input` is that data, in whatever files it lies, and no mart is made of it.
    `replay` is an earlier run whose quarantined rows are read instead of `input`, and judged anew.
    `database_prefix` goes before the names of the catalog's databases, `curated` and `marts`.
    `kept` is how long what the run publishes can be read after something else was published.
    """

    run_id: str
    run_date: date
    release: str
    input: str
    output: str
    contracts: str | None = None
    replay: str | None = None
    database_prefix: str = ""
    kept: timedelta = KEPT

    def folder(self, *parts: str) -> str:
        """A folder of this run alone, below the lake's root: `staged/orders/run=<id>`."""
        return "/".join([*parts, f"{RUN_KEY}={self.run_id}"])


def records_folder(run_id: str) -> str:
    """Return the folder of a run's records, below the lake's root: `runs/run=<id>`."""
    return f"{RUNS_ZONE}/{RUN_KEY}={run_id}"


def lake_of(spark: SparkSession, run: Run) -> Lake:
    """The lake that a run writes."""
    return Lake(spark, run.output, run.database_prefix, run.kept)


def contracts_of(
    spark: SparkSession, run: Run, ingested: Mapping[str, Any] | None = None
) -> dict[str, Contract]:
    """The contracts of a run by dataset: those it was given, or the release's own.

    A dataset that arrives as a stream alone belongs to the run when the archive of the day is closed. Steps
    after ingest pass what it has `ingested`, by dataset: a day that was closed meanwhile changes nothing.
    Raises FileNotFoundError when the file that was named is not there.
    """
    if run.contracts is None:
        return load_contracts(_archives(spark, run) if ingested is None else ingested.__contains__)
    folder, _, name = run.contracts.rpartition("/")
    documents = Files(spark, folder).read_json(name)
    if documents is None:
        raise FileNotFoundError(f"{run.contracts}: there is no file of compiled contracts")
    return parse_contracts(documents)


def _archives(spark: SparkSession, run: Run) -> Callable[[str], bool]:
    """Return a test of whether the run reads a dataset's archive: by its day, or as the replayed run did."""
    if run.replay is not None:
        record = Files(spark, run.output).read_json(f"{records_folder(run.replay)}/{INGEST_RECORD}") or {}
        replayed: Mapping[str, Any] = record.get("datasets", {})
        return replayed.__contains__
    day, files = f"{RUN_DATE_KEY}={run.run_date.isoformat()}", Files(spark, run.input)
    return lambda name: files.exists(f"{name}/{day}/{ARCHIVE_RECORD}")


class Rejected(Exception):
    """The audit refused the run: a verdict on the data, not a fault of the job."""

    def __init__(self, violations: list[str]) -> None:
        """Carry what the audit found, one sentence each."""
        super().__init__("; ".join(violations))
        self.violations = violations


class Incomplete(Exception):
    """The run is published without datasets that its input has: nobody may take it for the whole."""

    def __init__(self, left_out: list[dict[str, str]]) -> None:
        """Carry the datasets that were left out, each with the reason."""
        super().__init__("; ".join(f"{each['dataset']}: {each['reason']}" for each in left_out))
        self.left_out = left_out


class Records:
    """The records of a run. Each job of it starts once and leaves one record for the next."""

    def __init__(self, files: Files, run: Run) -> None:
        """Bind to a run; nothing is read or written yet."""
        self._files = files
        self._run = run
        self._folder = records_folder(run.run_id)

    def claim(self, job: str) -> str:
        """Mark the job of this run as started and return the moment.

        Raises FileExistsError when it was started before: folders of an attempt are never written twice.
        """
        started = utc_now()
        claim = {"job": job, "run_date": self._run.run_date.isoformat(), "started_at": started}
        if not self._files.create_json(f"{self._folder}/{job}.started.json", claim):
            raise FileExistsError(
                f"{self._files.path(self._folder)}: run id {self._run.run_id!r} was used for {job} before; "
                "start a new attempt with a new --run-id, from ingest on"
            )
        return started

    def previous(self, job: str) -> dict[str, Any]:
        """The record of an earlier job of this run.

        Raises FileNotFoundError when that job has not finished, ValueError when it was of another day.
        """
        record: dict[str, Any] | None = self._files.read_json(f"{self._folder}/{job}.json")
        if record is None:
            raise FileNotFoundError(
                f"{self._files.path(self._folder)}/{job}.json is missing: {job} has not finished; "
                "run ingest, curate and marts in this order with one --run-id"
            )
        if record["run_date"] != self._run.run_date.isoformat():
            raise ValueError(
                f"run {self._run.run_id!r} is of {record['run_date']}, not of {self._run.run_date}: "
                "pass the same --run-date to every job of a run"
            )
        return record

    def require_finished(self, run_id: str) -> None:
        """Raise FileNotFoundError unless another run has come to its results, whatever they are."""
        path = f"{records_folder(run_id)}/{RESULTS_RECORD}"
        if not self._files.exists(path):
            raise FileNotFoundError(
                f"{self._files.path(path)} is missing: no run {run_id!r} has come to its end in this lake"
            )

    def shapes_of(self, run_id: str) -> dict[str, Any]:
        """The shape of every table that a run would publish, its own and those that it found published."""
        record = self._files.read_json(f"{records_folder(run_id)}/{INGEST_RECORD}") if run_id else None
        return dict(record.get("shapes", {})) if record else {}

    def save(self, job: str, record: dict[str, Any]) -> None:
        """Leave the record of a finished job."""
        stamped = {**record, "run_date": self._run.run_date.isoformat()}
        self._files.replace_json(f"{self._folder}/{job}.json", stamped)

    def save_raw_files(self, listed: Mapping[str, Sequence[StoredFile]]) -> None:
        """Leave which raw files the run reads or refuses, by dataset: what is not there has not been read."""
        datasets = {
            dataset: [{"name": file.name, "size": file.size, "modified": file.modified} for file in files]
            for dataset, files in listed.items()
        }
        record = {"run_date": self._run.run_date.isoformat(), "datasets": datasets}
        self._files.replace_json(f"{self._folder}/{RAW_FILES_RECORD}", record)

    def save_results(self, results: dict[str, Any]) -> None:
        """Leave the results of the run, whatever came of it."""
        self._files.replace_json(f"{self._folder}/{RESULTS_RECORD}", results)

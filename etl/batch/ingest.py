"""Reads one batch of raw files, judges every row, and writes what is accepted and what is quarantined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession

from etl.batch.accounting import Ingested
from etl.batch.fitting import refuse_misfits, shapes
from etl.batch.quarantine import put_aside
from etl.batch.run import Records, Run, contracts_of, lake_of
from etl.logs import Stages, log
from etl.model import Contract, waves
from etl.model.layout import INGEST_JOB, RUN_DATE_KEY, STAGED_ZONE, VERDICT_COLUMN
from etl.rules.duplicates import DISPOSITION, resolve, suspicious_keys
from etl.rules.judging import judge
from etl.rules.positions import resolve_by_position
from etl.sources.collection import choose_files, find_collection
from etl.sources.faults import file_fault
from etl.sources.raw import RawFiles, check_raw_files, find_broken
from etl.sources.readers import read_raw
from etl.sources.records import is_archive, read_closed_day, refuse_mixed
from etl.storage.catalog import table_specs
from etl.storage.files import Files, StoredFile
from etl.storage.folders import Folders
from etl.storage.lake import Lake
from etl.storage.snapshot import Snapshot
from etl.storage.staging import (
    Staged,
    newest,
    read_accepted,
    read_quarantined,
    read_rejected,
    read_suspects,
    read_valid,
)


@dataclass(frozen=True)
class Ingest:
    """What the steps of one ingest share. `staged` grows by the datasets that later ones may refer to."""

    run: Run
    lake: Lake
    raw: Files
    listed: Mapping[str, Sequence[StoredFile]]
    published: Snapshot
    stages: Stages
    contracts: Mapping[str, Contract]
    staged: dict[str, Staged]


@dataclass(frozen=True)
class Judged:
    """Every row of a dataset, judged, and the files that it was read from or that were refused."""

    contract: Contract
    staged: Staged
    files: RawFiles


def run(spark: SparkSession, run: Run) -> None:
    """Ingest the batch of `run.run_date`.

    Staged and quarantined rows, and the record `runs/run=<id>/ingest.json`.
    """
    lake = lake_of(spark, run)
    records = Records(lake.files, run)
    contracts = contracts_of(spark, run)
    known = records.shapes_of(lake.published().run_id)
    refuse_misfits(run.output, known, contracts)
    started_at = records.claim(INGEST_JOB)
    lake.take_over(table_specs(contracts))
    lake.follow_pointer()
    if run.replay is not None:
        records.require_finished(run.replay)
    raw = Files(spark, run.input)
    listed, left_out = _listed(raw, run, contracts)
    # A replay reads no raw file and says so: a run without a list counts as one of a release before lists.
    records.save_raw_files(listed if run.contracts is None else {})
    job = Ingest(run, lake, raw, listed, lake.published(), Stages(), contracts, {})
    # What a dataset puts aside is written while the next one is judged.
    with ThreadPoolExecutor(len(contracts)) as pool:
        ingested = []
        for wave in waves(contracts):
            judged = list(pool.map(lambda contract: _ingest(job, contract), wave))
            job.staged.update({dataset.contract.name: dataset.staged for dataset in judged})
            ingested += [pool.submit(_put_aside, job, dataset) for dataset in judged]
        datasets = {dataset.name: dataset.as_document() for dataset in (each.result() for each in ingested)}
    records.save(
        INGEST_JOB,
        {
            "started_at": started_at,
            "stages": job.stages.as_results(),
            "datasets": datasets,
            "archived": [name for name, files in listed.items() if is_archive(files)],
            "left_out": [{"dataset": name, "reason": reason} for name, reason in left_out.items()],
            "shapes": {**known, **shapes(contracts, known)},
        },
    )


def _listed(
    raw: Files, run: Run, contracts: Mapping[str, Contract]
) -> tuple[Mapping[str, Sequence[StoredFile]], Mapping[str, str]]:
    """The raw files of every dataset: the batch of the day, or all there are of data of any kind.

    With the datasets that are left out, and why. No files when the quarantined rows of another run are read.
    """
    if run.replay is not None:
        return dict.fromkeys(contracts, ()), {}
    if run.contracts is not None:
        listed, left_out = choose_files(find_collection(raw), list(contracts))
        for name, reason in left_out.items():
            log.error("left out", extra={"dataset": name, "reason": reason})
        return listed, left_out
    listed = {name: raw.walked(f"{name}/{RUN_DATE_KEY}={run.run_date.isoformat()}") for name in contracts}
    for files in listed.values():
        refuse_mixed(files)
    return listed, {}


def _ingest(job: Ingest, contract: Contract) -> Judged:
    with job.stages.stage(f"ingest {contract.name}") as stage:
        listed = job.listed[contract.name]
        if is_archive(listed):
            files, judged = RawFiles(tuple(listed), ()), _judge_archive(job, contract)
        else:
            files = check_raw_files(job.lake.spark, job.raw, listed, contract)
            files, judged = _judge(job, contract, files)
        for refusal in files.refused:
            log.warning(
                "refused", extra={"stage": stage.name, "path": refusal.path, "reason": refusal.reason}
            )
        staged = _resolve(job, contract, judged)
        stage.rows_in, stage.rows_out = staged.read, staged.accepted
        return Judged(contract, staged, files)


def _put_aside(job: Ingest, judged: Judged) -> Ingested:
    contract, staged, files = judged.contract, judged.staged, judged.files
    with job.stages.stage(f"quarantine {contract.name}") as stage:
        rejected = read_rejected(job.lake, staged, contract)
        rows, found = put_aside(job.lake, job.run, INGEST_JOB, rejected, contract)
        stage.rows_in = stage.rows_out = rows
        return Ingested(
            name=contract.name,
            contract_version=contract.version,
            files_read=len(files.read),
            refused=tuple(vars(refusal) for refusal in files.refused),
            staged=staged,
            quarantined=rows,
            reasons=found.counts,
            newest=newest(read_valid(job.lake, staged, contract), contract.version_column),
            examples=found.examples,
        )


def _judge(job: Ingest, contract: Contract, files: RawFiles) -> tuple[RawFiles, Folders]:
    """Scan the raw files once.

    Only when that breaks is every file tried alone, and the scan repeated without the bad.
    """
    folder = job.run.folder(STAGED_ZONE, contract.name)
    known = _known(job, contract)

    def scan(chosen: RawFiles, name: str) -> Folders:
        if job.run.replay is None:
            raw = read_raw(job.lake.spark, job.raw, chosen.read, contract)
        else:
            raw = read_quarantined(job.lake, contract, job.run.replay)
        rows = judge(raw, contract, job.run.run_date, known)
        return job.lake.write_folders(rows, contract.name, f"{folder}/{name}", VERDICT_COLUMN)

    try:
        return files, scan(files, "judged")
    except Py4JJavaError as error:
        if file_fault(error) is None:
            raise
        broken = find_broken(job.lake.spark, job.raw, files, contract)
        if not broken:
            raise
        readable = files.without(broken)
        return readable, scan(readable, "judged_without_broken_files")


def _judge_archive(job: Ingest, contract: Contract) -> Folders:
    """Judge the records of a stream's closed day. What is not there any more fails the run."""
    day = job.run.run_date
    rows = judge(read_closed_day(job.lake, contract, day), contract, day, _known(job, contract))
    folder = job.run.folder(STAGED_ZONE, contract.name)
    return job.lake.write_folders(rows, contract.name, f"{folder}/judged", VERDICT_COLUMN)


def _known(job: Ingest, contract: Contract) -> dict[str, DataFrame]:
    return {rule.id: _known_keys(job, str(rule.params["dataset"])) for _, rule in contract.references()}


def _known_keys(job: Ingest, dataset: str) -> DataFrame:
    """Keys that a reference may name: accepted in this batch, or published before."""
    contract = job.contracts[dataset]
    key = contract.key[0]
    accepted = read_accepted(job.lake, job.staged[dataset], contract).select(key)
    published = job.published.tables.get(dataset)
    if published is None:
        return accepted
    return accepted.union(job.lake.read_table(published, contract.ddl).select(key)).distinct()


def _resolve(job: Ingest, contract: Contract, judged: Folders) -> Staged:
    """Find the keys that several valid rows share, and decide between these rows only."""
    folder = job.run.folder(STAGED_ZONE, contract.name)
    valid = read_valid(job.lake, Staged(judged, None, None), contract)
    keys = suspicious_keys(valid, contract)
    suspects = job.lake.write_folders(keys, contract.name, f"{folder}/suspects")
    if suspects.rows == 0:
        return Staged(judged, None, None)
    rows = read_suspects(job.lake, valid, suspects, contract)
    if is_archive(job.listed[contract.name]):
        published = job.published.tables.get(contract.name)
        before = None if published is None else job.lake.read_table(published, contract.ddl)
        resolved = resolve_by_position(rows, contract, before)
    else:
        resolved = resolve(rows, contract)
    return Staged(
        judged, suspects, job.lake.write_folders(resolved, contract.name, f"{folder}/resolved", DISPOSITION)
    )

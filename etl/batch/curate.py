"""Merges the accepted rows of a run with the published tables, in the run's branch of each."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession

from etl.batch.accounting import Curated, Ingested
from etl.batch.quarantine import put_aside
from etl.batch.run import Records, Run, contracts_of, lake_of
from etl.batch.transforms.merging import classify
from etl.logs import Stages
from etl.model import Contract
from etl.model.layout import CURATE_JOB, INGEST_JOB, STAGED_ZONE
from etl.rules.duplicates import DISPOSITION, INSERTED, QUARANTINED, SUPERSEDED, UPDATED
from etl.storage.catalog import TableSpec
from etl.storage.folders import Folders
from etl.storage.lake import Lake
from etl.storage.snapshot import Snapshot, Version
from etl.storage.staging import read_accepted, staged_ddl


@dataclass(frozen=True)
class Curate:
    """What the steps of one curate share."""

    run: Run
    lake: Lake
    published: Snapshot
    stages: Stages
    shapes: Mapping[str, Any]


def run(spark: SparkSession, run: Run) -> None:
    """Merge what ingest accepted.

    A snapshot in the run's branch of every table that changes, and the record `runs/run=<id>/curate.json`.
    """
    lake = lake_of(spark, run)
    records = Records(lake.files, run)
    record = records.previous(INGEST_JOB)
    ingested = record["datasets"]
    records.claim(CURATE_JOB)
    job = Curate(run, lake, lake.published(), Stages(), record.get("shapes", {}))
    contracts = contracts_of(spark, run, ingested)

    def curate(contract: Contract) -> Curated:
        return _curate(job, contract, Ingested.parse(ingested[contract.name]))

    with ThreadPoolExecutor(len(contracts)) as pool:
        done = list(pool.map(curate, contracts.values()))
    records.save(
        CURATE_JOB,
        {
            "base": job.published.run_id,
            "stages": job.stages.as_results(),
            "datasets": {dataset.name: dataset.as_document() for dataset in done},
        },
    )


def _curate(job: Curate, contract: Contract, ingested: Ingested) -> Curated:
    with job.stages.stage(f"curate {contract.name}") as stage:
        stage.rows_in = ingested.staged.accepted
        published = job.published.tables.get(contract.name)
        if published is None or published.rows == 0:
            curated = _first(job, contract, ingested, published)
        else:
            curated = _merge(job, contract, ingested, published)
        stage.rows_out = curated.inserted + curated.updated
        return curated


def _first(job: Curate, contract: Contract, ingested: Ingested, published: Version | None) -> Curated:
    """No row is published yet: every accepted row is new."""
    spec, accepted = TableSpec.of_dataset(contract), ingested.staged.accepted
    job.lake.begin_table(spec, job.run.run_id, published)
    rows = read_accepted(job.lake, ingested.staged, contract)
    table = job.lake.replace_table(rows, spec, job.run.run_id)
    if table.rows != accepted:
        raise ArithmeticError(f"{contract.name}: {accepted} rows were accepted and {table.rows} written")
    return Curated(contract.name, table.rows, 0, 0, 0, table)


def _merge(job: Curate, contract: Contract, ingested: Ingested, published: Version) -> Curated:
    lake = job.lake
    batch = read_accepted(lake, ingested.staged, contract, staged_ddl(contract))
    added = job.shapes.get(contract.name, {}).get("added", [])
    decided = classify(batch, lake.read_table(published, contract.ddl), contract, added)
    folder = job.run.folder(STAGED_ZONE, contract.name)
    written = lake.write_folders(decided, contract.name, f"{folder}/decided", DISPOSITION)
    examples: Mapping[str, list[dict[str, Any]]] = {}
    if written.rows_of(QUARANTINED):
        contradicting = lake.read_parts(written, staged_ddl(contract), {QUARANTINED})
        _, found = put_aside(lake, job.run, CURATE_JOB, contradicting, contract)
        examples = found.examples
    inserted, updated = written.rows_of(INSERTED), written.rows_of(UPDATED)
    return Curated(
        name=contract.name,
        inserted=inserted,
        updated=updated,
        superseded=written.rows_of(SUPERSEDED),
        quarantined=written.rows_of(QUARANTINED),
        table=_change(job, contract, published, written) if inserted or updated else published,
        examples=examples,
    )


def _change(job: Curate, contract: Contract, published: Version, decided: Folders) -> Version:
    """Bring the winners into the table.

    Raises ArithmeticError when Iceberg has counted others than were decided to be inserted and updated.
    """
    spec = TableSpec.of_dataset(contract)
    inserted, updated = decided.rows_of(INSERTED), decided.rows_of(UPDATED)
    winners = job.lake.read_parts(decided, contract.ddl, {INSERTED, UPDATED})
    job.lake.begin_table(spec, job.run.run_id, published)
    change = job.lake.change_table(winners, spec, job.run.run_id, published, updated)
    if (change.added, change.removed) != (inserted + updated, updated):
        raise ArithmeticError(
            f"{contract.name}: {inserted} rows were to be inserted and {updated} updated, but the table got "
            f"{change.added} rows and lost {change.removed}"
        )
    return change.version

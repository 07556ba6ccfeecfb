"""Merges the accepted rows of a run with the published tables, partition by partition."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

from etl.contracts import Contract
from etl.jobs.accounting import Curated, Ingested
from etl.jobs.run import Records, Run, contracts_of
from etl.logs import Stages
from etl.storage.lake import Lake
from etl.storage.snapshot import Snapshot, Table
from etl.storage.staging import read_accepted, staged_ddl
from etl.transforms.duplicates import DISPOSITION, QUARANTINED, SUPERSEDED
from etl.transforms.judging import quarantined
from etl.transforms.merging import (
    INSERTED,
    LEFT_LABEL,
    UPDATED,
    changed_labels,
    classify,
    partition_value,
    rewrite,
)


@dataclass(frozen=True)
class Curate:
    """What the steps of one curate share."""

    run: Run
    lake: Lake
    published: Snapshot
    stages: Stages


def run(spark: SparkSession, run: Run) -> None:
    """Merge what ingest accepted.

    New folders below `curated/`, and the record `runs/run=<id>/curate.json`.
    """
    lake = Lake(spark, run.output)
    records = Records(lake.files, run)
    ingested = records.previous("ingest")["datasets"]
    records.claim("curate")
    job = Curate(run, lake, lake.published(), Stages())
    contracts = contracts_of(spark, run)

    def curate(contract: Contract) -> Curated:
        return _curate(job, contract, Ingested.parse(ingested[contract.name]))

    with ThreadPoolExecutor(len(contracts)) as pool:
        done = list(pool.map(curate, contracts.values()))
    records.save(
        "curate",
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
            curated = _first(job, contract, ingested)
        else:
            curated = _merge(job, contract, ingested, published)
        stage.rows_out = curated.inserted + curated.updated
        return curated


def _first(job: Curate, contract: Contract, ingested: Ingested) -> Curated:
    """Nothing is published yet: every accepted row is new."""
    rows = read_accepted(job.lake, ingested.staged, contract)
    table = _write(job, contract, rows)
    return Curated(contract.name, table.rows, 0, 0, 0, table)


def _merge(job: Curate, contract: Contract, ingested: Ingested, published: Table) -> Curated:
    lake = job.lake
    batch = read_accepted(lake, ingested.staged, contract, staged_ddl(contract))
    decided = classify(batch, lake.read_table(published, contract.ddl), contract)
    folder = job.run.folder("staged", contract.name)
    written = lake.write_table(decided, contract.name, f"{folder}/decided", DISPOSITION)
    counts: Mapping[str, int] = {disposition: part.rows for disposition, part in written.parts.items()}
    ddl = f"{staged_ddl(contract)}, `{LEFT_LABEL}` string"
    if counts.get(QUARANTINED):
        contradicting = quarantined(lake.read_table(written, ddl, {QUARANTINED}), contract)
        quarantine = job.run.folder("quarantine", contract.name)
        lake.write_table(contradicting.coalesce(1), contract.name, f"{quarantine}/step=curate")
    winners = lake.read_table(written, ddl, {INSERTED, UPDATED})
    table = _replace(job, contract, published, winners, counts.get(INSERTED, 0))
    return Curated(
        name=contract.name,
        inserted=counts.get(INSERTED, 0),
        updated=counts.get(UPDATED, 0),
        superseded=counts.get(SUPERSEDED, 0),
        quarantined=counts.get(QUARANTINED, 0),
        table=table,
    )


def _replace(job: Curate, contract: Contract, published: Table, winners: DataFrame, inserted: int) -> Table:
    """Write the partitions that change; all others stay the folders they are.

    Raises ArithmeticError when the table would not hold exactly the inserted rows more than before.
    """
    labels = {row["label"] for row in changed_labels(winners, contract).collect()}
    if not labels:
        return published
    before = job.lake.read_table(published, contract.ddl, labels)
    changed = _write(job, contract, rewrite(before, winners, contract))
    kept = {label: part for label, part in published.parts.items() if label not in labels}
    table = Table(contract.name, {**kept, **changed.parts})
    if table.rows != published.rows + inserted:
        raise ArithmeticError(
            f"{contract.name}: {published.rows} rows and {inserted} inserted ones became {table.rows}"
        )
    return table


def _write(job: Curate, contract: Contract, rows: DataFrame) -> Table:
    folder = job.run.folder("curated", contract.name)
    partition = contract.partition_by
    if partition is None:
        return job.lake.write_table(rows, contract.name, folder)
    cut = rows.withColumn(partition.name, partition_value(contract))
    return job.lake.write_table(cut, contract.name, folder, partition.name)

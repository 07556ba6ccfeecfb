"""Builds the marts, audits the run, leaves results.json, and publishes the run's tables by one pointer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyspark.sql import SparkSession

from etl.batch.accounting import Account, Curated, Ingested
from etl.batch.audit import Check, check_dataset, check_files, violations
from etl.batch.building import Curation, build
from etl.batch.results import dataset_result, run_result
from etl.batch.run import Incomplete, Records, Rejected, Run, contracts_of, lake_of
from etl.logs import Stages, log
from etl.model import Contract
from etl.model.layout import CURATE_JOB, INGEST_JOB, MARTS_JOB, RUN_DATE_KEY
from etl.sources.records import published_marker
from etl.storage.files import Files
from etl.storage.lake import utc_now
from etl.storage.snapshot import Snapshot


def run(spark: SparkSession, run: Run) -> None:
    """Finish a run.

    Raises Rejected when a promise of a contract is broken: quarantine and results.json are there, the pointer
    stays. Raises Incomplete, after the rest is published, when data of the input was left out.
    """
    lake = lake_of(spark, run)
    records = Records(lake.files, run)
    ingested, curated = records.previous(INGEST_JOB), records.previous(CURATE_JOB)
    records.claim(MARTS_JOB)
    left_out = ingested.get("left_out", [])
    contracts = contracts_of(spark, run, ingested["datasets"])
    accounts = {name: _account(contract, ingested, curated) for name, contract in contracts.items()}
    tables = {name: account.curated.table for name, account in accounts.items()}
    stages = Stages()
    before = lake.published().tables
    built = build(Curation(lake, contracts, tables, before), run, stages)
    checks = {name: _checks(contracts[name], account, run) for name, account in accounts.items()}
    broken = [violation for of_dataset in checks.values() for violation in violations(of_dataset)]
    written = {**tables, **built.tables}
    # What this run is not about stays published as it is.
    snapshot = Snapshot(run.run_id, run.run_date.isoformat(), run.release, "", {**before, **written})
    done = [*ingested["stages"], *curated["stages"], *stages.as_results()]
    results = {
        **run_result(run, ingested["started_at"], done, broken),
        "left_out": left_out,
        "datasets": [dataset_result(c, accounts[name], checks[name]) for name, c in contracts.items()],
        "distributions": built.distributions,
        "marts": built.marts,
        "tables": [table.as_result(lake.files.root, before.get(table.name)) for table in written.values()],
        "planted": _planted(spark, run),
    }
    records.save_results(results)
    if broken:
        raise Rejected(broken)
    lake.publish_tables(snapshot, base=curated["base"])
    for name in ingested.get("archived", []):
        # The stream may let go of the day.
        marker = {"run_id": run.run_id, "published_at": utc_now()}
        lake.files.replace_json(published_marker(name, run.run_date.isoformat()), marker)
    log.info("published", extra={"stage": "publish", "rows": sum(t.rows for t in snapshot.tables.values())})
    if left_out:
        raise Incomplete(left_out)


def _planted(spark: SparkSession, run: Run) -> Any:
    """What the generator says of a batch that it made."""
    if run.contracts is not None or run.replay is not None:
        return None
    return Files(spark, run.input).read_json(f"_planted/{RUN_DATE_KEY}={run.run_date}/planted.json")


def _account(contract: Contract, ingested: Mapping[str, Any], curated: Mapping[str, Any]) -> Account:
    return Account(
        Ingested.parse(ingested["datasets"][contract.name]),
        Curated.parse(curated["datasets"][contract.name]),
        contract.unique_code,
    )


def _checks(contract: Contract, account: Account, run: Run) -> list[Check]:
    read = account.ingested.staged.read
    if run.replay is None:
        files = check_files(contract, account.ingested.files_read, len(account.ingested.refused))
        return [*check_dataset(contract, read, account.reasons, account.ingested.newest, run.run_date), files]
    # These rows have been refused before: how many still are says nothing against those that no longer are.
    rows_alone = replace(contract, freshness=None, volume=None)
    checks = check_dataset(rows_alone, read, account.reasons, None, run.run_date)
    return [replace(check, severity="warning") for check in checks]

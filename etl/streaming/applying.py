"""Brings what was decided about a slice into the tables. Doing it again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pyspark.sql import functions as F

from etl.model import Contract
from etl.rules.duplicates import INSERTED, SUPERSEDED, UPDATED
from etl.rules.positions import KEPT, VERSION
from etl.rules.versions import version_of
from etl.storage.lake import Lake, utc_now
from etl.streaming.deciding import decided_ddl
from etl.streaming.ledger import Entry, Ledger
from etl.streaming.live import Live
from etl.streaming.ownership import Ownership
from etl.streaming.streamed import Streamed


def apply(
    lake: Lake, contract: Contract, live: Live, ledger: Ledger, owner: Ownership, entry: Entry
) -> Entry:
    """Merge the winners of an entry into the live table and close the entry in the ledger.

    Raises TakenOverError when another process owns the dataset.
    """
    decided = decided_ddl(contract)
    if contract.version_column and (valid := entry.folders(INSERTED, UPDATED, SUPERSEDED)):
        kept = lake.read_folders(valid, decided).where(F.col(KEPT))
        owner.require(contract.name)
        live.keep_versions(kept.withColumn(VERSION, version_of(contract)), entry.run_date)
    if winners := entry.folders(INSERTED, UPDATED):
        owner.require(contract.name)
        all_new = not entry.folders(UPDATED)
        live.merge(lake.read_folders(winners, decided), entry.run_date, entry.number, all_new)
    owner.require(contract.name)
    if entry.replaced:
        lake.files.delete(entry.replaced)
    applied = replace(entry, applied_at=utc_now(), snapshot=live.snapshot())
    ledger.apply(applied)
    return applied


def note(owner: Ownership, stream: Streamed, day: str, **changes: Any) -> None:
    """Write an entry without records into the ledger, with changes by the names of its fields.

    Raises TakenOverError when another process owns the dataset, or has taken the entry's number.
    """
    name, ledger = stream.contract.name, stream.ledger
    entry = replace(ledger.without_records(owner.generations[name], day), **changes, decided_at=utc_now())
    owner.require(name)
    ledger.decide(entry)
    ledger.apply(replace(entry, applied_at=utc_now(), snapshot=stream.live.snapshot()))

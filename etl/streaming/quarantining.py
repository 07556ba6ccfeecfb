"""Shows refused records of a stream in quarantine, and counts the reasons against them."""

from __future__ import annotations

from etl.model import Contract
from etl.model.layout import QUARANTINE_ZONE, RUN_KEY, STEP_KEY, STREAM_JOB
from etl.rules.duplicates import QUARANTINED
from etl.rules.examples import Quarantined, count_reasons, told
from etl.rules.judging import quarantined
from etl.rules.positions import PENDING
from etl.storage.folders import Folders
from etl.storage.lake import Lake
from etl.streaming.deciding import WAITING, decided_ddl
from etl.streaming.ledger import RELEASED


def put_aside(lake: Lake, contract: Contract, decided: Folders, name: str) -> tuple[str, Quarantined]:
    """Write refused records to quarantine; those that wait go to a folder that the next entry replaces.

    Return the folder of those that wait, and what is told of the new ones.
    """
    run = f"{QUARANTINE_ZONE}/{contract.name}/{RUN_KEY}={STREAM_JOB}-{name}"
    waiting = f"{run}/{STEP_KEY}={WAITING}"
    groups = {
        f"{run}/{STEP_KEY}={STREAM_JOB}": (QUARANTINED, RELEASED + QUARANTINED),
        waiting: (PENDING, WAITING),
    }
    for folder, labels in groups.items():
        if any(decided.rows_of(label) for label in labels):
            rows = lake.read_parts(decided, decided_ddl(contract), labels)
            lake.write_folders(quarantined(rows, contract).coalesce(1), contract.name, folder)
    return waiting, _told_of_new(lake, contract, decided)


def _told_of_new(lake: Lake, contract: Contract, decided: Folders) -> Quarantined:
    new = [label for label in (QUARANTINED, PENDING) if decided.rows_of(label)]
    if not new:
        return Quarantined({}, {})
    rows = lake.read_parts(decided, decided_ddl(contract), new)
    return told(count_reasons(quarantined(rows, contract), contract).collect(), contract)

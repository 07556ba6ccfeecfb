"""Shows refused records of a stream in quarantine, and counts the reasons against them."""

from __future__ import annotations

from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import QUARANTINE_ZONE, REASONS_COLUMN, RUN_KEY, STEP_KEY, STREAM_JOB
from etl.rules.duplicates import QUARANTINED
from etl.rules.judging import quarantined
from etl.rules.positions import PENDING
from etl.storage.folders import Folders
from etl.storage.lake import Lake
from etl.streaming.deciding import RELEASED, RETRIED, WAITING, decided_ddl


def put_aside(lake: Lake, contract: Contract, decided: Folders, name: str) -> tuple[str, dict[str, int]]:
    """Write refused records to quarantine, and those that wait to a folder of their own, which the next entry replaces.

    Return the folder of those that wait, and the new records by reason code.
    """
    run = f"{QUARANTINE_ZONE}/{contract.name}/{RUN_KEY}={STREAM_JOB}-{name}"
    waiting = f"{run}/{STEP_KEY}={WAITING}"
    groups = {
        f"{run}/{STEP_KEY}={STREAM_JOB}": (QUARANTINED, RELEASED + QUARANTINED),
        waiting: (PENDING, WAITING),
    }
    reasons: dict[str, int] = {}
    for folder, labels in groups.items():
        if not any(decided.rows_of(label) for label in labels):
            continue
        rows = lake.read_parts(decided, decided_ddl(contract), labels)
        lake.write_folders(quarantined(rows, contract).coalesce(1), contract.name, folder)
        new = rows.where(~F.col(RETRIED)).select(F.explode(REASONS_COLUMN).alias("code"))
        for row in new.groupBy("code").count().collect():
            reasons[row["code"]] = reasons.get(row["code"], 0) + row["count"]
    return waiting, dict(sorted(reasons.items()))

"""Puts rows aside for good, and tells what is among them without anything personal."""

from __future__ import annotations

from pyspark.sql import DataFrame

from etl.batch.run import Run
from etl.model import Contract
from etl.model.layout import QUARANTINE_ZONE, STEP_KEY
from etl.rules.examples import Quarantined, count_reasons, told
from etl.rules.judging import quarantine_ddl, quarantined
from etl.storage.lake import Lake


def put_aside(
    lake: Lake, run: Run, step: str, rows: DataFrame, contract: Contract
) -> tuple[int, Quarantined]:
    """Write what a step of a run refused, as it was read; return how many rows, and what is told of them."""
    folder = f"{run.folder(QUARANTINE_ZONE, contract.name)}/{STEP_KEY}={step}"
    written = lake.write_folders(quarantined(rows, contract).coalesce(1), contract.name, folder)
    kept = lake.read_parts(written, quarantine_ddl(contract))
    return written.rows, told(count_reasons(kept, contract).collect(), contract)

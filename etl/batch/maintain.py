"""Maintains the published tables, and leaves a record of what that saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from etl.batch.run import records_folder
from etl.logs import Stages, log
from etl.model.layout import MAINTAIN_JOB, MAINTENANCE_RECORD
from etl.storage.lake import Lake, utc_now
from etl.storage.maintenance import Upkeep
from etl.storage.snapshot import Version

SCHEMA_VERSION = 1


def run(lake: Lake, run_id: str) -> None:
    """Compact every published table, and remove what no run and nobody who looks back can need.

    The record is `runs/run=<id>/maintenance.json`. Must not run beside a batch.
    Raises FileExistsError when the run id was used before.
    """
    folder, started = records_folder(run_id), utc_now()
    claim = {"job": MAINTAIN_JOB, "started_at": started}
    if not lake.files.create_json(f"{folder}/{MAINTAIN_JOB}.started.json", claim):
        raise FileExistsError(
            f"{lake.files.path(folder)}: run id {run_id!r} was used before; take another --run-id"
        )
    lake.take_over([])
    lake.follow_pointer()
    published = lake.published()
    upkeep, stages = Upkeep(lake, datetime.now(timezone.utc)), Stages()
    stored = {name: upkeep.stored(version) for name, version in published.tables.items()}
    compacted: dict[str, Version] = {}
    for name, version in published.tables.items():
        with stages.stage(f"compact {name}") as stage:
            compacted[name] = upkeep.compact(version)
            stage.rows_in = stage.rows_out = version.rows
    # Other snapshots with the same rows: the run that is published stays the same.
    lake.republish(published, compacted)
    tables = []
    for name, version in compacted.items():
        with stages.stage(f"clean {name}"):
            before = _size(published.tables[name])
            tables.append({"before": before, "stored_before": stored[name], **_clean(upkeep, version)})
    record = {
        "schema_version": SCHEMA_VERSION,
        "run_id": run_id,
        "started_at": started,
        "finished_at": utc_now(),
        "published_run": published.run_id,
        "stages": stages.as_results(),
        "tables": tables,
    }
    lake.files.replace_json(f"{folder}/{MAINTENANCE_RECORD}", record)
    log.info("saved", extra={"stage": MAINTAIN_JOB, **_saved(tables)})


def _clean(upkeep: Upkeep, version: Version) -> dict[str, Any]:
    """Remove what nobody needs of a table, and say what is left."""
    return {
        "name": version.name,
        "zone": version.zone,
        "rows": version.rows,
        "after": _size(version),
        "branches_dropped": upkeep.drop_branches(version),
        "snapshots_expired": upkeep.expire(version),
        "orphans_removed": upkeep.remove_orphans(version),
        "stored_after": upkeep.stored(version),
    }


def _size(version: Version) -> dict[str, int]:
    return {"files": version.files, "bytes": version.bytes}


def _saved(tables: list[dict[str, Any]]) -> Mapping[str, int]:
    return {
        unit: sum(table["stored_before"][unit] - table["stored_after"][unit] for table in tables)
        for unit in ("files", "bytes")
    }

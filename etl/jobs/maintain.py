"""Maintains the published tables, and leaves a record of what that saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from etl.logs import Stages, log
from etl.storage.lake import Lake, utc_now
from etl.storage.maintenance import Upkeep
from etl.storage.snapshot import Version

SCHEMA_VERSION = 1


def run(lake: Lake, run_id: str) -> None:
    """Compact every published table, and remove what no run and nobody who looks back can need.

    The record is `runs/run=<id>/maintenance.json`. Must not run beside a batch.
    Raises FileExistsError when the run id was used before.
    """
    started = utc_now()
    folder = f"runs/run={run_id}"
    if not lake.files.create_json(
        f"{folder}/maintain.started.json", {"job": "maintain", "started_at": started}
    ):
        raise FileExistsError(
            f"{lake.files.path(folder)}: run id {run_id!r} was used before; take another --run-id"
        )
    lake.take_over([])
    lake.follow_pointer()
    published = lake.published()
    upkeep, stages = Upkeep(lake, datetime.now(timezone.utc)), Stages()
    before = {name: upkeep.stored(version) for name, version in published.tables.items()}
    dropped = {name: upkeep.drop_branches(version) for name, version in published.tables.items()}
    compacted: dict[str, Version] = {}
    for name, version in published.tables.items():
        with stages.stage(f"compact {name}") as stage:
            compacted[name] = upkeep.compact(version)
            stage.rows_in = stage.rows_out = version.rows
    # Another snapshot with the same rows: the run that is published stays the same.
    lake.republish(published, compacted)
    records = []
    for name, version in compacted.items():
        with stages.stage(f"clean {name}"):
            expired, orphans = upkeep.expire(version), upkeep.remove_orphans(version)
        records.append(
            {
                "name": name,
                "zone": version.zone,
                "rows": version.rows,
                "before": _size(published.tables[name]),
                "after": _size(version),
                "stored_before": before[name],
                "stored_after": upkeep.stored(version),
                "snapshots_expired": expired,
                "branches_dropped": dropped[name],
                "orphans_removed": orphans,
            }
        )
    record = {
        "schema_version": SCHEMA_VERSION,
        "run_id": run_id,
        "started_at": started,
        "finished_at": utc_now(),
        "published_run": published.run_id,
        "stages": stages.as_results(),
        "tables": records,
    }
    lake.files.replace_json(f"{folder}/maintenance.json", record)
    log.info("saved", extra={"stage": "maintain", **_saved(records)})


def _size(version: Version) -> dict[str, int]:
    return {"files": version.files, "bytes": version.bytes}


def _saved(records: list[dict[str, Any]]) -> Mapping[str, int]:
    return {
        unit: sum(record["stored_before"][unit] - record["stored_after"][unit] for record in records)
        for unit in ("files", "bytes")
    }

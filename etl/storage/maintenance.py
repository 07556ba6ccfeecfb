"""Upkeep of tables: small files are joined, and what nobody can ask for any more is removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pyspark.sql import Row

from etl.storage.catalog import literal
from etl.storage.lake import Lake
from etl.storage.snapshot import Version
from etl.storage.tables import MAIN, published_version

#: A branch that is older belongs to a run that will not come back.
ABANDONED = timedelta(days=1)

#: A file that no snapshot names may belong to a commit under way; Iceberg's own default for it.
ORPHAN_AGE = timedelta(days=3)

#: Data files with this many delete files are written anew, and so are groups of five small files (Iceberg
#: documentation, "Spark Procedures", `rewrite_data_files`). As one writer is at work, what is written may be
#: newer than every delete: those of the last commit would otherwise count as deletes of it, and stay.
REWRITE = {
    "delete-file-threshold": "3",
    "remove-dangling-deletes": "true",
    "use-starting-sequence-number": "false",
}


@dataclass(frozen=True)
class Upkeep:
    """Upkeep of one lake at one moment."""

    lake: Lake
    now: datetime

    def drop_branches(self, version: Version) -> list[str]:
        """Drop the branches of runs that never published; return their names."""
        table = self._table(version)
        latest = self.now - ABANDONED
        names = [
            str(name)
            for name, ref in dict(table.refs()).items()
            if ref.isBranch() and name != MAIN and _moment(table.snapshot(ref.snapshotId())) < latest
        ]
        changes = table.manageSnapshots()
        for name in names:
            changes = changes.removeBranch(name)
        if names:
            changes.commit()
        return names

    def compact(self, version: Version) -> Version:
        """Join small files and merge deletes into data files; return the version that `main` is now."""
        self._call("rewrite_data_files", version, _rewriting())
        return published_version(self._table(version), version)

    def expire(self, version: Version) -> int:
        """Drop snapshots that were not current in the time that is kept, and their files; return how many."""
        table = self._table(version)
        before = table.snapshots()
        count = sum(1 for _ in before)
        moment = f"older_than => TIMESTAMP {literal(_sql(self._horizon(table)))}"
        self._call("expire_snapshots", version, moment)
        return count - sum(1 for _ in self._table(version).snapshots())

    def remove_orphans(self, version: Version) -> int:
        """Remove files that no snapshot names; return how many."""
        moment = f"older_than => TIMESTAMP {literal(_sql(self.now - ORPHAN_AGE))}"
        return len(self._call("remove_orphan_files", version, moment))

    def stored(self, version: Version) -> dict[str, int]:
        """Files and bytes in a table's folder, whatever they are for."""
        files = self.lake.files.walked(f"{version.zone}/{version.name}")
        return {"files": len(files), "bytes": sum(file.size for file in files)}

    def _horizon(self, table: Any) -> datetime:
        """The moment of the snapshot that was current when the kept time began: it and later ones stay."""
        begin = self.now - self.lake.tables.kept
        snapshot, moment = table.currentSnapshot(), self.now
        while snapshot is not None and moment > begin:
            moment = _moment(snapshot)
            parent = snapshot.parentId()
            snapshot = None if parent is None else table.snapshot(parent)
        return min(moment, begin)

    def _table(self, version: Version) -> Any:
        return self.lake.tables.load(version.zone, version.name)

    def _call(self, procedure: str, version: Version, more: str) -> list[Row]:
        return _call(self.lake, procedure, version.zone, version.name, more)


def join_files(lake: Lake, zone: str, name: str) -> None:
    """Join the small files of a table and merge its deletes.

    What is deleted meanwhile from a file that is joined makes one of both commits fail: for a table with one
    writer, who calls this between two commits, or one that nothing is deleted from.
    """
    _call(lake, "rewrite_data_files", zone, name, _rewriting())


def drop_snapshots(lake: Lake, zone: str, name: str, older_than: datetime) -> None:
    """Drop the snapshots of a table that are older than a moment, and their files; others may write."""
    _call(lake, "expire_snapshots", zone, name, f"older_than => TIMESTAMP {literal(_sql(older_than))}")


def _rewriting() -> str:
    options = ", ".join(f"{literal(key)}, {literal(value)}" for key, value in REWRITE.items())
    return f"options => map({options})"


def _call(lake: Lake, procedure: str, zone: str, name: str, more: str) -> list[Row]:
    catalog, database, table = lake.tables.identifier(zone, name).split(".")
    named = f"table => {literal(f'{database}.{table}')}"
    return lake.spark.sql(f"CALL {catalog}.system.{procedure}({named}, {more})").collect()


def _moment(snapshot: Any) -> datetime:
    return datetime.fromtimestamp(snapshot.timestampMillis() / 1000, timezone.utc)


def _sql(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")

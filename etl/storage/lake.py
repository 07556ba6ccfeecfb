"""The only door to stored tables.

`read_table`, `write_table`, `publish_tables`. Another table format comes in here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timezone
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.storage.files import Files
from etl.storage.manifests import WRITTEN, list_files, manifest_of
from etl.storage.snapshot import WHOLE, Part, Snapshot, Table

POINTER = "published/current.json"


class Lake:
    """The tables below one root, and the pointer that says which folders they are."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        """Bind to a root path or URI; nothing is read or created yet."""
        self.spark = spark
        self.files = Files(spark, root)

    def published(self) -> Snapshot:
        """What the pointer names now."""
        return Snapshot.parse(self.files.read_json(POINTER))

    def read_table(self, table: Table, ddl: str, labels: Collection[str] | None = None) -> DataFrame:
        """Read a table, or the partitions of it that are asked for, with the given columns (SQL DDL)."""
        chosen = [part for label, part in table.parts.items() if labels is None or label in labels]
        return self.read_folders([part.folder for part in chosen], ddl)

    def read_folders(self, folders: Iterable[str], ddl: str) -> DataFrame:
        """Read folders that this package wrote; none at all is an empty table."""
        paths = [self.files.path(folder) for folder in folders]
        reader = self.spark.read.schema(ddl)
        return reader.parquet(*paths) if paths else self.spark.createDataFrame([], ddl)

    def write_table(self, rows: DataFrame, name: str, folder: str, partition: str | None = None) -> Table:
        """Write rows to a new folder and describe what is there, counted from the files.

        `folder` is relative (`curated/orders/run=<id>`), `partition` the column whose values become folders
        and labels.
        Raises AnalysisException when the folder exists: what a run wrote is never written over.
        """
        writer = rows.write.mode("errorifexists")
        if partition is not None:
            writer = writer.partitionBy(partition)
        writer.parquet(self.files.path(folder))
        return self.describe(name, folder, partition)

    def describe(self, name: str, folder: str, partition: str | None = None) -> Table:
        """Count the rows, files and bytes of each partition of a folder, from its files."""
        sizes: dict[str, list[int]] = {}
        for file in self.files.walked(folder):
            within = file.path.split(f"/{folder}/", 1)[1]
            sizes.setdefault(within.rpartition("/")[0], []).append(file.size)
        rows = self._rows(folder, partition) if sizes else {}
        parts = {}
        for below, of_files in sizes.items():
            label = unquote(below.partition("=")[2])
            place = f"{folder}/{below}".rstrip("/")
            parts[label] = Part(
                folder=place, rows=rows.get(label, 0), files=len(of_files), bytes=sum(of_files)
            )
        return Table(name, parts)

    def publish_tables(self, candidate: Snapshot, base: str) -> Snapshot:
        """Move the pointer to the candidate's tables, the one step that decides; the manifests follow.

        `base` is the run that the candidate was built upon. Publishing what is published already changes
        nothing but manifests that an interrupted publication left behind. Raises RuntimeError when another
        run published meanwhile, FileNotFoundError when a file of the candidate is gone; the pointer stays.
        """
        current = self.published()
        if current.run_id == candidate.run_id and current.tables == candidate.tables:
            self.mend_manifests()
            return current
        if current.run_id != base:
            raise RuntimeError(
                f"{self.files.path(POINTER)} names run {current.run_id or 'none'!r}, but "
                f"{candidate.run_id!r} was built upon {base or 'none'!r}: "
                "another run published meanwhile; start a new run"
            )
        stamped = Snapshot(
            candidate.run_id, candidate.run_date, candidate.release, utc_now(), candidate.tables
        )
        manifests = list_files(self.files, stamped)
        self.files.replace_json(POINTER, stamped.as_document())
        self._write_manifests(stamped, manifests)
        return stamped

    def mend_manifests(self) -> None:
        """Write the manifests of what the pointer names, unless they are those already.

        They are not after a run was killed between the two, or in a lake that was copied to another place.
        """
        published = self.published()
        if published.run_id and self.files.read_json(WRITTEN) != self._written_for(published):
            self._write_manifests(published, list_files(self.files, published))

    def _write_manifests(self, snapshot: Snapshot, manifests: Mapping[str, str]) -> None:
        for name, text in manifests.items():
            self.files.replace_text(manifest_of(name), text)
        now = self.published()
        if now.run_id != snapshot.run_id:
            # A run published meanwhile, and these may have been put over its manifests.
            self._write_manifests(now, list_files(self.files, now))
            return
        self.files.replace_json(WRITTEN, self._written_for(snapshot))

    def _written_for(self, snapshot: Snapshot) -> dict[str, str]:
        return {"run_id": snapshot.run_id, "root": self.files.root}

    def _rows(self, folder: str, partition: str | None) -> dict[str, int]:
        # Without a column to read, Parquet answers a count from the footers of its files.
        stored = self.spark.read.parquet(self.files.path(folder))
        label = F.lit(WHOLE) if partition is None else F.col(partition).cast("string")
        counted = stored.groupBy(label.alias("label")).count()
        return {row["label"]: row["count"] for row in counted.collect()}


def utc_now() -> str:
    """This moment, for the record only: no result depends on it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""The only door to stored tables.

`read_table`, `write_table`, `publish_tables`. Another table format comes in here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timezone
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.storage.files import Files
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
        """Move the pointer to the candidate's tables: the one step that readers notice.

        `base` is the run that the candidate was built upon. Raises RuntimeError when another run published
        meanwhile.
        """
        current = self.published().run_id
        if current != base:
            raise RuntimeError(
                f"{self.files.path(POINTER)} names run {current or 'none'!r}, but {candidate.run_id!r} "
                f"was built upon {base or 'none'!r}: another run published meanwhile; start a new run"
            )
        stamped = Snapshot(
            candidate.run_id, candidate.run_date, candidate.release, utc_now(), candidate.tables
        )
        self.files.replace_json(POINTER, stamped.as_document())
        return stamped

    def _rows(self, folder: str, partition: str | None) -> dict[str, int]:
        # Without a column to read, Parquet answers a count from the footers of its files.
        stored = self.spark.read.parquet(self.files.path(folder))
        label = F.lit(WHOLE) if partition is None else F.col(partition).cast("string")
        counted = stored.groupBy(label.alias("label")).count()
        return {row["label"]: row["count"] for row in counted.collect()}


def utc_now() -> str:
    """This moment, for the record only: no result depends on it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""The only door to what is stored.

Tables by snapshot (`read_table`, `replace_table`, `change_table`, `publish_tables`), and the folders that
steps of a run leave for each other (`read_folders`, `write_folders`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.model.contract import table_ddl
from etl.model.layout import PUBLISHED_POINTER
from etl.storage.catalog import TableSpec
from etl.storage.files import Files, StoredFile
from etl.storage.folders import WHOLE, Folders, Part
from etl.storage.pointer import Pointer
from etl.storage.snapshot import Snapshot, Version
from etl.storage.tables import KEPT, Change, Tables, branch_of

#: Tables that are committed to at once, and files that are opened at once.
CONCURRENT = 8

#: The rows of so many files are looked up one by one; those of more, by a job on all executors.
FEW_FILES = 64


class Lake:
    """The tables below one root, and the pointer that says which of their snapshots are published."""

    def __init__(
        self, spark: SparkSession, root: str, database_prefix: str = "", kept: timedelta = KEPT
    ) -> None:
        """Bind to a root path or URI; nothing is read or created yet.

        `database_prefix` goes before `curated` and `marts` in a catalog that has more than this lake. `kept`
        says for how long what was published can still be read.
        """
        self.spark = spark
        self.files = Files(spark, root)
        self._pointer = Pointer(spark, self.files, PUBLISHED_POINTER)
        self._prefix = database_prefix
        self.tables = Tables(spark, self.files.root, database_prefix, kept)

    def beside(self, settings: Mapping[str, str]) -> Lake:
        """Return this lake for work that goes on at the same time, in a session with settings of its own."""
        spark = self.spark.newSession()
        for key, value in settings.items():
            spark.conf.set(key, value)
        return Lake(spark, self.files.root, self._prefix, self.tables.kept)

    def published(self) -> Snapshot:
        """What the pointer names now."""
        return self._read()[0]

    def read_table(self, version: Version, ddl: str) -> DataFrame:
        """Read a table as a run left it, with the given columns (SQL DDL); NULL where it has none."""
        rows = self.tables.read(version)
        names = set(rows.columns)
        wanted: Any = T._parse_datatype_string(ddl)
        return rows.select(*[_column(field, field.name in names) for field in wanted.fields])

    def read_parts(self, folders: Folders, ddl: str, labels: Collection[str] | None = None) -> DataFrame:
        """Read folders, or those of the labels that are asked for, with the given columns (SQL DDL)."""
        chosen = [part for label, part in folders.parts.items() if labels is None or label in labels]
        return self.read_folders([part.folder for part in chosen], ddl)

    def read_folders(self, folders: Iterable[str], ddl: str) -> DataFrame:
        """Read folders that this package wrote; none at all is an empty table."""
        paths = [self.files.path(folder) for folder in folders]
        reader = self.spark.read.schema(ddl)
        return reader.parquet(*paths) if paths else self.spark.createDataFrame([], ddl)

    def columns_of(self, folder: str) -> list[str]:
        """The columns of a folder that this package wrote."""
        return self.spark.read.parquet(self.files.path(folder)).columns

    def write_folders(self, rows: DataFrame, name: str, folder: str, partition: str | None = None) -> Folders:
        """Write rows to a new folder and describe what is there, counted from the files.

        `folder` is relative (`staged/orders/run=<id>`), `partition` the column whose values become folders
        and labels.
        Raises AnalysisException when the folder exists: what a run wrote is never written over.
        """
        writer = rows.write.mode("errorifexists")
        if partition is not None:
            writer = writer.partitionBy(partition)
        writer.parquet(self.files.path(folder))
        return self.describe(name, folder, partition)

    def describe(self, name: str, folder: str, partition: str | None = None) -> Folders:
        """Count the rows, files and bytes of each partition of a folder, from its files."""
        found: dict[str, list[StoredFile]] = {}
        for file in self.files.walked(folder):
            below = file.path.split(f"/{folder}/", 1)[1].rpartition("/")[0]
            found.setdefault(below, []).append(file)
        few = sum(len(files) for files in found.values()) <= FEW_FILES
        rows = self._rows_by_footers(found) if few else self._rows_by_spark(folder, partition)
        parts = {}
        for below, files in found.items():
            label = _label(below)
            parts[label] = Part(
                folder=f"{folder}/{below}".rstrip("/"),
                rows=rows.get(label, 0),
                files=len(files),
                bytes=sum(file.size for file in files),
            )
        return Folders(name, parts)

    def begin_table(self, spec: TableSpec, run_id: str, base: Version | None) -> None:
        """Make or evolve a table, and open the run's branch of it, with the rows of `base` or with none."""
        self.tables.begin(spec, branch_of(run_id), base)

    def replace_table(self, rows: DataFrame, spec: TableSpec, run_id: str) -> Version:
        """Make the rows all that a table holds, in the run's branch."""
        return self.tables.replace(rows, spec, branch_of(run_id))

    def change_table(
        self, rows: DataFrame, spec: TableSpec, run_id: str, base: Version, updated: int
    ) -> Change:
        """Bring new rows and new versions of rows into a table, in the run's branch, which began with `base`.

        `updated` says how many of them are new versions: without any, nothing has to be looked for.
        """
        write = self.tables.merge if updated else self.tables.append
        return write(rows, spec, branch_of(run_id), base)

    def publish_tables(self, candidate: Snapshot, base: str) -> Snapshot:
        """Move the pointer to the candidate's tables, the one step that decides; what others see follows.

        `base` is the run that the candidate was built upon. Publishing what is published already changes
        nothing but what an interrupted publication left behind. Raises RuntimeError when another run
        published meanwhile, be it at this moment, FileNotFoundError when a snapshot of the candidate is gone;
        the pointer stays.
        """
        current, version = self._read()
        if current.run_id == candidate.run_id and current.tables == candidate.tables:
            self.follow_pointer()
            return current
        if current.run_id != base:
            raise RuntimeError(
                f"{self.files.path(PUBLISHED_POINTER)} names run {current.run_id or 'none'!r}, but "
                f"{candidate.run_id!r} was built upon {base or 'none'!r}: "
                "another run published meanwhile; start a new run"
            )
        self._require(candidate)
        stamped = replace(candidate, published_at=utc_now())
        self._pointer.replace(stamped.as_document(), version)
        self._follow(stamped)
        return stamped

    def follow_pointer(self) -> None:
        """Let every engine see what the pointer names, after a kill, or where it was put back."""
        self._follow(self.published())

    def take_over(self, specs: Iterable[TableSpec]) -> None:
        """Bring what an earlier release published, folders of Parquet files, into tables, and publish these.

        The pointer goes on naming the same run; nothing happens when it names tables already.
        """
        published, version = self._read()
        if not published.folders:
            return
        known = {spec.name: spec for spec in specs}
        with ThreadPoolExecutor(CONCURRENT) as pool:
            taken = pool.map(
                lambda folders: self._take(folders, known.get(folders.name), published.run_id),
                published.folders.values(),
            )
            tables = {version.name: version for version in taken}
        stamped = replace(published, tables=tables, folders={})
        self._pointer.replace(stamped.as_document(), version)
        self._follow(stamped)

    def republish(self, published: Snapshot, tables: Mapping[str, Version]) -> None:
        """Let the pointer name other snapshots with the same rows.

        Raises RuntimeError when it moved meanwhile: it stays.
        """
        if tables == published.tables:
            return
        current, version = self._read()
        if current != published:
            raise RuntimeError(
                f"{self.files.path(PUBLISHED_POINTER)}: another run published meanwhile; start again"
            )
        self._pointer.replace(replace(published, tables=tables).as_document(), version)

    def _read(self) -> tuple[Snapshot, str]:
        """What the pointer names, and the pointer's version."""
        document, version = self._pointer.read()
        return Snapshot.parse(document), version

    def _take(self, folders: Folders, spec: TableSpec | None, run_id: str) -> Version:
        paths = [self.files.path(part.folder) for part in folders.parts.values()]
        if spec is None:
            rows = self.spark.read.parquet(*paths)
            zone = min(part.folder for part in folders.parts.values()).partition("/")[0]
            spec = TableSpec(zone, folders.name, tuple((name, kind, "") for name, kind in rows.dtypes))
        else:
            rows = self.read_parts(folders, table_ddl((name, kind) for name, kind, _ in spec.columns))
        self.begin_table(spec, run_id, None)
        version = self.replace_table(rows, spec, run_id)
        if version.rows != folders.rows:
            raise ArithmeticError(f"{folders.name}: {folders.rows} rows became {version.rows}")
        return version

    def _follow(self, snapshot: Snapshot) -> None:
        branch = branch_of(snapshot.run_id)
        with ThreadPoolExecutor(CONCURRENT) as pool:
            list(pool.map(lambda version: self.tables.follow(version, branch), snapshot.tables.values()))

    def _require(self, snapshot: Snapshot) -> None:
        with ThreadPoolExecutor(CONCURRENT) as pool:
            there = list(pool.map(self.tables.has, snapshot.tables.values()))
        for version, is_there in zip(snapshot.tables.values(), there):
            if not is_there:
                raise FileNotFoundError(
                    f"{self.files.root}/{version.zone}/{version.name}: snapshot {version.snapshot_id} is "
                    "gone; nothing was published; run the batch again"
                )

    def _rows_by_footers(self, found: Mapping[str, Sequence[StoredFile]]) -> dict[str, int]:
        with ThreadPoolExecutor(CONCURRENT) as pool:
            return {
                _label(below): sum(pool.map(self.files.parquet_rows, [file.path for file in files]))
                for below, files in found.items()
            }

    def _rows_by_spark(self, folder: str, partition: str | None) -> dict[str, int]:
        # Without a column to read, Parquet answers a count from the footers of its files.
        label = F.lit(WHOLE) if partition is None else F.col(partition)
        columns = [] if partition is None else [T.StructField(partition, T.StringType())]
        stored = self.spark.read.schema(T.StructType(columns)).parquet(self.files.path(folder))
        counted = stored.groupBy(label.alias("label")).count()
        return {row["label"]: row["count"] for row in counted.collect()}


def _label(below: str) -> str:
    """`valid`, from the folder `_verdict=valid`."""
    return unquote(below.partition("=")[2])


def _column(field: T.StructField, is_there: bool) -> Expression:
    found = F.col(f"`{field.name}`") if is_there else F.lit(None)
    return found.cast(field.dataType).alias(field.name)


def utc_now() -> str:
    """This moment, for the record only: no result depends on it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""The Iceberg tables of a lake: made and evolved by contract, written on a branch, read by snapshot."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.storage.catalog import (
    PROPERTIES,
    TableSpec,
    column_sql,
    is_given,
    literal,
    open_catalog,
    transform_of,
)
from etl.storage.snapshot import Version

MAIN = "main"

#: How long a run's snapshot keeps its tag, and what was current then can be read, where nothing is said. On
#: AWS the configuration says it: a snapshot stays as long as versions of the pointer that may name it.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Change:
    """What a commit did to a table, by Iceberg's own count of rows."""

    version: Version
    added: int
    removed: int


class Tables:
    """The tables of one lake, each named by zone and name. No query sees what is written before `follow`."""

    def __init__(
        self, spark: SparkSession, root: str, database_prefix: str = "", kept: timedelta = KEPT
    ) -> None:
        """Bind to a lake; nothing is read or created yet."""
        self.kept = kept
        self._spark = spark
        self._root = root
        self._prefix = database_prefix
        self._catalog = open_catalog(spark, root)

    def identifier(self, zone: str, name: str, branch: str | None = None) -> str:
        """The table as SQL names it, or a branch of it."""
        parts = [self._catalog, f"{self._prefix}{zone}", name, *([f"branch_{branch}"] if branch else [])]
        return ".".join(f"`{part}`" for part in parts)

    def load(self, zone: str, name: str) -> Any:
        """Iceberg's own object of a table as it is now; None when there is none."""
        jvm: Any = self._spark._jvm
        # A thread that has asked Spark nothing yet has no session, and without one no catalog.
        jvm.org.apache.spark.sql.SparkSession.setActiveSession(self._spark._jsparkSession)
        try:
            return jvm.org.apache.iceberg.spark.Spark3Util.loadIcebergTable(
                self._spark._jsparkSession, self.identifier(zone, name)
            )
        except AnalysisException as error:
            if error.getErrorClass() != "TABLE_OR_VIEW_NOT_FOUND":
                raise
            return None

    def ensure(self, spec: TableSpec) -> Any:
        """Make the table that a contract describes, or give the one there is what it lacks; return it.

        A column that the contract no longer has stays, empty in new rows. Raises TypeError when a column's
        type became one that the old values do not fit into.
        """
        table = self.load(spec.zone, spec.name)
        if table is not None:
            return self._evolve(spec, table)
        columns = ", ".join(column_sql(*column) for column in spec.columns)
        place = f" LOCATION {literal(self._location(spec))}" if is_given(self._spark) else ""
        cut = f" PARTITIONED BY ({transform_of(spec.partition)})" if spec.partition else ""
        properties = _pairs({"format-version": "2", **PROPERTIES, **spec.properties})
        self._spark.sql(
            f"CREATE TABLE IF NOT EXISTS {self.identifier(spec.zone, spec.name)} ({columns}) "
            f"USING iceberg{cut}{place} TBLPROPERTIES ({properties})"
        )
        return self.load(spec.zone, spec.name)

    def read(self, version: Version) -> DataFrame:
        """The rows of a table as one snapshot has them, with the columns of that time."""
        reader = self._spark.read.option("snapshot-id", version.snapshot_id)
        return reader.table(self.identifier(version.zone, version.name))

    def current_snapshot(self, zone: str, name: str) -> str:
        """The snapshot that every engine sees; empty where there is none."""
        table = self.load(zone, name)
        snapshot = table.currentSnapshot() if table is not None else None
        return "" if snapshot is None else str(snapshot.snapshotId())

    def begin(self, spec: TableSpec, branch: str, base: Version | None) -> None:
        """Open a branch of a table for a run. It holds what `base` holds; nothing, where there is none."""
        table = self.ensure(spec)
        if base is not None:
            table.manageSnapshots().createBranch(branch, int(base.snapshot_id)).commit()
        elif table.snapshot(branch) is None:
            table.manageSnapshots().createBranch(branch).commit()

    def replace(self, rows: DataFrame, spec: TableSpec, branch: str) -> Version:
        """Make the rows all that the branch holds."""
        self._aligned(rows, spec).writeTo(self.identifier(spec.zone, spec.name, branch)).overwrite(
            F.lit(True)
        )
        snapshot = self.load(spec.zone, spec.name).snapshot(branch)
        return _version(spec, snapshot, _count(snapshot, "total-records"))

    def append(self, rows: DataFrame, spec: TableSpec, branch: str, base: Version) -> Change:
        """Add rows to the branch, which began with `base`."""
        self._aligned(rows, spec).writeTo(self.identifier(spec.zone, spec.name, branch)).append()
        return self._changed(spec, branch, base)

    def merge(self, rows: DataFrame, spec: TableSpec, branch: str, base: Version) -> Change:
        """Put rows in the place of those of their key that are not newer, and add those whose key is new.

        The branch began with `base`, against which it was decided which rows win.
        """
        same = " AND ".join(f"old.`{name}` = new.`{name}`" for name in spec.key)
        column = spec.version_column
        condition = f" AND new.`{column}` >= old.`{column}`" if column else ""
        self._spark.sql(
            f"MERGE INTO {self.identifier(spec.zone, spec.name, branch)} old USING {{rows}} new ON {same} "
            f"WHEN MATCHED{condition} THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
            rows=self._aligned(rows, spec),
        )
        return self._changed(spec, branch, base)

    def has(self, version: Version) -> bool:
        """Whether the snapshot is still there."""
        table = self.load(version.zone, version.name)
        return table is not None and table.snapshot(int(version.snapshot_id)) is not None

    def follow(self, version: Version, branch: str) -> None:
        """Make what the pointer names what every engine sees, in one commit; the run's branch becomes a tag.

        Nothing happens when it is that already. The pointer decides: it may name an earlier snapshot, too.
        """
        table = self.load(version.zone, version.name)
        target, current = int(version.snapshot_id), table.currentSnapshot()
        if current is not None and current.snapshotId() == target:
            return
        refs = table.refs()
        changes = table.manageSnapshots()
        if current is None:
            changes = changes.createBranch(MAIN, target)
        else:
            changes = changes.replaceBranch(MAIN, target)
        known = refs.get(branch)
        if known is not None and known.isBranch():
            changes = changes.removeBranch(branch)
        if known is None or known.isBranch():
            age = self.kept // timedelta(milliseconds=1)
            changes = changes.createTag(branch, target).setMaxRefAgeMs(branch, age)
        changes.commit()

    def _evolve(self, spec: TableSpec, table: Any) -> Any:
        columns = {column.name: column for column in _schema(self._spark, table).fields}
        new = [column for column in spec.columns if column[0] not in columns]
        changes = [f"ADD COLUMNS ({', '.join(column_sql(*column) for column in new)})"] if new else []
        for name, kind, comment in spec.columns:
            known = columns.get(name)
            if known is None:
                continue
            if known.dataType.simpleString() != _stored(kind):
                changes.append(f"ALTER COLUMN `{name}` TYPE {kind}")
            if comment != known.metadata.get("comment", ""):
                changes.append(f"ALTER COLUMN `{name}` COMMENT {literal(comment)}")
        properties = table.properties()
        wanted = {**PROPERTIES, **spec.properties}
        differing = {key: value for key, value in wanted.items() if properties.get(key) != value}
        if differing:
            changes.append(f"SET TBLPROPERTIES ({_pairs(differing)})")
        if spec.partition is not None and table.spec().isUnpartitioned():
            changes.append(f"ADD PARTITION FIELD {transform_of(spec.partition)}")
        for change in changes:
            self._alter(spec, change)
        return self.load(spec.zone, spec.name) if changes else table

    def _alter(self, spec: TableSpec, change: str) -> None:
        try:
            self._spark.sql(f"ALTER TABLE {self.identifier(spec.zone, spec.name)} {change}")
        except (AnalysisException, Py4JJavaError) as error:
            raise TypeError(
                f"{self._location(spec)}: the table cannot become what its contract says ({change}); "
                "give the column another name, or the dataset"
            ) from error

    def _aligned(self, rows: DataFrame, spec: TableSpec) -> DataFrame:
        """The columns of the table in its order; NULL where the rows have no such column."""
        names = set(rows.columns)
        fields = _schema(self._spark, self.load(spec.zone, spec.name)).fields
        return rows.select(
            *[
                F.col(f"`{field.name}`")
                if field.name in names
                else F.lit(None).cast(field.dataType).alias(field.name)
                for field in fields
            ]
        )

    def _changed(self, spec: TableSpec, branch: str, base: Version) -> Change:
        snapshot = self.load(spec.zone, spec.name).snapshot(branch)
        added = _count(snapshot, "added-records")
        # A file of deletes is written again with those that its data file had before.
        deleted = _count(snapshot, "added-position-deletes") - _count(snapshot, "removed-position-deletes")
        removed = deleted + _count(snapshot, "deleted-records")
        return Change(_version(spec, snapshot, base.rows + added - removed), added, removed)

    def _location(self, spec: TableSpec) -> str:
        return f"{self._root}/{spec.zone}/{spec.name}"


def published_version(table: Any, version: Version) -> Version:
    """A version as `main` is now, with other files and the same rows."""
    return _version(version, table.currentSnapshot(), version.rows)


def branch_of(run_id: str) -> str:
    """The branch that a run writes, and the tag of what it published: as SQL can name it."""
    return f"run_{re.sub('[^A-Za-z0-9_]', '_', run_id)}"


def _schema(spark: SparkSession, table: Any) -> T.StructType:
    jvm: Any = spark._jvm
    return T.StructType.fromJson(
        json.loads(jvm.org.apache.iceberg.spark.SparkSchemaUtil.convert(table.schema()).json())
    )


def _stored(kind: str) -> str:
    """A type of a contract as Iceberg keeps it, which has no integer of 16 bits."""
    return "int" if kind == "smallint" else kind


def _count(snapshot: Any, name: str) -> int:
    return int(snapshot.summary().get(name) or 0)


def _version(table: TableSpec | Version, snapshot: Any, rows: int) -> Version:
    files = _count(snapshot, "total-data-files") + _count(snapshot, "total-delete-files")
    size = _count(snapshot, "total-files-size")
    return Version(table.name, table.zone, str(snapshot.snapshotId()), rows, files, size)


def _pairs(properties: Mapping[str, str]) -> str:
    return ", ".join(f"{literal(key)} = {literal(value)}" for key, value in properties.items())

"""The live table of a streamed dataset: the newest row of each key and day, until the day is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract, Partition
from etl.model.contract import table_ddl
from etl.model.layout import SOURCE_FILE_COLUMN, STREAM_LIVE_FOLDER
from etl.rules.positions import CONTENT, TODAY, VERSION
from etl.rules.versions import version_of
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from etl.storage.maintenance import drop_snapshots, join_files

#: Columns of live tables besides the contract's: the day of the record, its position, and the entry of the
#: ledger that has inserted the row. `CONTENT` is a hash of its content.
RUN_DATE, POSITION, ENTRY = "_run_date", "_position", "_entry"

#: Iceberg documentation, "Configuration", where they differ from those of published tables.
_PROPERTIES = {
    # One partition takes nearly all rows: one task a partition would write alone.
    "write.distribution-mode": "none",
    "write.merge.distribution-mode": "none",
    # Many small files between two times of tidying: a task reads several of them.
    "read.split.open-file-cost": "131072",
    # What was joined once is not joined again with all that came since, which would take ever longer.
    "write.target-file-size-bytes": str(16 * 1024 * 1024),
    # A commit every few seconds: fewer earlier versions of the metadata are kept.
    "write.metadata.previous-versions-max": "20",
    # A MERGE is refused when another commit has brought rows that it had to see.
    "write.merge.isolation-level": "serializable",
}


class Live:
    """The live table of one dataset, and the table of versions that newer ones of the same day replaced."""

    def __init__(self, lake: Lake, contract: Contract) -> None:
        """Bind to the tables; nothing is read or made yet."""
        self._lake = lake
        self._contract = contract
        self.spec = _spec(contract)
        self._versions = _versions_spec(contract) if contract.version_column else None

    def ensure(self) -> None:
        """Make the tables, or let them follow the contract."""
        for table in self._tables:
            self._lake.tables.ensure(table)

    @property
    def _tables(self) -> list[TableSpec]:
        return [self.spec, *([self._versions] if self._versions else [])]

    @property
    def name(self) -> str:
        """The table as SQL names it."""
        return self._lake.tables.identifier(self.spec.zone, self.spec.name)

    def snapshot(self) -> str:
        """Return the current snapshot; empty before the first."""
        return self._lake.tables.current_snapshot(self.spec.zone, self.spec.name)

    def rows(self, until: str | None = None) -> DataFrame:
        """Return the rows of all days, or of those until a run date."""
        rows = self._lake.spark.table(self.name)
        return rows if until is None else rows.where(F.col(RUN_DATE) <= F.lit(until).cast("date"))

    def moment_of(self, snapshot: str) -> datetime | None:
        """Return when a snapshot was made; None where it is gone."""
        found = self._lake.tables.load(self.spec.zone, self.spec.name).snapshot(int(snapshot))
        return None if found is None else datetime.fromtimestamp(found.timestampMillis() / 1000, timezone.utc)

    def at(self, snapshot: str) -> DataFrame:
        """Return the rows of a snapshot; those of now where it is gone."""
        table = self._lake.tables.load(self.spec.zone, self.spec.name)
        if not snapshot or table.snapshot(int(snapshot)) is None:
            return self.rows()
        return self._lake.spark.read.option("snapshot-id", snapshot).table(self.name)

    def has_one_day(self, snapshot: str) -> bool:
        """Return whether all rows of a snapshot have the same run date, and each key thus occurs once."""
        first, last = F.min(RUN_DATE), F.max(RUN_DATE)
        found = self.at(snapshot).agg(first.alias("first"), last.alias("last")).collect()[0]
        return bool(found["first"] == found["last"])

    def known(self, day: str) -> DataFrame:
        """Return what `known_by_key` asks for, of the day itself and of the days before."""
        today = (F.col(RUN_DATE) == F.lit(day).cast("date")).alias(TODAY)
        version = version_of(self._contract).alias(VERSION)
        rows = self.rows(until=day).select(*self._contract.key, version, CONTENT, today)
        if self._versions is None:
            return rows
        replaced = self._lake.spark.table(
            self._lake.tables.identifier(self._versions.zone, self._versions.name)
        )
        replaced = replaced.where(F.col(RUN_DATE) == F.lit(day).cast("date"))
        return rows.union(replaced.select(*self._contract.key, VERSION, CONTENT, F.lit(True).alias(TODAY)))

    def keep_versions(self, rows: DataFrame, day: str) -> None:
        """Remember the versions of a day that were kept: rows with key, `VERSION` and `CONTENT`.

        A version that is remembered twice counts once.
        """
        if self._versions is None:
            raise ValueError(f"{self._contract.name} has no version column")
        dated = rows.select(*self._contract.key, VERSION, CONTENT, F.lit(day).cast("date").alias(RUN_DATE))
        dated.writeTo(self._lake.tables.identifier(self._versions.zone, self._versions.name)).append()

    def merge(self, rows: DataFrame, day: str, entry: int, all_new: bool) -> None:
        """Bring the rows that an entry of the ledger has decided into a day of the table.

        Of two rows of a key the newer one stays. Where all rows are new, nobody but the entry itself can have
        brought them, before a kill or as another owner: only its own rows are looked at, which statistics of
        the files find, and not those of the whole day.
        """
        own = f"old.`{ENTRY}` = {entry} AND " if all_new else ""
        key = " AND ".join(f"old.`{name}` = new.`{name}`" for name in self._contract.key)
        version = self._contract.version_column
        newer = f"new.`{version}` > old.`{version}`" if version else f"new.`{POSITION}` < old.`{POSITION}`"
        dated = rows.select(
            *[F.col(name) for name, _, _ in self.spec.columns if name not in (RUN_DATE, POSITION, ENTRY)],
            F.col(SOURCE_FILE_COLUMN).alias(POSITION),
            F.lit(day).cast("date").alias(RUN_DATE),
            F.lit(entry).cast("bigint").alias(ENTRY),
        )
        # An updated row stays that of the entry that has inserted it, which would not find it otherwise.
        updates = ", ".join(f"old.`{name}` = new.`{name}`" for name in dated.columns if name != ENTRY)
        self._lake.spark.sql(
            f"MERGE INTO {self.name} old USING {{rows}} new "
            f"ON old.`{RUN_DATE}` = DATE '{day}' AND {own}{key} "
            f"WHEN MATCHED AND {newer} THEN UPDATE SET {updates} WHEN NOT MATCHED THEN INSERT *",
            rows=dated,
        )

    def evict(self, days: Sequence[str]) -> None:
        """Remove whole days; the live table, whose days say what is still to be removed, comes last."""
        for table in reversed(self._tables):
            names = ", ".join(f"DATE '{day}'" for day in days)
            identifier = self._lake.tables.identifier(table.zone, table.name)
            self._lake.spark.sql(f"DELETE FROM {identifier} WHERE `{RUN_DATE}` IN ({names})")

    def join_files(self) -> None:
        """Join the small files of the table and merge deletes into them, while nobody merges."""
        join_files(self._lake, self.spec.zone, self.spec.name)

    def tidy(self, older_than: datetime) -> None:
        """Join the files of the versions, and drop snapshots that are older; micro-batches may go on."""
        if self._versions is not None:
            join_files(self._lake, self._versions.zone, self._versions.name)
        for table in self._tables:
            drop_snapshots(self._lake, table.zone, table.name, older_than)

    def days(self) -> list[str]:
        """Return the run dates that the table has, in their order."""
        partitions = self._lake.spark.table(f"{self.name}.partitions")
        found = partitions.select(f"partition.{RUN_DATE}").distinct().collect()
        return sorted(row[RUN_DATE].isoformat() for row in found)


def live_ddl(contract: Contract) -> str:
    """Return the columns of a live table as Spark SQL DDL."""
    return table_ddl((name, kind) for name, kind, _ in _spec(contract).columns)


def is_newest_live(contract: Contract) -> Expression:
    """Return the order of live rows of one key, the newest last."""
    return F.struct(version_of(contract), F.col(RUN_DATE))


def _spec(contract: Contract) -> TableSpec:
    curated = TableSpec.of_dataset(contract)
    own = (
        (CONTENT, "bigint", "Hash of the row's values."),
        (POSITION, "string", "Topic, partition and offset of the record."),
        (RUN_DATE, "date", "UTC day of the record by the broker's clock."),
        (ENTRY, "bigint", "Number of the ledger's entry that has inserted the row."),
    )
    return TableSpec(
        STREAM_LIVE_FOLDER,
        contract.name,
        (*curated.columns, *own),
        Partition(RUN_DATE, "identity"),
        contract.key,
        contract.version_column,
        {**curated.properties, **_PROPERTIES},
    )


def _versions_spec(contract: Contract) -> TableSpec:
    kinds = {column.name: column.type for column in contract.columns}
    columns = (
        *((name, kinds[name], "") for name in contract.key),
        (VERSION, kinds[str(contract.version_column)], "Version that a newer one of the day replaced."),
        (CONTENT, "bigint", "Hash of the row's values."),
        (RUN_DATE, "date", "UTC day of the record by the broker's clock."),
    )
    partition = Partition(RUN_DATE, "identity")
    return TableSpec(
        STREAM_LIVE_FOLDER, f"{contract.name}_versions", columns, partition, properties=_PROPERTIES
    )

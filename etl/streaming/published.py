"""What is published of the tables that streams look at, cached until the pointer moves."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.rules.positions import TODAY, versions_of
from etl.storage.lake import Lake
from etl.storage.snapshot import Snapshot


class Published:
    """Keys, versions and contents of published tables, as the pointer names them."""

    def __init__(self, lake: Lake, contracts: Mapping[str, Contract]) -> None:
        """Bind to a lake; nothing is read yet."""
        self._lake = lake
        self._contracts = contracts
        self._snapshot = Snapshot()
        self._cached: dict[str, DataFrame] = {}

    @property
    def snapshot(self) -> Snapshot:
        """What the pointer named when it was looked at last."""
        return self._snapshot

    def refresh(self) -> bool:
        """Look at the pointer; return whether it has moved."""
        snapshot = self._lake.published()
        if snapshot == self._snapshot:
            return False
        for rows in self._cached.values():
            rows.unpersist()
        self._cached.clear()
        self._snapshot = snapshot
        return True

    def known(self, dataset: str) -> DataFrame | None:
        """Return the rows of earlier days that `known_by_key` asks for; None where nothing is published."""
        rows = self._rows(dataset)
        return None if rows is None else rows.withColumn(TODAY, F.lit(False))

    def keys(self, dataset: str) -> DataFrame | None:
        """Return the keys of a published table, one column; None where nothing is published."""
        rows = self._rows(dataset)
        return None if rows is None else rows.select(self._contracts[dataset].key[0])

    def _rows(self, dataset: str) -> DataFrame | None:
        version = self._snapshot.tables.get(dataset)
        if version is None:
            return None
        if dataset not in self._cached:
            contract = self._contracts[dataset]
            rows = versions_of(self._lake.read_table(version, contract.ddl), contract)
            # Every micro-batch reads it: a task for each file of the table would cost more than its rows.
            few = rows.coalesce(self._lake.spark.sparkContext.defaultParallelism)
            self._cached[dataset] = few.persist(StorageLevel.MEMORY_AND_DISK)
        return self._cached[dataset]

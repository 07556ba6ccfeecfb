"""Decides about the records of one slice, by the same rules as a batch of its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.contract import table_ddl
from etl.model.layout import (
    ARRIVED_AT_COLUMN,
    LINE_COLUMN,
    SOURCE_FILE_COLUMN,
    VERDICT_COLUMN,
)
from etl.rules.duplicates import DISPOSITION
from etl.rules.judging import VALID, Judge, raw_texts
from etl.rules.positions import (
    CONTENT,
    INVALID_STATE,
    KEPT,
    PENDING,
    STATE,
    VALID_STATE,
    decide,
    has_key,
    known_by_key,
    may_be_valid,
    state_of,
)
from etl.sources.records import cut_records
from etl.storage.lake import Lake
from etl.storage.staging import staged_ddl
from etl.streaming.ledger import RELEASED
from etl.streaming.live import Live
from etl.streaming.published import Published

#: Whether a record was decided before and had to wait.
RETRIED = "_retried"

#: Disposition of a record that goes on waiting.
WAITING = "waiting"

#: Columns of decided records, besides those of `judge`.
_OWN = ((ARRIVED_AT_COLUMN, "timestamp"), (RETRIED, "boolean"), (CONTENT, "bigint"), (KEPT, "boolean"))


def decided_ddl(contract: Contract) -> str:
    """Return the columns of decided records as Spark SQL DDL."""
    return f"{staged_ddl(contract)}, {table_ddl(_OWN)}"


class Deciding:
    """Decides about the records of a dataset."""

    def __init__(
        self,
        lake: Lake,
        contract: Contract,
        contracts: Mapping[str, Contract],
        published: Published,
        live: Mapping[str, Live],
    ) -> None:
        """Bind to a dataset; `live` has its table and those of streamed datasets that it refers to."""
        self._lake = lake
        self._contract = contract
        self._contracts = contracts
        self._published = published
        self._live = live
        #: What judges records, and their day.
        self._judge: tuple[str, Judge] | None = None

    def judged(self, records: DataFrame | None, waiting: DataFrame | None, day: str) -> DataFrame:
        """Return new records and those that wait, judged, with `STATE` and `RETRIED`; they are computed.

        `records` has the columns of an archive, `waiting` those of `decided_ddl`.
        """
        raw = []
        if records is not None:
            raw.append(cut_records(records, self._contract).withColumn(RETRIED, F.lit(False)))
        if waiting is not None:
            kept = [F.col(name) for name in (LINE_COLUMN, ARRIVED_AT_COLUMN, SOURCE_FILE_COLUMN)]
            retried = F.lit(True).alias(RETRIED)
            raw.append(waiting.select(*raw_texts(self._contract), *kept, retried))
        known = {
            rule.id: self._keys_of(str(rule.params["dataset"]), day)
            for _, rule in self._contract.references()
        }
        rows = self._judge_of(day).judged(reduce(DataFrame.unionByName, raw), known)
        with_state = rows.withColumn(STATE, state_of(F.col(VERDICT_COLUMN) == VALID)).drop(VERDICT_COLUMN)
        # What comes next is planned from here: to plan it from the records takes longer than to run it.
        return with_state.localCheckpoint()

    def decided(self, judged: DataFrame, day: str, final: bool, earlier: Sequence[str]) -> DataFrame:
        """Return judged records with their disposition, whose name says whether they had to wait.

        `earlier` has the folders of records of earlier days that wait. With `final`, nothing that they wait
        for can arrive any more.
        """
        if final:
            is_valid = F.col(STATE) == VALID_STATE
            judged = judged.withColumn(STATE, F.when(is_valid, VALID_STATE).otherwise(INVALID_STATE))
        held = None
        if earlier:
            waiting = self._lake.read_folders(earlier, decided_ddl(self._contract))
            held = waiting.where(may_be_valid(self._contract)).select(*self._contract.key)
        rows = decide(judged, self._contract, self._known(judged, day), held).drop(STATE)
        waited = F.when(F.col(DISPOSITION) == PENDING, F.lit(WAITING)).otherwise(
            F.concat(F.lit(RELEASED), F.col(DISPOSITION))
        )
        label = F.when(F.col(RETRIED), waited).otherwise(F.col(DISPOSITION))
        return rows.withColumn(DISPOSITION, label)

    def _judge_of(self, day: str) -> Judge:
        if self._judge is None or self._judge[0] != day:
            kept = (ARRIVED_AT_COLUMN, RETRIED)
            self._judge = day, Judge(self._contract, date.fromisoformat(day), kept, has_arrival=True)
        return self._judge[1]

    def _known(self, judged: DataFrame, day: str) -> DataFrame:
        """Return what is known of the keys of the records, and of no others."""
        key = list(self._contract.key)
        keys = judged.where(has_key()).select(*key).distinct()
        known = self._live[self._contract.name].known(day)
        published = self._published.known(self._contract.name)
        rows = known if published is None else known.union(published)
        return known_by_key(rows.join(F.broadcast(keys), key, "left_semi"), self._contract)

    def _keys_of(self, parent: str, day: str) -> DataFrame:
        """Return the keys that records of a day may name: published, or arrived until the end of the day."""
        key = self._contracts[parent].key[0]
        found = [self._published.keys(parent)]
        if parent in self._live:
            found.append(self._live[parent].rows(until=day).select(key))
        there = [rows for rows in found if rows is not None]
        if not there:
            kind = next(c.type for c in self._contracts[parent].columns if c.name == key)
            return self._lake.spark.createDataFrame([], f"`{key}` {kind}")
        return reduce(DataFrame.union, there).distinct()

"""Keeps the marts of streams: what new records have touched is computed again, from what is served."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.logs import log
from etl.model import Contract, load_mart
from etl.model.layout import STREAM_LIVE_FOLDER, STREAM_STATE_FOLDER
from etl.rules.duplicates import INSERTED, UPDATED
from etl.storage.catalog import TableSpec
from etl.streaming.deciding import decided_ddl
from etl.streaming.ledger import Entry
from etl.streaming.live import Live
from etl.streaming.microbatch import MicroBatches
from etl.streaming.serving import read_serving
from etl.streaming.transforms.marts import revenue_by_minute, session_funnel
from etl.streaming.transforms.search_terms import days_of_event, search_terms


@dataclass(frozen=True)
class StreamMart:
    """A mart of one dataset: its group of rows is computed again as a whole.

    `group` is the column of the mart that names the group, `of_row` the groups that a row of the dataset
    counts for: a group is computed from all rows that count for it.
    """

    name: str
    dataset: str
    group: str
    of_row: Callable[[], Sequence[Expression]]
    transform: Callable[[DataFrame], DataFrame]

    def groups_of(self, rows: DataFrame) -> DataFrame:
        """Return the groups that rows count for, one or more for each row."""
        return rows.select(F.explode(F.array(*self.of_row())).alias(self.group))

    def rows_of(self, groups: DataFrame, rows: DataFrame) -> DataFrame:
        """Return the rows that count for one of these groups, each once; `groups` names each once."""
        columns, marks = rows.columns, []
        for place, group in enumerate(self.of_row()):
            marks.append(f"_group_{place}")
            named = groups.select(F.col(self.group).alias(marks[-1]))
            rows = rows.join(F.broadcast(named), group == F.col(marks[-1]), "left")
        return rows.where(F.coalesce(*marks).isNotNull()).select(*columns)


MARTS = (
    StreamMart(
        "revenue_by_minute",
        "orders",
        "minute",
        lambda: [F.date_trunc("minute", "order_ts")],
        revenue_by_minute,
    ),
    StreamMart("session_funnel", "web_events", "session_id", lambda: [F.col("session_id")], session_funnel),
    StreamMart("search_terms", "web_events", "day", days_of_event, search_terms),
)

#: Marks rows of a mart that there is no reason for any more.
_GONE = "_gone"

#: Seconds between two updates of a mart at least. One of a long day takes long to compute again: it rests so
#: many times as long as it took, and takes no more than a twentieth of the time.
LEAST_REST, REST = 60.0, 20.0

#: Pools of Spark's scheduler that the tasks of marts and of everything else wait in, where it shares fairly.
_POOL, _DEFAULT_POOL = "marts", "default"

#: Micro-batches, which go on meanwhile, are asked for sooner than marts: one task at a time.
_ONE_TASK = {"spark.sql.shuffle.partitions": "1"}


class StreamMarts:
    """The marts of an owner's datasets."""

    def __init__(self, batches: MicroBatches) -> None:
        """Bind to the datasets; nothing is read yet."""
        self._batches = batches
        self._lake = batches.lake.beside(_ONE_TASK)
        #: When a mart is due again, by the monotonic clock.
        self._next = dict.fromkeys((mart.name for mart in MARTS), time.monotonic() + LEAST_REST)

    def update(self, due: bool = False) -> dict[str, int]:
        """Bring the marts, or those that are due, up to the last entry; return how many groups each changed.

        A mart that was brought up to an entry once can be so again: the result is the same. Micro-batches may
        go on meanwhile: what they change is of a later entry.
        """
        context = self._lake.spark.sparkContext
        context.setLocalProperty("spark.scheduler.pool", _POOL)
        try:
            chosen = [mart for mart in MARTS if mart.dataset in self._batches.streams]
            counts = {mart.name: self._timed(mart) for mart in chosen if not due or self._is_due(mart)}
        finally:
            context.setLocalProperty("spark.scheduler.pool", _DEFAULT_POOL)
        return {name: count for name, count in counts.items() if count}

    def needed_since(self, dataset: str) -> list[datetime]:
        """Return the moments of the snapshots of a dataset's live table that its marts were brought up to."""
        marks = [self._mark(mart)["snapshot"] for mart in MARTS if mart.dataset == dataset]
        live = self._batches.live[dataset]
        found = [live.moment_of(snapshot) for snapshot in marks if snapshot]
        return [moment for moment in found if moment is not None]

    def _is_due(self, mart: StreamMart) -> bool:
        return time.monotonic() >= self._next[mart.name]

    def _timed(self, mart: StreamMart) -> int:
        began = time.monotonic()
        count = self._update(mart)
        seconds = time.monotonic() - began
        self._next[mart.name] = began + seconds + max(LEAST_REST, REST * seconds)
        if count:
            log.info("updated", extra={"mart": mart.name, "groups": count, "seconds": round(seconds, 3)})
        return count

    def _update(self, mart: StreamMart) -> int:
        stream, before, count = self._batches.streams[mart.dataset], self._mark(mart), 0
        last = stream.ledger.last
        if last is None or before["entry"] >= last.number:
            return 0
        touched = self._touched(mart, before, last)
        if touched is not None:
            groups = touched.persist()
            count = groups.count()
            self._replace(mart, stream.contract, groups)
            groups.unpersist()
        self._batches.owner.require(mart.dataset)
        self._lake.files.replace_json(_mark_file(mart), {"entry": last.number, "snapshot": last.snapshot})
        return count

    def _mark(self, mart: StreamMart) -> Any:
        """The entry that a mart was brought up to, and the snapshot of the live table at that entry."""
        return self._lake.files.read_json(_mark_file(mart)) or {"entry": 0, "snapshot": ""}

    def _touched(self, mart: StreamMart, before: Mapping[str, Any], last: Entry) -> DataFrame | None:
        """The groups that the entries after `before` have touched; None where they changed no row."""
        stream = self._batches.streams[mart.dataset]
        entries = [stream.ledger.entry(number) for number in range(before["entry"] + 1, last.number + 1)]
        folders = [folder for entry in entries for folder in entry.folders(INSERTED, UPDATED)]
        if not folders:
            return None
        won = self._lake.read_folders(folders, decided_ddl(stream.contract))
        return self._groups(mart, won, before["snapshot"])

    def _groups(self, mart: StreamMart, won: DataFrame, snapshot: str) -> DataFrame:
        """The groups of rows that won, and those of the rows that they replaced."""
        contract = self._batches.streams[mart.dataset].contract
        key = list(contract.key)
        now = mart.groups_of(won)
        before = [Live(self._lake, contract).at(snapshot)] if snapshot else []
        published = self._lake.published().tables.get(mart.dataset)
        if published is not None:
            before.append(self._lake.read_table(published, contract.ddl))
        for rows in before:
            replaced = rows.join(F.broadcast(won.select(*key).distinct()), key, "left_semi")
            now = now.union(mart.groups_of(replaced))
        return now.distinct()

    def _replace(self, mart: StreamMart, contract: Contract, groups: DataFrame) -> None:
        lake, spec = self._lake, mart_spec(mart.name)
        lake.tables.ensure(spec)
        name = lake.tables.identifier(spec.zone, spec.name)
        computed = mart.transform(mart.rows_of(groups, read_serving(lake, contract)))
        # Rows that count for two groups bring parts of groups that were not touched.
        computed = computed.join(F.broadcast(groups), mart.group, "left_semi")
        # Computed once, though looked at three times: by its keys, and twice by the MERGE.
        computed = computed.localCheckpoint()
        load_mart(mart.name).refuse_other(computed.dtypes)
        key = list(spec.key)
        stale = lake.spark.table(name).join(F.broadcast(groups), mart.group, "left_semi")
        gone = stale.join(computed.select(*key), key, "left_anti")
        source = computed.withColumn(_GONE, F.lit(False)).unionByName(gone.withColumn(_GONE, F.lit(True)))
        columns: Mapping[str, str] = {each: f"new.`{each}`" for each, _, _ in spec.columns}
        same = " AND ".join(f"old.`{each}` = new.`{each}`" for each in key)
        # If another process took over meanwhile, these rows may be older than the ones it has written.
        self._batches.owner.require(mart.dataset)
        updates = ", ".join(f"old.`{each}` = {value}" for each, value in columns.items())
        lake.spark.sql(
            f"MERGE INTO {name} old USING {{source}} new ON {same} "
            f"WHEN MATCHED AND new.`{_GONE}` THEN DELETE WHEN MATCHED THEN UPDATE SET {updates} "
            f"WHEN NOT MATCHED THEN INSERT ({', '.join(f'`{each}`' for each in columns)}) "
            f"VALUES ({', '.join(columns.values())})",
            source=source,
        )


def mart_spec(name: str) -> TableSpec:
    """Return what the table of a stream's mart is like."""
    contract = load_mart(name)
    return replace(TableSpec.of_mart(contract), zone=STREAM_LIVE_FOLDER, key=contract.key)


def _mark_file(mart: StreamMart) -> str:
    return f"{STREAM_STATE_FOLDER}/marts/{mart.name}.json"

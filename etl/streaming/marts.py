"""Keeps the marts of streams: what new records have touched is computed again, from what is served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract, load_mart
from etl.model.layout import STREAM_LIVE_FOLDER, STREAM_STATE_FOLDER
from etl.rules.duplicates import INSERTED, UPDATED
from etl.storage.catalog import TableSpec
from etl.streaming.deciding import decided_ddl
from etl.streaming.ledger import Entry
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


def update_marts(batches: MicroBatches) -> dict[str, int]:
    """Bring the marts of the owner's datasets up to the last entry; return how many groups were touched.

    A mart that was brought up to an entry once can be so again: the result is the same. Micro-batches may go
    on meanwhile: what they change is of a later entry.
    """
    touched = {}
    for mart in MARTS:
        if mart.dataset in batches.streams:
            count = _update(batches, mart)
            touched.update({mart.name: count} if count else {})
    return touched


def needed_since(batches: MicroBatches, dataset: str) -> list[datetime]:
    """Return the moments of the snapshots of a dataset's live table that its marts were brought up to."""
    marks = [_mark(batches, mart)["snapshot"] for mart in MARTS if mart.dataset == dataset]
    found = [batches.live[dataset].moment_of(snapshot) for snapshot in marks if snapshot]
    return [moment for moment in found if moment is not None]


def mart_spec(name: str) -> TableSpec:
    """Return what the table of a stream's mart is like."""
    contract = load_mart(name)
    return replace(TableSpec.of_mart(contract), zone=STREAM_LIVE_FOLDER, key=contract.key)


def _update(batches: MicroBatches, mart: StreamMart) -> int:
    stream, before, count = batches.streams[mart.dataset], _mark(batches, mart), 0
    last = stream.ledger.last
    if last is None or before["entry"] >= last.number:
        return 0
    touched = _touched(batches, mart, before, last)
    if touched is not None:
        groups = touched.persist()
        count = groups.count()
        _replace(batches, mart, stream.contract, groups)
        groups.unpersist()
    batches.owner.require(mart.dataset)
    batches.lake.files.replace_json(_mark_file(mart), {"entry": last.number, "snapshot": last.snapshot})
    return count


def _touched(
    batches: MicroBatches, mart: StreamMart, before: Mapping[str, Any], last: Entry
) -> DataFrame | None:
    """The groups that the entries after `before` have touched; None where they changed no row."""
    lake, stream = batches.lake, batches.streams[mart.dataset]
    entries = [stream.ledger.entry(number) for number in range(before["entry"] + 1, last.number + 1)]
    folders = [folder for entry in entries for folder in entry.folders(INSERTED, UPDATED)]
    if not folders:
        return None
    won = lake.read_folders(folders, decided_ddl(stream.contract))
    return _groups(batches, mart, won, before["snapshot"])


def _mark(batches: MicroBatches, mart: StreamMart) -> Any:
    """The entry that a mart was brought up to, and the snapshot of the live table at that entry."""
    return batches.lake.files.read_json(_mark_file(mart)) or {"entry": 0, "snapshot": ""}


def _mark_file(mart: StreamMart) -> str:
    return f"{STREAM_STATE_FOLDER}/marts/{mart.name}.json"


def _groups(batches: MicroBatches, mart: StreamMart, won: DataFrame, snapshot: str) -> DataFrame:
    """The groups of rows that won, and those of the rows that they replaced."""
    stream = batches.streams[mart.dataset]
    key = list(stream.contract.key)
    now = mart.groups_of(won)
    before = [stream.live.at(snapshot)] if snapshot else []
    published = batches.lake.published().tables.get(mart.dataset)
    if published is not None:
        before.append(batches.lake.read_table(published, stream.contract.ddl))
    for rows in before:
        replaced = rows.join(F.broadcast(won.select(*key).distinct()), key, "left_semi")
        now = now.union(mart.groups_of(replaced))
    return now.distinct()


def _replace(batches: MicroBatches, mart: StreamMart, contract: Contract, groups: DataFrame) -> None:
    lake, spec = batches.lake, mart_spec(mart.name)
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
    # What was computed before another process took over may be older than what that one has written.
    batches.owner.require(mart.dataset)
    updates = ", ".join(f"old.`{each}` = {value}" for each, value in columns.items())
    lake.spark.sql(
        f"MERGE INTO {name} old USING {{source}} new ON {same} WHEN MATCHED AND new.`{_GONE}` THEN DELETE "
        f"WHEN MATCHED THEN UPDATE SET {updates} WHEN NOT MATCHED THEN "
        f"INSERT ({', '.join(f'`{each}`' for each in columns)}) VALUES ({', '.join(columns.values())})",
        source=source,
    )

"""Writes what a run left into the store. Twice is as good as once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from platform_metadata.inserting import insert
from platform_metadata.results import Row, records_of
from platform_metadata.tables import dataset_versions, pipeline_runs, quality_results, unreadable_results


@dataclass(frozen=True)
class Recorded:
    """What the store has seen: ids of runs, and by run id the version of each file that could not be read."""

    runs: frozenset[str]
    unreadable: Mapping[str, str]


def record(connection: sa.engine.Connection, results: Mapping[str, Any]) -> str:
    """Record one run and say its id; a run that is there already is replaced by what `results` say.

    The row of the run is written first: whoever records the same run at the same time waits there.

    :param connection: in a transaction, which the caller commits.
    :raises ResultsError: these are not the results of a run.
    """
    records = records_of(results)
    run_id: str = records.run["run_id"]
    _upsert(connection, pipeline_runs, records.run)
    for table, rows in (
        (dataset_versions, records.dataset_versions),
        (quality_results, records.quality_results),
    ):
        connection.execute(sa.delete(table).where(table.c.run_id == run_id))
        if rows:
            connection.execute(sa.insert(table), rows)
    connection.execute(sa.delete(unreadable_results).where(unreadable_results.c.run_id == run_id))
    return run_id


def record_unreadable(connection: sa.engine.Connection, run_id: str, version: str, problem: str) -> None:
    """Remember that this version of a run's results cannot be read, and why.

    :param version: changes when the file does, as an entity tag.
    """
    _upsert(connection, unreadable_results, {"run_id": run_id, "version": version, "problem": problem})


def recorded(connection: sa.engine.Connection) -> Recorded:
    """Say what need not be recorded again."""
    runs = connection.execute(sa.select(pipeline_runs.c.run_id)).scalars()
    unreadable = connection.execute(sa.select(unreadable_results.c.run_id, unreadable_results.c.version))
    return Recorded(frozenset(runs), {row.run_id: row.version for row in unreadable})


def _upsert(connection: sa.engine.Connection, table: sa.Table, row: Row) -> None:
    statement = insert(connection, table).values(row)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))

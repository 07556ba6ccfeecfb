"""Whether the jobs and DuckDB made the same tables: curated, quarantined with every reason, marts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from duckdb_pipeline import MARTS

Contracts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Pair:
    """One table as both sides have it: its name, and the query of each side's rows."""

    name: str
    ours: str
    theirs: str


def differences(contracts: Contracts, ours: Path, theirs: Path) -> dict[str, int]:
    """Rows that one side has and the other has not, by table; duplicates count."""
    return {pair.name: _difference(pair) for pair in _pairs(contracts, ours, theirs)}


# Each run has a lake of its own, so that the files of a table are those of its only snapshot.
def _pairs(contracts: Contracts, ours: Path, theirs: Path) -> Iterator[Pair]:
    for name in MARTS:
        mine = _rows(f"{ours}/marts/{name}/data/*.parquet")
        yield Pair(name, f"select * from {mine}", f"select * from {_rows(f'{theirs}/{name}.parquet')}")
    for name, contract in contracts.items():
        columns = ", ".join(column["name"] for column in contract["columns"])
        curated = f"{theirs}/{name}/*/*.parquet" if contract["partition_by"] else f"{theirs}/{name}.parquet"
        mine = _rows(f"{ours}/curated/{name}/data/**/*.parquet")
        yield Pair(name, f"select {columns} from {mine}", f"select {columns} from {_rows(curated)}")
        yield Pair(
            f"quarantine {name}",
            _refused(columns.split(", "), "_reasons", f"{ours}/quarantine/{name}/run=bench/**/*.parquet"),
            _refused(columns.split(", "), "reasons", f"{theirs}/quarantine_{name}.parquet"),
        )


def _refused(columns: list[str], reasons: str, files: str) -> str:
    """Quarantined rows. Of a line that was cut short only the reason is compared: the jobs keep it whole."""
    cut = f"{reasons} = ['row.malformed']"
    texts = ", ".join(f"if({cut}, '', coalesce({column}, '')) as {column}" for column in columns)
    return f"select {texts}, list_sort({reasons}) as reasons from {_rows(files)}"


def _rows(files: str) -> str:
    return f"read_parquet('{files}', hive_partitioning = false)"


def _difference(pair: Pair) -> int:
    one_way = [
        f"(select count(*) from ({first} except all {second}))"
        for first, second in ((pair.ours, pair.theirs), (pair.theirs, pair.ours))
    ]
    return int(duckdb.connect().sql(f"select {' + '.join(one_way)}").fetchall()[0][0])

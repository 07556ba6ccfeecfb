"""The query behind `serving.<dataset>`: published rows, and live rows in the place of older ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from explore.access.contracts import Contract
from explore.access.engine import CURATED, LIVE, MARTS, SCHEMAS, SERVING, TableName

#: Column of live tables: UTC day of the record by the broker's clock.
_RUN_DATE = "_run_date"


def serving_sql(contract: Contract, published: str | None, live: str) -> str:
    """Return the query; `published` and `live` are tables as the engine names them.

    The streaming jobs answer by the same text (`etl/streaming/serving.py`), which a test compares. Take the
    snapshot of the live table first and that of the published one after it: what is published meanwhile is
    then in both.
    """
    names = ", ".join(column.name for column in contract.columns)
    version = contract.version_column
    order = f"{version} DESC, {_RUN_DATE} DESC" if version else _RUN_DATE
    key = ", ".join(contract.key)
    newest = (
        f"SELECT {names} FROM (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY {order}) AS place "
        f"FROM {live}) ranked WHERE place = 1"
    )
    if published is None:
        return newest
    same = " AND ".join(f"l.{name} = p.{name}" for name in contract.key)
    # Without a version the published row is as new as the live one, which is the same row.
    newer = f"l.{version} > p.{version}" if version else "1 = 0"
    as_new = f"p.{version} >= l.{version}" if version else "1 = 1"
    return (
        f"WITH live_rows AS ({newest}), published_rows AS (SELECT {names} FROM {published}) "
        f"SELECT {names} FROM published_rows p "
        f"WHERE NOT EXISTS (SELECT 1 FROM live_rows l WHERE {same} AND {newer}) "
        f"UNION ALL SELECT {names} FROM live_rows l "
        f"WHERE NOT EXISTS (SELECT 1 FROM published_rows p WHERE {same} AND {as_new})"
    )


def with_serving(known: Collection[TableName], contracts: Mapping[str, Contract]) -> list[TableName]:
    """Return tables, and what is served of each dataset that has rows anywhere, in the order of `SCHEMAS`."""
    served = {
        TableName(SERVING, name.name)
        for name in known
        if name.name in contracts and contracts[name.name].schema == CURATED
    }
    order = {schema: place for place, schema in enumerate(SCHEMAS)}
    return sorted({*known, *served}, key=lambda name: (order.get(name.schema, order[MARTS]), name.name))


def served_sql(name: str, known: Collection[TableName], contracts: Mapping[str, Contract]) -> str:
    """Return the query of what is served of a dataset, by the tables that there are of it."""
    curated, live = TableName(CURATED, name), TableName(LIVE, name)
    if live not in known:
        return f"SELECT * FROM {curated}"
    return serving_sql(contracts[name], str(curated) if curated in known else None, str(live))

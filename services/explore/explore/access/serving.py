"""The query behind `serving.<dataset>`: published rows, and live rows in the place of older ones."""

from __future__ import annotations

from explore.access.contracts import Contract

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

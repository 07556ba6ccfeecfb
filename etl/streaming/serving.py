"""What readers see of a streamed dataset: published rows, and live rows in the place of older ones."""

from __future__ import annotations

from pyspark.sql import DataFrame

from etl.model import Contract
from etl.storage.lake import Lake
from etl.streaming.live import RUN_DATE, Live


def serving_sql(contract: Contract, published: str | None, live: str, one_day: bool = False) -> str:
    """Return the query of `serving.<dataset>`, which Spark, DuckDB and Athena run alike.

    `published` and `live` are tables or queries as the engine names them, of the snapshots that are read.
    Take the live one first: what was published meanwhile is then in both, and what was evicted in one.
    With `one_day`, all live rows have the same run date: each key occurs once, and nothing is sorted.
    """
    names = ", ".join(contract.names)
    version = contract.version_column
    order = f"{version} DESC, {RUN_DATE} DESC" if version else RUN_DATE
    key = ", ".join(contract.key)
    ranked = f"SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY {order}) AS place FROM {live}"
    newest = f"SELECT {names} FROM " + (live if one_day else f"({ranked}) ranked WHERE place = 1")
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


def read_serving(lake: Lake, contract: Contract) -> DataFrame:
    """Return the rows that are served at this moment."""
    live = Live(lake, contract)
    snapshot = live.snapshot()
    version = lake.published().tables.get(contract.name)
    published = None if version is None else lake.read_table(version, contract.ddl)
    if not snapshot:
        return lake.spark.createDataFrame([], contract.ddl) if published is None else published
    of_live, one_day = f"{live.name} VERSION AS OF {snapshot}", live.has_one_day(snapshot)
    if published is None:
        return lake.spark.sql(serving_sql(contract, None, of_live, one_day))
    return lake.spark.sql(serving_sql(contract, "{published}", of_live, one_day), published=published)

"""Hashes of content, by which a stream knows a repeat from a contradiction."""

from __future__ import annotations

from dataclasses import replace

from pyspark.sql import SparkSession

from etl.model import Contract, load_contract
from etl.rules.versions import content_hash


def hashes(spark: SparkSession, contract: Contract, *rows: dict[str, str | None]) -> list[int]:
    """The hashes of rows whose other values are missing."""
    names = contract.names
    ddl = ", ".join(f"`{name}` string" for name in names)
    values = [tuple(row.get(name) for name in names) for row in rows]
    frame = spark.createDataFrame(values, ddl)
    return [row[0] for row in frame.select(content_hash(contract)).collect()]


def test_a_column_that_comes_later_changes_no_hash_of_a_row_without_it(spark: SparkSession) -> None:
    later = load_contract("web_events")
    for column in later.columns:
        earlier = replace(later, columns=tuple(each for each in later.columns if each is not column))
        row: dict[str, str | None] = {name: name for name in earlier.names}
        assert hashes(spark, earlier, row) == hashes(spark, later, row), column.name
        assert hashes(spark, later, row) != hashes(spark, later, {**row, column.name: ""}), column.name


def test_the_same_value_in_another_column_is_other_content(spark: SparkSession) -> None:
    contract = load_contract("web_events")
    found = hashes(spark, contract, *({name: "x"} for name in contract.names), {})
    assert len(set(found)) == len(contract.columns) + 1

"""A row gets every reason against it, and quarantine gives its texts back as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from pyspark.sql import DataFrame, SparkSession

from columns import column, contract, rule, things
from etl.rules.judging import judge, quarantined, raw_ddl

RUN_DATE = date(2024, 12, 31)

SIZE = (rule("size", "type"), rule("size", "required"), rule("size", "range", minimum="1", maximum="9"))
OWNER = (rule("owner", "type"), rule("owner", "reference", dataset="owners", column="owner"))

THINGS = things(
    column("size", "int", *SIZE),
    column("price", "decimal(6,2)", rule("price", "type")),
    column("kind", "string", rule("kind", "allowed", values=["a", "b"])),
    column("owner", "bigint", *OWNER),
)

AT = "2024-12-30 10:00:00"

ROWS = [
    ("1", "3", "1.50", "a", "7", AT, None),
    ("2", "x", "1.5x", "z", "8", "soon", None),
    ("", "10", "", "b", "", AT, None),
    ("4", "", "2.5", "", "7", AT, None),
    ("5", "3", "2.5", "b", "7", AT, None),
    ("6", "3", None, None, None, None, "6,3"),
    ("007", "3", "1.50", "a", "7", AT, None),
]


@pytest.fixture
def judged(spark: SparkSession) -> DataFrame:
    """The rows above, owners 7 and 9 being known."""
    return judge(raw_rows(spark), THINGS, RUN_DATE, owners(spark)).orderBy("_source_file")


def raw_rows(spark: SparkSession) -> DataFrame:
    """The rows above, each from a file of its own."""
    rows = [(*row, f"file-{number}") for number, row in enumerate(ROWS)]
    return spark.createDataFrame(rows, f"{raw_ddl(THINGS)}, _source_file string")


def owners(spark: SparkSession) -> dict[str, DataFrame]:
    """The owners that are known."""
    return {"owner.reference": spark.createDataFrame([(7,), (9,)], "owner bigint")}


def test_every_reason_in_the_order_of_the_contract(judged: DataFrame) -> None:
    found = [(row["_verdict"], row["_reasons"]) for row in judged.collect()]
    assert found == [
        ("valid", None),
        ("invalid", ["size.type", "price.type", "kind.allowed", "owner.reference", "at.type"]),
        ("invalid", ["id.required", "size.range"]),
        ("invalid", ["size.required"]),
        ("valid", None),
        ("invalid", ["row.malformed"]),
        ("invalid", ["id.type"]),
    ]


def test_values_of_valid_rows(judged: DataFrame) -> None:
    at = datetime(2024, 12, 30, 10)
    found = judged.where("_verdict = 'valid'").select(*THINGS.names).collect()
    assert [tuple(row) for row in found] == [
        (1, 3, Decimal("1.50"), "a", 7, at),
        (5, 3, Decimal("2.50"), "b", 7, at),
    ]


def test_texts_are_kept_where_the_values_do_not_give_them_back(judged: DataFrame) -> None:
    kept = [row["_raw"] is not None for row in judged.collect()]
    assert kept == [False, True, True, True, True, True, True]


def test_quarantine_gives_the_texts_back(judged: DataFrame) -> None:
    rows = quarantined(judged, THINGS).collect()
    assert len(rows) == len(ROWS)
    # A line that was cut short is kept whole; its pieces are not taken for columns.
    expected = [(*row[:6], row[6]) if row[6] is None else (None,) * 6 + ("6,3",) for row in ROWS]
    assert [tuple(row)[:7] for row in rows] == expected
    assert [row["_source_file"] for row in rows] == [f"file-{number}" for number in range(len(ROWS))]


def test_a_reference_needs_its_keys(spark: SparkSession) -> None:
    with pytest.raises(
        ValueError, match=r"contract rule owner\.reference: the keys of owners were not given"
    ):
        judge(raw_rows(spark), THINGS, RUN_DATE)


def test_judging_does_not_depend_on_how_rows_are_cut(spark: SparkSession, judged: DataFrame) -> None:
    again = judge(raw_rows(spark).repartition(5), THINGS, RUN_DATE, owners(spark))
    assert again.orderBy("_source_file").collect() == judged.collect()


EVENTS = contract(
    column("size", "int", rule("size", "type")),
    column("at", "timestamp", rule("at", "type"), rule("at", "future"), rule("at", "late", seconds=3600)),
    replace(column("position", "string"), derived="position"),
    key=("position",),
    version_column=None,
)

#: A size, an event time and an arrival.
RECORDS = [
    ("1", "2024-12-30 23:30:00", datetime(2024, 12, 31, 0, 30)),
    ("2", "2024-12-30 23:29:59", datetime(2024, 12, 31, 0, 30)),
    ("3", "2024-12-31 00:00:00", datetime(2024, 12, 30, 23, 59)),
    ("x", "2024-12-31 00:00:00", datetime(2024, 12, 31, 0, 0)),
]


def records(spark: SparkSession) -> DataFrame:
    """The records above, as a stream cuts them."""
    rows = [
        (size, at, None, f"things/0/{offset:019d}", arrived)
        for offset, (size, at, arrived) in enumerate(RECORDS)
    ]
    return spark.createDataFrame(rows, f"{raw_ddl(EVENTS)}, _source_file string, _arrived_at timestamp")


def test_records_are_validated_by_their_day_and_arrival(spark: SparkSession) -> None:
    rows = judge(records(spark), EVENTS, date(2024, 12, 30), keep=["_arrived_at"]).orderBy("_source_file")
    found = [row["_reasons"] for row in rows.collect()]
    assert found == [None, ["at.late"], ["at.future"], ["size.type", "at.future"]]
    assert [row["_arrived_at"] for row in rows.collect()] == [arrived for _, _, arrived in RECORDS]


def test_a_record_without_a_key_is_named_by_its_position(spark: SparkSession) -> None:
    rows = judge(records(spark), EVENTS, RUN_DATE).orderBy("_source_file").collect()
    assert [row["position"] for row in rows] == [f"things/0/{offset:019d}" for offset in range(len(RECORDS))]
    assert "_arrived_at" not in rows[0]


def test_rows_of_files_are_never_late(spark: SparkSession) -> None:
    rows = judge(records(spark).drop("_arrived_at"), EVENTS, RUN_DATE).orderBy("_source_file")
    assert [row["_reasons"] for row in rows.collect()] == [None, None, None, ["size.type"]]

"""Text becomes a value only if it is one in full.

ANSI mode is off, so Spark itself would let all of this pass.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from columns import accepted, column
from etl.rules.casts import canonical, cast, shape, written

REFUSED = object()

CASES = {
    "bigint": {
        "12": 12,
        "-12": -12,
        "+12": REFUSED,
        "007": REFUSED,
        "-0": REFUSED,
        "01067": REFUSED,
        "0": 0,
        "9223372036854775807": 9223372036854775807,
        "9223372036854775808": REFUSED,
        "1e3": REFUSED,
        " 12": REFUSED,
        "12 ": REFUSED,
        "12abc": REFUSED,
        "12.7": REFUSED,
        "12.0": REFUSED,
        "0x1A": REFUSED,
        "1_000": REFUSED,
        "-": REFUSED,
        "١٢": REFUSED,
        "12\u0085": REFUSED,
    },
    "int": {"2147483647": 2147483647, "2147483648": REFUSED, "-2147483648": -2147483648, "two": REFUSED},
    "decimal(12,2)": {
        "24.90": Decimal("24.90"),
        "24.9": Decimal("24.90"),
        "24": Decimal("24.00"),
        "-0.01": Decimal("-0.01"),
        "24.900": Decimal("24.90"),
        "0000024.90": REFUSED,
        "+24.90": Decimal("24.90"),
        "0.5": Decimal("0.50"),
        "9999999999.99": Decimal("9999999999.99"),
        "10000000000.00": REFUSED,
        "1.005": REFUSED,
        "1e3": REFUSED,
        "1,50": REFUSED,
        "1.": REFUSED,
        ".5": REFUSED,
        " 1.50": REFUSED,
        "NaN": REFUSED,
        "EUR 5": REFUSED,
    },
    "decimal(2,2)": {"0.15": Decimal("0.15"), "0": Decimal("0.00"), "1.0": REFUSED},
    "decimal(4,2)": {"99.99": Decimal("99.99"), "100.00": REFUSED, "0.155": REFUSED},
    "double": {
        "1": 1.0,
        "1.5": 1.5,
        "1e3": 1000.0,
        ".5": 0.5,
        "NaN": REFUSED,
        "Infinity": REFUSED,
        "1d": REFUSED,
        "007.5": REFUSED,
        "1.7976931348623157e308": 1.7976931348623157e308,
        "1e400": REFUSED,
        "-1e400": REFUSED,
        "1e-400": REFUSED,
        "0e-400": 0.0,
        "0.30000000000000004": 0.30000000000000004,
        "100000000000000000000": 1e20,
        "12345678901234567.89": REFUSED,
        "0.1000000000000000055": REFUSED,
    },
    "boolean": {
        "true": True,
        "false": False,
        "t": REFUSED,
        "1": REFUSED,
        "yes": REFUSED,
        "TRUE": REFUSED,
        " true": REFUSED,
    },
    "date": {
        "2024-02-29": date(2024, 2, 29),
        "0001-01-01": date(1, 1, 1),
        "9999-12-31": date(9999, 12, 31),
        "0000-12-31": REFUSED,
        "2024-02-30": REFUSED,
        "2023-02-29": REFUSED,
        "2024-13-01": REFUSED,
        "2024": REFUSED,
        "2024-1-1": REFUSED,
        "2024-01-01 00:00:00": REFUSED,
        "2024-01-01T": REFUSED,
        "01-02-2024": REFUSED,
        "today": REFUSED,
    },
    "timestamp": {
        "2024-02-29 23:59:59": datetime(2024, 2, 29, 23, 59, 59),
        "9999-12-31 23:59:59": datetime(9999, 12, 31, 23, 59, 59),
        "0000-12-31 00:00:00": REFUSED,
        "2024-02-30 00:00:00": REFUSED,
        "2024-01-01 24:00:00": REFUSED,
        "2024-01-01 00:00:60": REFUSED,
        "2024-01-01": REFUSED,
        "2024-01-01 00:00": REFUSED,
        "2024-01-01T00:00:00": REFUSED,
        "2024-01-01 00:00:00Z": REFUSED,
        "2024-01-01 00:00:00.123": REFUSED,
        "2024-01-01 00:00:00+02:00": REFUSED,
        "epoch": REFUSED,
    },
}

#: Types with a form that is not the plain one, as contracts write it.
FORMED = {
    ("decimal(12,2)", "1234,56"): {
        "24,90": Decimal("24.90"),
        "1234,5": Decimal("1234.50"),
        "-0,01": Decimal("-0.01"),
        "7": Decimal("7.00"),
        "24.90": REFUSED,
        "1.234,50": REFUSED,
        "1,234,50": REFUSED,
        "01,5": REFUSED,
        "1,005": REFUSED,
        ",5": REFUSED,
        "5,": REFUSED,
    },
    ("decimal(12,2)", "1.234,56"): {
        "1.234,56": Decimal("1234.56"),
        "1.234": Decimal("1234.00"),
        "-1.234.567,8": Decimal("-1234567.80"),
        "12,5": Decimal("12.50"),
        "1234,5": Decimal("1234.50"),
        "12.5": REFUSED,
        "1.23,5": REFUSED,
        "1.2345": REFUSED,
        "0.123": REFUSED,
        ".123": REFUSED,
        "1.234,567": REFUSED,
        "1,234.56": REFUSED,
    },
    ("bigint", "1,234.56"): {
        "1,234,567": 1234567,
        "-1,234": -1234,
        "999": 999,
        "1234": 1234,
        "1,23": REFUSED,
        "1,234.0": REFUSED,
        "0,123": REFUSED,
        "-0": REFUSED,
        "9,223,372,036,854,775,808": REFUSED,
    },
    ("double", "1 234,56"): {
        "1 234,5": 1234.5,
        "0,1": 0.1,
        "1e3": REFUSED,
        "1  234,5": REFUSED,
        "12345678901234567,89": REFUSED,
    },
    ("date", "d/M/yyyy"): {
        "1/2/2024": date(2024, 2, 1),
        "31/12/2024": date(2024, 12, 31),
        "01/02/2024": REFUSED,
        "30/2/2024": REFUSED,
    },
    ("date", "MMM d, yyyy"): {
        "Jan 31, 2024": date(2024, 1, 31),
        "May 1, 2024": date(2024, 5, 1),
        "JAN 31, 2024": REFUSED,
        "Jan 01, 2024": REFUSED,
        "Feb 30, 2024": REFUSED,
    },
    ("date", "dd-MMMM-yyyy"): {
        "01-March-2024": date(2024, 3, 1),
        "1-March-2024": REFUSED,
        "01-Mar-2024": REFUSED,
    },
    ("date", "yyyyMMdd"): {
        "20240229": date(2024, 2, 29),
        "20230229": REFUSED,
        "2024-02-29": REFUSED,
        "00000101": REFUSED,
    },
    ("timestamp", "dd.MM.yyyy HH:mm"): {
        "31.12.2024 23:59": datetime(2024, 12, 31, 23, 59),
        "31.12.2024 24:00": REFUSED,
        "31.12.2024": REFUSED,
    },
}


@pytest.mark.parametrize(("spark_type", "form"), FORMED)
def test_a_form_is_read_in_full_and_given_back(spark: SparkSession, spark_type: str, form: str) -> None:
    cases = FORMED[spark_type, form]
    of_type, text = column("value", spark_type, form=form), F.col("text")
    texts = spark.createDataFrame([(case,) for case in cases], "text string")
    read, value = accepted(of_type, text), cast(of_type, text)
    given_back = ~canonical(of_type, text, value) | (written(of_type, value) == text)
    rows = texts.select(
        "text", F.when(read, value).alias("value"), read.alias("ok"), given_back.alias("same")
    )
    found = {row["text"]: row["value"] if row["ok"] else REFUSED for row in rows.collect()}
    assert found == cases
    assert all(row["same"] for row in rows.where("ok").collect())


@pytest.mark.parametrize("spark_type", CASES)
def test_text_is_read_in_full_or_not_at_all(spark: SparkSession, spark_type: str) -> None:
    cases = CASES[spark_type]
    of_type, text = column("value", spark_type), F.col("text")
    texts = spark.createDataFrame([(case,) for case in cases], "text string")
    read = accepted(of_type, text)
    rows = texts.select("text", F.when(read, cast(of_type, text)).alias("value"), read.alias("ok"))
    found = {row["text"]: row["value"] if row["ok"] else REFUSED for row in rows.collect()}
    assert len(found) == len(cases)
    assert found == cases


@pytest.mark.parametrize("spark_type", [*CASES, "string"])
def test_what_is_canonical_is_given_back_by_the_value(spark: SparkSession, spark_type: str) -> None:
    of_type, text = column("value", spark_type), F.col("text")
    texts = [*CASES.get(spark_type, {"Anna": "Anna", " x ": " x "}), "", None]
    rows = spark.createDataFrame([(each,) for each in texts], "text string")
    value = cast(of_type, text)
    kept = (
        rows.where((text.isNull() | accepted(of_type, text)) & canonical(of_type, text, value))
        .select("text", written(of_type, value).alias("written"))
        .collect()
    )
    assert len(kept) >= 2
    assert [row["written"] for row in kept] == [row["text"] for row in kept]
    assert "" not in [row["text"] for row in kept]


def test_missing_text_is_no_value(spark: SparkSession) -> None:
    columns = [column("value", spark_type) for spark_type in [*CASES, "string"]]
    rows = spark.createDataFrame([("",), (None,)], "text string").select(
        *[F.coalesce(accepted(each, F.col("text")), F.lit(False)).alias(each.type) for each in columns]
    )
    assert [set(row.asDict().values()) for row in rows.collect()] == [{False}, {False}]


def test_other_datetime_patterns(spark: SparkSession) -> None:
    compact = column("day", "date", form="yyyyMMdd")
    spoken = column("at", "timestamp", form="dd/MM/yyyy'T'HH:mm:ss")
    rows = spark.createDataFrame(
        [("20240229", "29/02/2024T10:00:00"), ("20240230", "1/2/2024T10:00:00")], "d string, t string"
    )
    found = rows.select(
        F.when(accepted(compact, F.col("d")), cast(compact, F.col("d"))),
        F.when(accepted(spoken, F.col("t")), cast(spoken, F.col("t"))),
    ).collect()
    assert [tuple(row) for row in found] == [(date(2024, 2, 29), datetime(2024, 2, 29, 10)), (None, None)]


def test_shape_of_a_datetime_pattern() -> None:
    assert shape("yyyy-MM-dd'T'HH:mm") == r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}T[0-9]{2}:[0-9]{2}\z"

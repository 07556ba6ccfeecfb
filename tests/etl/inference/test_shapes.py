"""Which form every kind of text has."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.time_shapes import DAY_FIRST, EITHER_FIRST, MONTH_FIRST, resolved

UUID = "550e8400-e29b-41d4-a716-446655440000"

FORMS = {
    shapes.MISSING: (None, ""),
    shapes.INTEGER: ("0", "-7", "123456789012345678"),
    shapes.SIGNED: ("+12", "+0"),
    shapes.CODE: (
        "007",
        "-0",
        "+007",
        "1234567890123456789",
        "-1234567890123456789",
        "+00.1",
        "01.5",
        "00e5",
    ),
    shapes.DECIMAL: ("0.5", "-12.30", "-0.0", "+0.1", "12345678901234567890.5"),
    shapes.FLOAT: (".5", "-1.5E-3", "1.0e400"),
    shapes.BARE: ("1e5", "7.", "12E4"),
    shapes.YES_NO: ("True", "FALSE", "yes", "N"),
    shapes.BOOLEAN: ("true", "false"),
    shapes.UUID: (UUID, UUID.replace("550", "a50").upper()),
    shapes.EMAIL: ("a@b.co", "1@b.co"),
    DAY_FIRST: ("31/01/2024", "31/1/2024"),
    MONTH_FIRST: ("01/31/2024", "1/31/2024"),
    EITHER_FIRST: ("05/06/2024", "5/6/2024"),
    "dd-MM-yyyy": ("31-01-2024",),
    "either dd-MM-yyyy or MM-dd-yyyy HH:mm": ("05-06-2024 23:59",),
    "dd/MM/yyyy HH:mm:ss": ("31/01/2024 10:11:12",),
    "dd.MM.yyyy HH:mm": ("31.01.2024 10:11",),
    "yyyy-MM-dd'T'HH:mm": ("2024-01-31T10:11",),
    "dd MMM yyyy": ("31 Jan 2024", "1 March 2024"),
    "dd-MMM-yyyy": ("31-Jan-2024",),
    "MMM dd, yyyy": ("Jan 31, 2024", "September 30, 2024"),
    "MMM dd yyyy": ("Jan 1 2024",),
    "MMM-dd-yyyy": ("Jan-1-2024",),
    "yyyy-MM-dd HH:mm": ("2024-01-31 10:11",),
    "yyyy-MM-dd": ("2024-01-31", "2024-1-31"),
    "yyyy/MM/dd": ("2024/01/31",),
    "dd.MM.yyyy": ("31.01.2024",),
    "yyyy-MM-dd HH:mm:ss": ("2024-01-31 10:11:12",),
    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'": ("2024-01-31T10:11:12.123Z",),
    "yyyy-MM-dd HH:mm:ss.SSSSSS'+00:00'": ("2024-01-31 10:11:12.123456+00:00",),
    **{f"{shapes.MARK}{mark}": (mark,) for mark in shapes.MARKS},
    shapes.COMMA: ("1,5", "0,123", "-1234,567", "12,3456"),
    shapes.EITHER_COMMA: ("1,234", "-123,456"),
    shapes.POINTS_COMMA: ("1.234,5", "-1.234.567,8"),
    shapes.POINTS: ("1.234.567",),
    shapes.COMMAS: ("1,234,567", "1,234.5", "-12,345.678"),
    shapes.BLANKS_COMMA: ("1 234,5",),
    shapes.BLANKS: ("1 234", "1 234 567"),
    shapes.ODD: (" 1", "1 ", "1\n", "12:30", "24.01.31 10:11", "(5)", "12 %", "$5", "€ 1.234,50", "1,23,4"),
    shapes.TEXT: ("+", f"{UUID}0", "true ", "na", "٣", "1 kg", "inf", "12-JAN-2024", "Foo 1, 2024"),
}


def test_every_text_has_its_form(spark: SparkSession) -> None:
    expected = {text: form for form, texts in FORMS.items() for text in texts}
    rows = spark.createDataFrame([(text,) for text in expected], "text string")
    found = rows.select("text", shapes.shape_of(F.col("text")).alias("form")).collect()
    assert {row["text"]: row["form"] for row in found} == expected


@pytest.mark.parametrize(
    "text",
    [
        *("31/31/2024", "00/01/2024", "2024-31-01", "01.31.2024", "0000-01-01", "2024-01-31 24:00:00"),
        *("32 Jan 2024", "0/1/2024", "001/01/2024", "31/01/24", "31/01/2024 9:30"),
    ],
)
def test_what_is_no_day_has_no_form_of_a_day(spark: SparkSession, text: str) -> None:
    (row,) = spark.range(1).select(shapes.shape_of(F.lit(text))).collect()
    assert row[0] in (shapes.ODD, shapes.TEXT)


@pytest.mark.parametrize(
    ("text", "digits", "scale"), [("0", 1, 0), ("-120", 3, 0), ("+1.25", 1, 2), ("12.5", 2, 1)]
)
def test_digits_around_the_point(spark: SparkSession, text: str, digits: int, scale: int) -> None:
    value = F.lit(text)
    whole = F.substring_index(value, ".", 1)
    row = spark.range(1).select(shapes.digits_of(whole), shapes.scale_of(value)).collect()[0]
    assert tuple(row) == (digits, scale)


@pytest.mark.parametrize(
    ("form", "parts", "pattern"),
    [
        ("dd/MM/yyyy", {"zero"}, "dd/MM/yyyy"),
        ("dd/MM/yyyy", {"single"}, "d/M/yyyy"),
        ("dd/MM/yyyy HH:mm", {"single"}, "d/M/yyyy HH:mm"),
        ("dd/MM/yyyy", set(), "dd/MM/yyyy"),
        ("dd/MM/yyyy", {"zero", "single"}, None),
        ("MMM dd, yyyy", {"single", "short"}, "MMM d, yyyy"),
        ("MMM dd, yyyy", {"long"}, "MMMM dd, yyyy"),
        ("MMM dd, yyyy", {"short", "long"}, None),
    ],
)
def test_the_parts_of_days_decide_the_pattern(form: str, parts: set[str], pattern: str | None) -> None:
    assert resolved(form, parts) == pattern

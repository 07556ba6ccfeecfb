"""Examples of quarantined rows: two of a reason, and nothing personal among them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from pyspark.sql import SparkSession

from columns import column, contract, rule
from etl.model import Contract
from etl.rules.examples import LONGEST, count_reasons, shape, told
from etl.rules.judging import quarantine_ddl

SIZE = column("size", "int", rule("size", "type"), rule("size", "range"))
MAIL = dataclasses.replace(column("mail", "string", rule("mail", "pattern")), personal=True)
ID = column("id", "bigint", rule("id", "required"), rule("id", "type"))
PLAIN = contract(ID, SIZE, column("note", "string"))
PEOPLE = contract(ID, SIZE, MAIL)

Rows = list[tuple[Any, ...]]


def examples(spark: SparkSession, of: Contract, rows: Rows) -> tuple[Any, Any]:
    """Counts and examples of rows: the texts of `of`, the line, the file and the reasons."""
    found = told(count_reasons(spark.createDataFrame(rows, quarantine_ddl(of)), of).collect(), of)
    return found.counts, found.examples


def test_of_many_rows_there_are_the_first_and_the_last(spark: SparkSession) -> None:
    rows: Rows = [(str(n), f"big {n}", "secret note", None, "a.csv", ["size.type"]) for n in range(1, 10)]
    counts, shown = examples(spark, PLAIN, [*rows[::-1], ("0", None, None, None, "b.csv", ["size.type"])])
    assert counts == {"size.type": 10}
    assert shown == {
        "size.type": [
            {"file": "a.csv", "values": {"id": "1", "size": "big 1"}},
            {"file": "b.csv", "values": {"id": "0", "size": None}},
        ]
    }


def test_a_row_with_two_reasons_is_an_example_of_both(spark: SparkSession) -> None:
    rows: Rows = [(None, "x" * (LONGEST + 1), None, None, "a.csv", ["id.required", "size.type"])]
    counts, shown = examples(spark, PLAIN, rows)
    assert counts == {"id.required": 1, "size.type": 1}
    assert shown["id.required"] == [{"file": "a.csv", "values": {"id": None}}]
    assert shown["size.type"][0]["values"] == {"id": None, "size": "x" * LONGEST + "…"}


def test_a_line_that_could_not_be_cut_is_told_by_its_file_alone(spark: SparkSession) -> None:
    _, shown = examples(spark, PLAIN, [(None, None, None, "7,8,9,10,11", "a.csv", ["row.malformed"])])
    assert shown == {"row.malformed": [{"file": "a.csv", "values": {}}]}


def test_personal_columns_are_not_even_read(spark: SparkSession) -> None:
    rows: Rows = [("7", "1", "Anna", None, "a.csv", ["mail.pattern"])]
    quarantine = spark.createDataFrame(rows, quarantine_ddl(PEOPLE)).drop("mail", "_line")
    found = told(count_reasons(quarantine, PEOPLE).collect(), PEOPLE)
    assert found.examples == {"mail.pattern": [{"file": "a.csv", "values": {"id": "7"}}]}


def test_beside_personal_columns_whatever_may_be_anything_is_masked(spark: SparkSession) -> None:
    rows: Rows = [
        ("7", "Anna 12", "anna@example.com", None, "a.csv", ["size.type"]),
        ("Anna", "5", "anna@example.com", None, "a.csv", ["id.type"]),
    ]
    _, shown = examples(spark, PEOPLE, rows)
    assert shown["size.type"][0]["values"] == {"id": "7", "size": "Aaaa 00"}
    assert shown["id.type"][0]["values"] == {"id": "Aaaa"}


def test_a_personal_key_names_no_row(spark: SparkSession) -> None:
    of = contract(dataclasses.replace(ID, personal=True), SIZE)
    _, shown = examples(spark, of, [("7", "many", None, "a.csv", ["size.type"])])
    assert shown["size.type"] == [{"file": "a.csv", "values": {"size": "aaaa"}}]


@pytest.mark.parametrize(("text", "masked"), [("Été 2024!", "Aaa 0000!"), ("", ""), ("٣x", "0a")])
def test_a_shape_has_no_letter_and_no_digit_of_the_text(text: str, masked: str) -> None:
    assert shape(text) == masked

"""What is proposed of a column, from counts alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.inference.bounds import first_day, most_characters, storable


@pytest.mark.parametrize(
    ("bound", "kind", "fits"),
    [
        ("5000000000", "int", False),
        ("50000", "smallint", False),
        ("-20000", "smallint", True),
        ("10000000000000000", "bigint", False),
        ("5000000000000000", "bigint", True),
        ("0", "decimal(20,20)", True),
        ("1", "decimal(20,20)", False),
        ("0.5", "decimal(20,20)", True),
        ("0.05", "decimal(5,1)", False),
        ("100000000000000000000", "decimal(38,17)", True),
        ("1000000000000000000000", "decimal(38,3)", False),
        ("5E+308", "double", False),
        ("2E-7", "double", False),
        ("0.000002", "double", True),
    ],
)
def test_a_bound_that_the_column_and_the_contract_can_hold(bound: str, kind: str, fits: bool) -> None:
    assert storable(Decimal(bound), kind) is fits


@pytest.mark.parametrize(
    ("low", "first"),
    [("2024-01-01", "2014-01-01"), ("0005-06-07 08:09:10", "0001-01-01"), ("9999-12-31", "9989-01-01")],
)
def test_history_may_go_back_some_years(low: str, first: str) -> None:
    assert first_day(low) == first


@pytest.mark.parametrize(("longest", "most"), [(0, 100), (4, 100), (60, 200), (300, 1000)])
def test_a_text_may_become_longer(longest: int, most: int) -> None:
    assert most_characters(longest) == most

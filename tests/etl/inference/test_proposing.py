"""What is proposed of a column, from counts alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.inference.bounds import storable


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

"""What is proposed of a column, from counts alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.inference import shapes
from etl.inference.bounds import first_day, most_characters, storable
from etl.inference.numbers import OPEN, decimal_mark, propose_number
from etl.inference.proposal import Forms, Surroundings


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


#: Texts such as `3.791`, whose point may be that of a fraction, or group digits.
OPEN_POINTS = Forms({shapes.DECIMAL: 60}, whole_digits=1, scale=3, comma_digits=4, may_be_groups=True)


@pytest.mark.parametrize(
    ("mark", "kind", "form"),
    [
        (None, "string", None),
        (".", "decimal(18,3)", None),
        (",", "bigint", "1.234,56"),
    ],
)
def test_a_point_before_three_digits_is_what_other_columns_say(
    mark: str | None, kind: str, form: str | None
) -> None:
    proposal = propose_number(OPEN_POINTS, Surroundings(can_format=True, decimal_mark=mark))
    assert proposal is not None
    assert (proposal.type, proposal.format) == (kind, form)
    assert (proposal.notes == (OPEN,)) is (kind == "string")


def test_points_that_group_twice_leave_commas_for_fractions() -> None:
    columns = {"amount": OPEN_POINTS, "total": Forms({shapes.POINTS: 60})}
    assert decimal_mark(columns, Surroundings(can_format=True, has_delimiter_comma=False)) == ","
    assert decimal_mark({"amount": OPEN_POINTS}, Surroundings(can_format=True)) is None

"""Which first rows are headers, and what is said of those that are not whole."""

from __future__ import annotations

import pytest

from etl.sources.headers import Header, find_header, width_problem

ROWS = {
    "word_for_a_number": ["1,unlimited,0", "2,6,0", "3,9,1"],
    "word_and_a_country": ["1,unknown,BE", "2,6,NL", "3,9,NL"],
    "word_and_a_price": ["1,open,A12,3.50", "2,6,A13,4.20", "3,9,A14,1.00"],
    "word_and_a_code": ["1,none,A12,7", "2,6,A13,8", "3,9,A14,9"],
    "word_after_a_day": ["2024-01-01,start,5", "2024-01-02,6,7", "2024-01-03,9,8"],
    "word_before_a_day": ["1,Smith,2024-01-01", "2,7,2024-01-02", "3,8,2024-01-03"],
    "names_of_people": ["1,Smith,2024-01-01", "2,Jones,2024-01-02", "3,Peeters,2024-01-03"],
    "years_of_rows": ["open,2019,2020", "6,2018,2021", "7,2017,2020"],
    "number_and_years": ["1,none,2019,2020", "2,4,5,6", "3,5,7,9"],
}

HEADERS = {
    "years": ["Country Code,2019,2020,2021", "C01,1,2,3", "C02,4,5,6"],
    "years_only": ["2019,2020", "1.5,2.5", "3.5,0.5"],
    "days": ["place,1/22/20,1/23/20", "Ghent,5,6", "Bruges,7,9"],
    "index": [",name", "0,Ann", "1,Bob"],
    "names": ["id,name,price", "1,Ann,1.5", "2,Bob,2.5"],
}


def cut(lines: list[str]) -> list[list[str]]:
    """Rows of lines."""
    return [line.split(",") for line in lines]


@pytest.mark.parametrize("name", ROWS)
def test_a_number_above_numbers_is_no_name(name: str) -> None:
    rows = cut(ROWS[name])
    assert not find_header(rows, len(rows[0])).is_there


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_one(name: str) -> None:
    rows = cut(HEADERS[name])
    assert find_header(rows, len(rows[0])) == Header(is_there=True, is_evident=name != "index")


@pytest.mark.parametrize(
    "lines",
    [
        ["code,2024", "C01,5", "C02,6"],
        ["code,1,2,3", "C01,7,7,9", "C02,4,5,6"],
        ["unknown,BE", "6,NL", "7,BE"],
    ],
)
def test_evidence_on_both_sides_is_no_evidence(lines: list[str]) -> None:
    rows = cut(lines)
    assert find_header(rows, len(rows[0])) == Header(is_there=True, is_evident=False)


def test_a_delimiter_too_many_is_named() -> None:
    for ending, said in ((",", "has a delimiter too many"), (",,", "has 2 delimiters too many")):
        found = width_problem(cut([f"id,name{ending}", "0,n0", "1,n1"]), 2)
        assert found == (0, f"{said} at its end")

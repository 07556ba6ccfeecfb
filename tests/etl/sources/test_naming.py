"""Names that tables and columns can have."""

from __future__ import annotations

import pytest

from etl.sources.naming import column_names, plain_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("Þórður", "thordur"),
        ("naïve café", "naive_cafe"),
        ("DepTime (min)", "dep_time_min"),
        ("цена", "column"),
        ("价格 EUR", "eur"),
    ],
)
def test_a_name_has_plain_letters(text: str, name: str) -> None:
    assert plain_name(text, "column") == name


def test_names_of_other_scripts_are_numbered() -> None:
    assert column_names(["id", "цена", "价格", "цена"]) == ["id", "column_2", "column_3", "column_4"]

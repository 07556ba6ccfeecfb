"""What refers to another dataset: a column that is called so, whose values are keys that are published."""

from __future__ import annotations

from typing import Any

import pytest
from pyspark.sql import SparkSession

from any_data import inferred, outcome, proposed, run_any
from etl.model import Contract

Tried = tuple[dict[str, Any], dict[str, Contract], dict[str, Any]]


def table(head: str, *columns: list[Any]) -> str:
    """A CSV file, from its columns."""
    return f"{head}\n" + "".join(",".join(map(str, row)) + "\n" for row in zip(*columns))


def numbers(count: int, modulo: int = 1_000_000) -> list[int]:
    """So many whole numbers from 1, beginning again after some."""
    return [n % modulo + 1 for n in range(count)]


#: Unlike the names of any key, and different in every row.
NOTES = [f"note {n}" for n in range(100)]

FILES = {
    # The key of both is called `id`.
    "clients": table("id,note", numbers(100), NOTES),
    "purchases": table("id,client_id,note", numbers(50), numbers(50, 20), NOTES),
    # Called as the dataset, without a word for a number.
    "visits": table("id,client,note", numbers(60), numbers(60, 30), NOTES),
    # One to one, by the key of both, and by the name of one.
    "people": table("person_id,note", numbers(60), NOTES),
    "faces": table("person_id,note", numbers(60), NOTES),
    "badges": table("badge_no,person_id", numbers(60), numbers(60)[::-1]),
    # A number of something that is in no name, and a measure.
    "fleet": table("car_id,note", numbers(40), NOTES),
    "fines": table("id,car_id,paid", numbers(80), numbers(80, 40), [9] * 80),
    "insured": table("policy_no,car_id", numbers(40), numbers(40)[::-1]),
    "paid": table("paid,note", numbers(40), NOTES),
    # Names that say nothing.
    "v": table("v,note", [f"w{n}" for n in range(9)], NOTES),
    "a": table("a,v", [f"x{n}" for n in range(9)], [f"w{n}" for n in range(9)]),
    "words": table("abc,note", [f"w{n}" for n in range(9)], NOTES),
    "uses": table("id,abc", numbers(9), [f"w{n}" for n in range(9)]),
    # A list of values, and a text that only shares some.
    "lands": table("land,note", [f"land {n}" for n in range(5)], NOTES),
    "trips": table("id,land,sort", numbers(50), [f"land {n % 5}" for n in range(50)], numbers(50, 5)),
    "sort": table("sort,note", numbers(5), NOTES),
    # The managers of employees are employees: no dataset is checked before itself.
    "employees": table("employee_id,manager_id", numbers(30), numbers(30, 5)),
    # The row of `plant_id` 7 goes to quarantine, and so would all that refer to it.
    "plants": table("plant_id,built", numbers(60), ["unknown" if n == 6 else n for n in range(60)]),
    "outages": table("id,plant_id", numbers(120), numbers(120, 60)),
    "spilled": table("spill_id,site", numbers(60), ["\ufffd" if n == 6 else f"s{n}" for n in range(60)]),
    "cleaned": table("id,spill_id", numbers(120), numbers(120, 60)),
}

REFERENCES = {
    ("badges", "person_id", "people", "person_id"),
    ("fines", "car_id", "fleet", "car_id"),
    ("purchases", "client_id", "clients", "id"),
    ("trips", "land", "lands", "land"),
    ("visits", "client", "clients", "id"),
}


@pytest.fixture(scope="module")
def tried(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """All files in one folder, inferred and run once."""
    root = tmp_path_factory.mktemp("references")
    data = root / "data"
    data.mkdir()
    for name, text in FILES.items():
        (data / f"{name}.csv").write_text(text)
    evidence = inferred(spark, data, root)
    path, contracts = proposed(root)
    return evidence, contracts, run_any(spark, root, data, path, "first")


def test_a_reference_has_a_reason(tried: Tried) -> None:
    found = {
        (name, column.name, str(rule.params["dataset"]), str(rule.params["column"]))
        for name, contract in tried[1].items()
        for column, rule in contract.references()
    }
    assert found == REFERENCES


def test_no_row_is_quarantined_by_a_reference_that_was_inferred_from_it(tried: Tried) -> None:
    evidence, _, results = tried
    refused = {name: reasons for name in evidence if (reasons := outcome(results, name)[1])}
    assert refused == {"plants": {"built.type": 1}, "spilled": {"site.encoding": 1}}


def test_people_see_what_is_no_reference(tried: Tried) -> None:
    seen = {(each["dataset"], each["unknown"]) for each in tried[0]["outages"]["references"]}
    assert seen == {("plants", 2)}
    (named,) = tried[0]["uses"]["references"]
    assert (named["dataset"], named["unknown"], named["proposed"]) == ("words", 0, False)

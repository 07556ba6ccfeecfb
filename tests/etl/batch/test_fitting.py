"""A run whose contract is of another shape than the published table is refused before it writes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from any_data import dataset, key, outcome, rows_of, run_any, text, typed, write_contracts
from etl.batch.fitting import misfits, shapes
from etl.model import Column, Contract, Partition

THINGS = dataset("things", key(), text("note"), typed("day", "date", "required"))
(SHAPE,) = shapes({"things": THINGS}).values()
NEW = typed("size", "int")


def test_the_same_contract_fits_and_so_does_a_new_column_that_may_be_missing() -> None:
    assert misfits(SHAPE, THINGS) == []
    assert misfits(SHAPE, dataclasses.replace(THINGS, columns=(*reversed(THINGS.columns), NEW))) == []


def test_every_difference_is_told() -> None:
    required = dataclasses.replace(NEW, nullable=False)
    other = dataclasses.replace(
        THINGS,
        columns=(key(spark_type="string"), THINGS.columns[2], required),
        key=("day", "id"),
        version_column="day",
        partition_by=Partition("day", "month"),
    )
    assert misfits(SHAPE, other) == [
        "the column note is gone",
        "id was bigint and is string",
        "the new column size is required",
        "the key was id and is day, id",
        "the column that orders versions was none and is day",
        "the partitioning was none and is day_month",
    ]


def files_of(root: Path) -> set[str]:
    """Every file of a lake."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_data_of_another_shape_never_gets_into_a_published_table(spark: SparkSession, tmp_path: Path) -> None:
    def run(contract: Contract, run_id: str, content: str) -> dict[str, int]:
        data = tmp_path / run_id
        data.mkdir()
        (data / f"{contract.name}.csv").write_text(content)
        contracts = write_contracts(tmp_path / f"{run_id}.json", [contract])
        return outcome(run_any(spark, tmp_path / "lake", data, contracts, run_id), contract.name)[0]

    assert run(THINGS, "first", "id,note,day\n1,a,2024-01-01\n") == {"read": 1, "inserted": 1}
    # Of another dataset: what is known of the first is handed on.
    run(dataset("others", key()), "second", "id\n1\n")
    before = files_of(tmp_path / "lake")
    other = dataset("things", text("note"), key(), NEW)
    with pytest.raises(ValueError, match=r"things: published by contract 1\.0\.0, and now 1\.0\.0: the col"):
        run(other, "third", "note,id,size\na,1,2\n")
    assert files_of(tmp_path / "lake") == before
    wider = dataclasses.replace(THINGS, columns=(*THINGS.columns, NEW), version="1.1.0")
    assert run(wider, "fourth", "id,note,day,size\n2,b,2024-01-02,7\n") == {"read": 1, "inserted": 1}


def test_rows_from_before_a_column_came_get_its_values(spark: SparkSession, tmp_path: Path) -> None:
    tier = typed("tier", "bigint")

    def run(run_id: str, content: str, *more: Column) -> tuple[dict[str, int], dict[str, int]]:
        data = tmp_path / run_id
        data.mkdir()
        (data / "people.csv").write_text(content)
        contract = dataset("people", key(), text("city"), *more)
        contracts = write_contracts(tmp_path / f"{run_id}.json", [contract])
        return outcome(run_any(spark, tmp_path / "lake", data, contracts, run_id), "people")

    assert run("first", "id,city\n1,a\n2,b\n3,c\n")[0] == {"read": 3, "inserted": 3}
    # One says more than before, one nothing new, one something else.
    rows, reasons = run("second", "id,city,tier\n1,a,7\n2,b,\n3,x,9\n4,d,1\n", tier)
    assert rows == {"read": 4, "inserted": 1, "updated": 1, "superseded": 1, "quarantined": 1}
    assert reasons == {"id.unique": 1}
    # What was filled contradicts as any other value does; what is still missing may come later.
    rows, reasons = run("third", "id,city,tier\n1,a,8\n2,b,5\n4,d,1\n", tier)
    assert rows == {"read": 3, "updated": 1, "superseded": 1, "quarantined": 1}
    found = rows_of(spark, tmp_path / "lake", dataset("people", key(), text("city"), tier))
    assert found == [(1, "a", 7), (2, "b", 5), (3, "c", None), (4, "d", 1)]

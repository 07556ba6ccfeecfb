"""The door to stored tables: what is written is described from its files, and one pointer names it all."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from etl.storage.lake import POINTER, Lake
from etl.storage.snapshot import Snapshot, Table

DDL = "id bigint, kind string"


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(spark, str(tmp_path))


def written(lake: Lake, run: str) -> Table:
    """A table of five rows in two partitions, one of which needs its name escaped."""
    rows = lake.spark.createDataFrame([(1, "a"), (2, "a"), (3, "b/c"), (4, "a"), (5, "b/c")], DDL)
    cut = rows.withColumn("part", rows["kind"]).coalesce(1)
    return lake.write_table(cut, "things", f"curated/things/run={run}", "part")


def test_a_table_is_counted_from_its_files(lake: Lake, tmp_path: Path) -> None:
    table = written(lake, "r1")
    assert {label: (part.rows, part.files) for label, part in table.parts.items()} == {
        "a": (3, 1),
        "b/c": (2, 1),
    }
    assert table.rows == 5
    for part in table.parts.values():
        assert sum(path.stat().st_size for path in (tmp_path / part.folder).glob("*.parquet")) == part.bytes
    assert table.as_result("/lake") == {
        "name": "things",
        "rows": 5,
        "files": 2,
        "bytes": sum(part.bytes for part in table.parts.values()),
        "location": "/lake/curated/things",
    }


def test_partitions_are_read_alone_or_together(lake: Lake) -> None:
    table = written(lake, "r1")
    assert sorted(row["id"] for row in lake.read_table(table, DDL).collect()) == [1, 2, 3, 4, 5]
    assert sorted(row["id"] for row in lake.read_table(table, DDL, {"b/c"}).collect()) == [3, 5]
    assert lake.read_table(table, DDL, set()).collect() == []


def test_what_was_written_is_never_written_over(lake: Lake) -> None:
    written(lake, "r1")
    with pytest.raises(AnalysisException, match="PATH_ALREADY_EXISTS"):
        written(lake, "r1")


def test_an_empty_table(lake: Lake) -> None:
    empty = lake.spark.createDataFrame([], DDL)
    assert lake.write_table(empty, "whole", "whole").rows == 0
    assert lake.write_table(empty.withColumn("part", empty["kind"]), "cut", "cut", "part").parts == {}


def test_publishing_moves_one_pointer(lake: Lake, tmp_path: Path) -> None:
    assert lake.published() == Snapshot()
    table = written(lake, "r1")
    first = Snapshot("r1", "2024-12-31", "abc", "", {"things": table})
    published = lake.publish_tables(first, base="")
    assert dataclasses.replace(published, published_at="") == first
    assert lake.published() == published
    assert json.loads((tmp_path / POINTER).read_text())["tables"] == {
        "things": {label: vars(part) for label, part in table.parts.items()}
    }


def test_a_pointer_that_moved_meanwhile_stays(lake: Lake) -> None:
    lake.publish_tables(Snapshot("r1"), base="")
    with pytest.raises(
        RuntimeError, match="names run 'r1', but 'r2' was built upon 'none': another run published"
    ):
        lake.publish_tables(Snapshot("r2"), base="")
    assert lake.published().run_id == "r1"


def test_a_pointer_of_a_later_release_is_refused(lake: Lake) -> None:
    lake.files.replace_json(POINTER, {"schema_version": 2})
    with pytest.raises(ValueError, match=r"published/current\.json has schema_version 2, these jobs know 1"):
        lake.published()

"""The door: folders are described from their files, and one pointer names all tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from etl.model.layout import PUBLISHED_POINTER
from etl.storage.folders import Folders
from etl.storage.lake import FEW_FILES, Lake
from etl.storage.pointer import PointerMovedError
from etl.storage.snapshot import Snapshot

DDL = "id bigint, kind string"


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(spark, str(tmp_path))


def written(lake: Lake, run: str) -> Folders:
    """Folders of five rows in two parts, one of which needs its name escaped."""
    rows = lake.spark.createDataFrame([(1, "a"), (2, "a"), (3, "b/c"), (4, "a"), (5, "b/c")], DDL)
    cut = rows.withColumn("part", rows["kind"]).coalesce(1)
    return lake.write_folders(cut, "things", f"staged/things/run={run}", "part")


@pytest.mark.parametrize("few", [0, FEW_FILES])
def test_folders_are_counted_from_their_files(
    lake: Lake, tmp_path: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.storage.lake.FEW_FILES", few)
    folders = written(lake, "r1")
    assert {label: (part.rows, part.files) for label, part in folders.parts.items()} == {
        "a": (3, 1),
        "b/c": (2, 1),
    }
    assert folders.rows == 5
    for part in folders.parts.values():
        assert sum(path.stat().st_size for path in (tmp_path / part.folder).glob("*.parquet")) == part.bytes


@pytest.mark.parametrize("few", [0, FEW_FILES])
def test_a_folder_without_parts_is_counted(lake: Lake, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.storage.lake.FEW_FILES", few)
    folders = lake.write_folders(lake.spark.range(7).repartition(3), "whole", "whole")
    assert [(label, part.rows, part.files) for label, part in folders.parts.items()] == [("", 7, 3)]


def test_parts_are_read_alone_or_together(lake: Lake) -> None:
    folders = written(lake, "r1")
    assert sorted(row["id"] for row in lake.read_parts(folders, DDL).collect()) == [1, 2, 3, 4, 5]
    assert sorted(row["id"] for row in lake.read_parts(folders, DDL, {"b/c"}).collect()) == [3, 5]
    assert lake.read_parts(folders, DDL, set()).collect() == []


def test_what_was_written_is_never_written_over(lake: Lake) -> None:
    written(lake, "r1")
    with pytest.raises(AnalysisException, match="PATH_ALREADY_EXISTS"):
        written(lake, "r1")


def test_empty_folders(lake: Lake) -> None:
    empty = lake.spark.createDataFrame([], DDL)
    assert lake.write_folders(empty, "whole", "whole").rows == 0
    assert lake.write_folders(empty.withColumn("part", empty["kind"]), "cut", "cut", "part").parts == {}


def test_a_pointer_that_moved_meanwhile_stays(lake: Lake) -> None:
    lake.publish_tables(Snapshot("r1"), base="")
    with pytest.raises(
        RuntimeError, match="names run 'r1', but 'r2' was built upon 'none': another run published"
    ):
        lake.publish_tables(Snapshot("r2"), base="")
    assert lake.published().run_id == "r1"


def test_a_pointer_of_a_later_release_is_refused(lake: Lake) -> None:
    lake.files.replace_json(PUBLISHED_POINTER, {"schema_version": 3})
    with pytest.raises(
        ValueError, match=r"published/current\.json has schema_version 3, these jobs know 1 and 2"
    ):
        lake.published()


def test_of_two_who_publish_at_once_the_first_wins(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the pointer before either writes it."""
    lake.publish_tables(Snapshot("r1"), base="")
    require = Lake._require

    def outrun(one: Lake, candidate: Snapshot) -> None:
        monkeypatch.setattr(Lake, "_require", require)
        Lake(one.spark, one.files.root).publish_tables(Snapshot("r3"), base="r1")

    monkeypatch.setattr(Lake, "_require", outrun)
    with pytest.raises(PointerMovedError, match="another run published meanwhile; nothing was published"):
        lake.publish_tables(Snapshot("r2"), base="r1")
    assert lake.published().run_id == "r3"
    assert [path.name for path in Path(lake.files.root, "published").iterdir()] == ["current.json"]

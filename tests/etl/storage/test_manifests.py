"""Manifests name the files of what is published, wherever a publication was interrupted."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession

from etl.storage.lake import Lake
from etl.storage.manifests import engine_uri
from etl.storage.snapshot import Snapshot, Table

DDL = "id bigint, kind string"


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(spark, str(tmp_path / "lake"))


def snapshot(lake: Lake, run: str, *ids: int) -> Snapshot:
    """A snapshot of a table in two partitions, one name escaped, and of one that is not partitioned."""
    rows = lake.spark.createDataFrame([(each, "a b" if each % 2 else "c/d") for each in ids], DDL)
    cut = rows.withColumn("part", rows["kind"]).coalesce(1)
    things = lake.write_table(cut, "things", f"curated/things/run={run}", "part")
    whole = lake.write_table(rows.coalesce(1), "whole", f"marts/whole/run={run}")
    return Snapshot(run, "2024-12-31", "abc", "", {"things": things, "whole": whole})


def manifest(lake: Lake, name: str) -> list[str]:
    """The lines of a table's manifest, which is alone in its folder."""
    (path,) = (Path(lake.files.root) / "published" / "manifests" / name).iterdir()
    return path.read_text().splitlines()


def read(lake: Lake, name: str) -> list[int]:
    """The ids that another engine finds by the manifest."""
    query = "select id from read_parquet(?, hive_partitioning = false) order by id"
    return [row[0] for row in duckdb.connect().execute(query, [manifest(lake, name)]).fetchall()]


def test_another_engine_reads_what_is_published(lake: Lake) -> None:
    lake.publish_tables(snapshot(lake, "r1", 1, 2, 3), base="")
    assert len(manifest(lake, "things")) == 2
    assert all(line.startswith("file:///") for line in manifest(lake, "things"))
    assert (read(lake, "things"), read(lake, "whole")) == ([1, 2, 3], [1, 2, 3])
    lake.publish_tables(snapshot(lake, "r2", 4), base="r1")
    assert (read(lake, "things"), read(lake, "whole")) == ([4], [4])


def test_a_table_without_rows_has_an_empty_manifest(lake: Lake) -> None:
    lake.publish_tables(Snapshot("r1", tables={"things": Table("things", {})}), base="")
    assert manifest(lake, "things") == []


def killed_between(lake: Lake, monkeypatch: pytest.MonkeyPatch, candidate: Snapshot, base: str) -> None:
    """Publish, and die when the pointer has moved and one manifest of two is written."""
    replace, written = lake.files.replace_text, list[str]()

    def dying(relative: str, text: str) -> None:
        if written and "/manifests/" in relative:
            raise KeyboardInterrupt
        replace(relative, text)
        if "/manifests/" in relative:
            written.append(relative)

    with monkeypatch.context() as patched:
        patched.setattr(lake.files, "replace_text", dying)
        with pytest.raises(KeyboardInterrupt):
            lake.publish_tables(candidate, base)
    assert len(written) == 1
    assert lake.published().run_id == candidate.run_id


def test_publishing_again_mends_what_a_kill_left_behind(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.publish_tables(snapshot(lake, "r1", 1, 2), base="")
    second = snapshot(lake, "r2", 3)
    killed_between(lake, monkeypatch, second, "r1")
    # Each table is of one run or of the other, never of both.
    assert (read(lake, "things"), read(lake, "whole")) == ([3], [1, 2])
    published = lake.published()
    assert lake.publish_tables(second, base="r1") == published
    assert (read(lake, "things"), read(lake, "whole")) == ([3], [3])


def test_the_next_run_mends_what_a_kill_left_behind(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.publish_tables(snapshot(lake, "r1", 1, 2), base="")
    killed_between(lake, monkeypatch, snapshot(lake, "r2", 3), "r1")
    lake.mend_manifests()
    assert (read(lake, "things"), read(lake, "whole")) == ([3], [3])


def test_manifests_that_are_right_are_left_alone(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.mend_manifests()
    assert not lake.files.exists("published")
    lake.publish_tables(snapshot(lake, "r1", 1, 2), base="")

    def refused(relative: str, _: str) -> None:
        raise AssertionError(f"{relative} was written")

    monkeypatch.setattr(lake.files, "replace_text", refused)
    lake.mend_manifests()


def test_a_lake_that_was_copied_names_its_own_files(lake: Lake, tmp_path: Path) -> None:
    lake.publish_tables(snapshot(lake, "r1", 1, 2), base="")
    copied = Lake(lake.spark, str(shutil.copytree(lake.files.root, tmp_path / "copy")))
    copied.mend_manifests()
    assert all(line.startswith(f"file://{tmp_path}/copy/") for line in manifest(copied, "things"))


def test_a_run_that_published_meanwhile_keeps_its_manifests(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = snapshot(lake, "r2", 3)
    quick = Lake(lake.spark, lake.files.root)
    replace = lake.files.replace_text

    def overtaken(relative: str, text: str) -> None:
        if "/manifests/" in relative and quick.published().run_id == "r1":
            quick.publish_tables(second, base="r1")
        replace(relative, text)

    first = snapshot(lake, "r1", 1, 2)
    monkeypatch.setattr(lake.files, "replace_text", overtaken)
    lake.publish_tables(first, base="")
    assert lake.published().run_id == "r2"
    assert (read(lake, "things"), read(lake, "whole")) == ([3], [3])


def test_a_file_that_is_gone_stops_the_publication(lake: Lake) -> None:
    candidate = snapshot(lake, "r1", 1, 2)
    part = candidate.tables["whole"].parts[""]
    for path in (Path(lake.files.root) / part.folder).glob("*.parquet"):
        path.unlink()
    with pytest.raises(
        FileNotFoundError, match=r"marts/whole/run=r1: 1 files were written and 0 are there; nothing was pub"
    ):
        lake.publish_tables(candidate, base="")
    assert lake.published() == Snapshot()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("s3://lake/curated/x=a%2Fb/1.parquet", "s3://lake/curated/x=a%2Fb/1.parquet"),
        ("s3a://lake/1.parquet", "s3://lake/1.parquet"),
        ("file:/lake/1.parquet", "file:///lake/1.parquet"),
        ("file:///lake/1.parquet", "file:///lake/1.parquet"),
    ],
)
def test_uris_are_those_of_query_engines(path: str, uri: str) -> None:
    assert engine_uri(path) == uri

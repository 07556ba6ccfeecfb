"""Tables behind the door: runs write in branches, one pointer decides, and every engine follows it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyspark.sql import DataFrame, SparkSession

from columns import column, things
from engines import stored
from etl.model import Partition
from etl.model.layout import PUBLISHED_POINTER
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from etl.storage.snapshot import Snapshot, Version
from etl.storage.tables import KEPT

CONTRACT = things(column("kind", "string"), partition_by=Partition("at", "month"))
SPEC = TableSpec.of_dataset(CONTRACT)
MART = TableSpec("marts", "sums", (("kind", "string", "What is summed."), ("total", "bigint", "")))

ROWS = [(1, "a", "2024-01-05"), (2, "a", "2024-02-05"), (3, "b", "2024-02-06")]


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(spark, str(tmp_path))


def rows(lake: Lake, values: list[tuple[int, str, str]]) -> DataFrame:
    """Rows of `things`, on the day they are of."""
    texts = lake.spark.createDataFrame(values, "id bigint, kind string, at string")
    return texts.withColumn("at", texts["at"].cast("timestamp")).coalesce(1)


def write(lake: Lake, run: str, values: list[tuple[int, str, str]] = ROWS) -> Snapshot:
    """Both tables as a run leaves them in its branch, on top of what is published."""
    published = lake.published().tables
    sums = lake.spark.createDataFrame([("all", len(values))], "kind string, total bigint").coalesce(1)
    versions = []
    for spec, content in ((SPEC, rows(lake, values)), (MART, sums)):
        lake.begin_table(spec, run, published.get(spec.name))
        versions.append(lake.replace_table(content, spec, run))
    return Snapshot(run, "2024-12-31", "abc", "", {version.name: version for version in versions})


def ids(lake: Lake, version: Version) -> list[int]:
    """The ids that a version holds."""
    return sorted(row["id"] for row in lake.read_table(version, CONTRACT.ddl).collect())


def on_main(lake: Lake) -> tuple[int, int]:
    """What another engine sees: rows of `things`, and the total of `sums`."""
    root = Path(lake.files.root)
    (total,) = stored(root, "marts", "sums").column("total").to_pylist() or [0]
    return stored(root, "curated", "things").num_rows, total


def refs(lake: Lake, name: str = "things", zone: str = "curated") -> dict[str, str]:
    """Branches and tags of a table by name."""
    found = dict(lake.tables.load(zone, name).refs())
    return {str(name): "branch" if ref.isBranch() else "tag" for name, ref in found.items()}


def test_a_run_is_seen_when_it_is_published(lake: Lake, tmp_path: Path) -> None:
    first = write(lake, "r-1")
    things = first.tables["things"]
    assert (things.rows, things.files) == (3, 2)
    files = (tmp_path / "curated" / "things" / "data").rglob("*.parquet")
    assert sum(path.stat().st_size for path in files) == things.bytes
    assert refs(lake) == {"run_r_1": "branch"}
    assert on_main(lake) == (0, 0)
    published = lake.publish_tables(first, base="")
    assert lake.published() == published == replace(first, published_at=published.published_at)
    assert on_main(lake) == (3, 3)
    assert refs(lake) == {"main": "branch", "run_r_1": "tag"}
    tag = lake.tables.load("curated", "things").refs().get("run_r_1")
    assert tag.maxRefAgeMs() == KEPT.days * 24 * 3600 * 1000
    assert json.loads((tmp_path / PUBLISHED_POINTER).read_text())["tables"]["things"] == {
        "zone": "curated",
        "snapshot_id": things.snapshot_id,
        "rows": 3,
        "files": 2,
        "bytes": things.bytes,
    }


def test_changes_are_counted_by_iceberg(lake: Lake) -> None:
    base = lake.publish_tables(write(lake, "r1"), base="").tables["things"]
    batch = [(1, "c", "2024-03-01"), (2, "c", "2024-01-01"), (9, "c", "2024-01-01")]
    lake.begin_table(SPEC, "r2", base)
    change = lake.change_table(rows(lake, batch), SPEC, "r2", base, updated=1)
    # The second row is older than what is there, and stays out.
    assert (change.added, change.removed, change.version.rows) == (2, 1, 4)
    after = lake.read_table(change.version, "id bigint, kind string").collect()
    assert sorted(map(tuple, after)) == [(1, "c"), (2, "a"), (3, "b"), (9, "c")]
    lake.begin_table(SPEC, "r3", base)
    added = lake.change_table(rows(lake, batch[2:]), SPEC, "r3", base, updated=0)
    assert (added.added, added.removed, ids(lake, added.version)) == (1, 0, [1, 2, 3, 9])
    assert ids(lake, base) == [1, 2, 3]


def test_what_a_kill_left_behind_is_mended_by_the_next(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.publish_tables(write(lake, "r1"), base="")
    second = write(lake, "r2", ROWS[:1])
    follow = lake.tables.follow

    def dying(version: Version, branch: str) -> None:
        if version.zone == "marts":
            raise KeyboardInterrupt
        follow(version, branch)

    with monkeypatch.context() as patched:
        patched.setattr(lake.tables, "follow", dying)
        with pytest.raises(KeyboardInterrupt):
            lake.publish_tables(second, base="r1")
    # Each table is of one run or of the other, never of both.
    assert on_main(lake) == (1, 3)
    published = lake.published()
    assert lake.publish_tables(second, base="r1") == published
    assert on_main(lake) == (1, 1)
    commits = lake.tables.load("marts", "sums").history().size()
    lake.follow_pointer()
    assert lake.tables.load("marts", "sums").history().size() == commits


def test_a_pointer_that_was_put_back_is_followed(lake: Lake) -> None:
    lake.publish_tables(write(lake, "r1"), base="")
    before = lake.files.read_json(PUBLISHED_POINTER)
    lake.publish_tables(write(lake, "r2", ROWS[:1]), base="r1")
    assert on_main(lake) == (1, 1)
    lake.files.replace_json(PUBLISHED_POINTER, before)
    lake.follow_pointer()
    assert on_main(lake) == (3, 3)


def test_a_snapshot_that_is_gone_stops_the_publication(lake: Lake) -> None:
    candidate = write(lake, "r1")
    gone = replace(candidate.tables["sums"], snapshot_id="42")
    with pytest.raises(
        FileNotFoundError, match="marts/sums: snapshot 42 is gone; nothing was published; run the batch again"
    ):
        lake.publish_tables(replace(candidate, tables={**candidate.tables, "sums": gone}), base="")
    assert lake.published() == Snapshot()


def test_a_table_becomes_what_its_contract_says(lake: Lake) -> None:
    first = lake.publish_tables(write(lake, "r1"), base="").tables["things"]
    columns = (*SPEC.columns[:1], ("kind", "string", "Of which kind; it's \\ new."), SPEC.columns[2])
    told = {**SPEC.properties, "comment": "Things; it's new.", "personal_data": "kind"}
    wider = replace(SPEC, columns=(*columns, ("size", "int", "How large.")), properties=told)
    assert told["contract_version"] == CONTRACT.version
    lake.begin_table(wider, "r2", first)
    properties = dict(lake.tables.load("curated", "things").properties())
    assert told.items() <= properties.items()
    fields = {
        field.name: field for field in lake.spark.table(lake.tables.identifier("curated", "things")).schema
    }
    assert list(fields) == ["id", "kind", "at", "size"]
    assert fields["kind"].metadata["comment"] == "Of which kind; it's \\ new."
    change = lake.change_table(rows(lake, [(9, "c", "2024-01-01")]), wider, "r2", first, updated=0)
    found = lake.read_table(change.version, "id bigint, size int, more string").collect()
    assert sorted(map(tuple, found)) == [(n, None, None) for n in (1, 2, 3, 9)]
    other = replace(SPEC, columns=(("id", "string", ""), *SPEC.columns[1:]))
    with pytest.raises(TypeError, match="curated/things: the table cannot become what its contract says"):
        lake.begin_table(other, "r3", first)


def test_folders_of_an_earlier_release_are_taken_over(lake: Lake) -> None:
    parts = lake.write_folders(rows(lake, ROWS), "things", "curated/things/run=old")
    sums = lake.spark.createDataFrame([("all", 3)], "kind string, total bigint")
    marts = lake.write_folders(sums, "sums", "marts/sums/run=old")
    tables = {each.name: {label: vars(part) for label, part in each.parts.items()} for each in (parts, marts)}
    head = {
        "run_id": "old",
        "run_date": "2024-12-30",
        "release": "abc",
        "published_at": "2024-12-30T10:00:00Z",
    }
    lake.files.replace_json(PUBLISHED_POINTER, {"schema_version": 1, **head, "tables": tables})
    for _ in range(2):
        lake.take_over([SPEC])
        published = lake.published()
        assert (published.run_id, published.folders) == ("old", {})
        assert ids(lake, published.tables["things"]) == [1, 2, 3]
        assert on_main(lake) == (3, 3)
    assert "month" in lake.tables.load("curated", "things").spec().toString()

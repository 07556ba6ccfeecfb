"""Upkeep: fewer files with the same rows, nothing lost that can be asked for, and a record of the savings."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from columns import column, things
from engines import stored
from etl.jobs import maintain
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from etl.storage.maintenance import Upkeep
from etl.storage.snapshot import Snapshot, Version

SPEC = TableSpec.of_dataset(things(column("kind", "string")))
RUNS = 6


def publish(lake: Lake, run: str, number: int) -> Version:
    """A run that brings one row."""
    before = lake.published()
    base = before.tables.get("things")
    texts = lake.spark.createDataFrame([(number, "a", "2024-01-05")], "id bigint, kind string, at string")
    rows = texts.withColumn("at", texts["at"].cast("timestamp")).coalesce(1)
    lake.begin_table(SPEC, run, base)
    if base is None:
        version = lake.replace_table(rows, SPEC, run)
    else:
        version = lake.change_table(rows, SPEC, run, base, updated=0).version
    lake.publish_tables(Snapshot(run, "2024-12-31", "abc", "", {"things": version}), base=before.run_id)
    return version


def ids(lake: Lake, version: Version) -> list[int]:
    """The ids that a version holds."""
    return sorted(row["id"] for row in lake.read_table(version, "id bigint").collect())


def test_maintenance_keeps_what_was_published_and_removes_the_rest(
    spark: SparkSession, tmp_path: Path
) -> None:
    lake = Lake(spark, str(tmp_path))
    versions = [publish(lake, f"r{number}", number) for number in range(RUNS)]
    lake.begin_table(SPEC, "never", versions[0])
    orphan = tmp_path / "curated" / "things" / "data" / "orphan.parquet"
    orphan.write_bytes(b"left by a commit that failed")
    week_ago = (datetime.now(timezone.utc) - timedelta(days=7)).timestamp()
    os.utime(orphan, (week_ago, week_ago))

    maintain.run(lake, "maintain-1")
    record = json.loads((tmp_path / "runs" / "run=maintain-1" / "maintenance.json").read_text())
    (table,) = record["tables"]
    assert (table["before"]["files"], table["after"]["files"], table["rows"]) == (RUNS, 1, RUNS)
    assert table["after"]["bytes"] < table["before"]["bytes"]
    # A branch of today may belong to a run under way, and what was current this month can still be asked for.
    assert (table["orphans_removed"], table["snapshots_expired"], table["branches_dropped"]) == (1, 0, [])
    assert not orphan.exists()
    assert lake.published().run_id == f"r{RUNS - 1}"
    assert ids(lake, lake.published().tables["things"]) == list(range(RUNS))
    assert stored(tmp_path, "curated", "things").num_rows == RUNS
    assert [ids(lake, version) for version in versions] == [list(range(n + 1)) for n in range(RUNS)]

    with pytest.raises(FileExistsError, match="run id 'maintain-1' was used before"):
        maintain.run(lake, "maintain-1")

    # Two months later the earlier runs are history, and so is the branch of the one that never came back.
    upkeep = Upkeep(lake, datetime.now(timezone.utc) + timedelta(days=60))
    current = lake.published().tables["things"]
    assert upkeep.drop_branches(current) == ["run_never"]
    upkeep.expire(current)
    assert ids(lake, current) == list(range(RUNS))
    # The tag of a run stays for its days, whatever the clock of this upkeep says, and its rows with it.
    assert ids(lake, versions[0]) == [0]

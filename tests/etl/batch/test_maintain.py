"""Upkeep: fewer files with the same rows, nothing lost that can be asked for, and a record of the savings."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from columns import column, things
from engines import stored
from etl.batch import maintain
from etl.model import Partition
from etl.storage.catalog import TableSpec
from etl.storage.lake import Lake
from etl.storage.maintenance import Upkeep
from etl.storage.snapshot import Snapshot, Version

SPEC = TableSpec.of_dataset(things(column("kind", "string")))
RUNS = 6

#: Daily batches: enough small files of a month to be worth joining.
DAYS = 5


def publish(lake: Lake, run: str, number: int, alone: bool = False) -> Version:
    """A run that brings one row, beside those there are or in their place."""
    before = lake.published()
    base = before.tables.get("things")
    texts = lake.spark.createDataFrame([(number, "a", "2024-01-05")], "id bigint, kind string, at string")
    rows = texts.withColumn("at", texts["at"].cast("timestamp")).coalesce(1)
    lake.begin_table(SPEC, run, base)
    if base is None or alone:
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


def data_files(root: Path) -> set[str]:
    """The data files that lie in the folder of the table."""
    return {path.name for path in (root / "curated" / "things" / "data").rglob("*.parquet")}


def test_what_can_no_longer_be_asked_for_is_removed_with_its_files(
    spark: SparkSession, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    month, moment = Lake(spark, str(tmp_path)), Lake(spark, str(tmp_path), kept=timedelta(milliseconds=1))
    # Each run replaces the row of the one before. The first and the third may be looked back at no longer.
    expired, others = [], []
    for number, lake in enumerate((moment, month, moment, month)):
        before = data_files(tmp_path)
        version = publish(lake, f"r{number}", number, alone=True)
        kept = others if lake is month else expired
        kept.append((number, version, data_files(tmp_path) - before))
    pointer = month.published()

    caplog.set_level(logging.INFO)
    maintain.run(moment, "maintain-1")

    assert data_files(tmp_path) == set().union(*(files for *_, files in others))
    assert [month.tables.has(version) for _, version, _ in (*expired, *others)] == [False, False, True, True]
    assert [ids(month, version) for _, version, _ in others] == [[number] for number, *_ in others]
    tags = {str(name) for name in dict(month.tables.load("curated", "things").refs())}
    assert tags == {"main", "run_r1", "run_r3"}
    assert month.published() == pointer
    assert stored(tmp_path, "curated", "things").column("id").to_pylist() == [3]

    (table,) = json.loads((tmp_path / "runs" / "run=maintain-1" / "maintenance.json").read_text())["tables"]
    # The third is the empty table that the first run began with.
    assert table["snapshots_expired"] == len(expired) + 1
    saved = {unit: table["stored_before"][unit] - table["stored_after"][unit] for unit in ("files", "bytes")}
    assert saved["files"] > len(expired)
    assert saved["bytes"] > 0
    (logged,) = [vars(record) for record in caplog.records if record.getMessage() == "saved"]
    assert {unit: logged[unit] for unit in saved} == saved


def files_by_month(lake: Lake) -> dict[str, tuple[int, int]]:
    """Data files and delete files of every partition as `main` has them."""
    files = lake.spark.table(f"{lake.tables.identifier('curated', 'things')}.`files`")
    month = F.date_format(F.add_months(F.lit("1970-01-01"), F.col("partition.at_month")), "yyyy-MM")
    counted = files.groupBy(month).agg(F.count_if(F.col("content") == 0), F.count_if(F.col("content") > 0))
    return {name: (data, deletes) for name, data, deletes in sorted(counted.collect())}


def test_a_partition_has_one_file_of_a_first_load_and_one_a_day_until_upkeep(
    spark: SparkSession, tmp_path: Path
) -> None:
    spec = replace(SPEC, partition=Partition("at", "month"))
    lake, base = Lake(spark, str(tmp_path)), ""
    moment = F.expr("timestamp'2024-01-01' + make_dt_interval(id)")
    # A quarter, of which every task has rows of every month; then days with a new row and a changed one.
    batches = [spark.range(90).repartition(8).select("id", F.lit("a").alias("kind"), moment.alias("at"))]
    for day in range(1, DAYS + 1):
        changed, new = (day, "b", f"2024-01-31 0{day}:00:00"), (100 + day, "a", f"2024-03-31 0{day}:00:00")
        texts = spark.createDataFrame([changed, new], "id bigint, kind string, at string")
        batches.append(texts.withColumn("at", texts["at"].cast("timestamp")))
    for number, rows in enumerate(batches):
        run, before = f"r{number}", lake.published().tables.get("things")
        lake.begin_table(spec, run, before)
        version = (
            lake.change_table(rows, spec, run, before, updated=1).version
            if before
            else lake.replace_table(rows, spec, run)
        )
        base = lake.publish_tables(Snapshot(run, "2024-12-31", "abc", "", {"things": version}), base).run_id
        if number == 0:
            assert files_by_month(lake) == dict.fromkeys(("2024-01", "2024-02", "2024-03"), (1, 0))
    # The changed rows were in one file, which has one list of those that it no longer holds.
    assert files_by_month(lake) == {
        "2024-01": (1 + DAYS, 1),
        "2024-02": (1, 0),
        "2024-03": (1 + DAYS, 0),
    }
    before = ids(lake, lake.published().tables["things"])
    maintain.run(lake, "maintain-1")
    assert files_by_month(lake) == dict.fromkeys(("2024-01", "2024-02", "2024-03"), (1, 0))
    assert ids(lake, lake.published().tables["things"]) == before
    assert len(before) == 90 + DAYS

"""What Spark really executes: raw files are scanned once, references travel to the rows, little is sorted."""

from __future__ import annotations

import re
from pathlib import Path

from pyspark.sql import SparkSession

from batches import DAY, order, run_of, write_batch
from etl.contracts import DATASETS
from etl.jobs import ingest


def executed_plans(spark: SparkSession, since: int) -> list[str]:
    """The physical plans of the SQL executions after the first `since`, as they ended."""
    store = spark._jsparkSession.sharedState().statusStore()
    spark._jsc.sc().listenerBus().waitUntilEmpty()
    executions = store.executionsList()
    return [executions.apply(index).physicalPlanDescription() for index in range(since, executions.size())]


def test_raw_files_are_scanned_once_and_only_suspicious_rows_are_sorted(
    spark: SparkSession, tmp_path: Path
) -> None:
    duplicates = [order(1), order(1), order(2, status="shipped"), order(2, status="paid")]
    write_batch(tmp_path / "raw", DAY, [*duplicates, *[order(n) for n in range(3, 50)]])
    before = spark._jsparkSession.sharedState().statusStore().executionsList().size()
    ingest.run(spark, run_of(tmp_path, DAY, "scans"))
    plans = executed_plans(spark, before)
    assert len(plans) > 5
    scans = {
        name: [plan for plan in plans if re.search(rf"Location: .*/raw/{name}/", plan)] for name in DATASETS
    }
    # Once is one time better than the two that the design allows.
    assert {name: len(found) for name, found in scans.items()} == dict.fromkeys(DATASETS, 1)
    (judged,) = scans["orders"]
    final = judged.partition("== Final Plan ==")[2].partition("== Initial Plan ==")[0]
    assert final.count("Scan csv") == 1
    assert final.count("BroadcastHashJoin LeftOuter") == 2
    assert not re.findall(r"Window|Sort|SortMergeJoin|ShuffledHashJoin", final)
    windows = [plan for plan in plans if "Window" in plan]
    assert len(windows) == 1
    assert re.search(r"Location: .*/staged/orders/run=scans/suspects", windows[0])

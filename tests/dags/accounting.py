"""What a run that published leaves: results in which every row that was read ends exactly once."""

from __future__ import annotations

import json

from dag_runs import RUN_DATE, Finished
from emulated_platform import EmulatedPlatform


def assert_every_row_accounted_for(lake: EmulatedPlatform, published: Finished) -> None:
    """Read the results where the run said that they are, and add them up."""
    run = published.xcoms["begin_workflow", "run"]
    bucket, _, key = run["results"].removeprefix("s3://").partition("/")
    results = json.loads(lake.get(bucket, key))
    assert (results["run_id"], results["run_date"]) == (run["run_id"], RUN_DATE)
    assert (results["release"], results["outcome"]) == (run["release"], "published")
    assert len(results["datasets"]) == 3
    for dataset in results["datasets"]:
        counted = dict(dataset["dispositions"])
        assert counted.pop("read") == sum(counted.values()) > 0, dataset["name"]

"""What a run tells CloudWatch, from its results to what CloudWatch then has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from emulated_platform import EmulatedPlatform
from facts_fixture import DATA_BUCKET
from results_fixture import results

from platform_dag.metrics import metric_data, send_metrics


def _values(data: list[dict[str, Any]]) -> dict[str, float]:
    return {metric["MetricName"]: metric["Value"] for metric in data}


def test_the_rows_are_those_of_all_datasets_and_the_percentage_of_the_worst() -> None:
    document = results(1)
    document["datasets"][1]["dispositions"].update(read=10, inserted=6, quarantined=4)
    assert _values(metric_data(document)) == {
        "RunsPublished": 1,
        "RowsRead": 1011,
        "RowsQuarantined": 34,
        "QuarantinePercent": pytest.approx(40),
    }


def test_a_batch_without_rows_has_none_in_quarantine() -> None:
    document = results(1)
    document["datasets"] = document["datasets"][1:]
    assert _values(metric_data(document))["QuarantinePercent"] == 0


class TaskInstance:
    """What the callback asks of the task it is called for."""

    def __init__(self, run: dict[str, str]) -> None:
        self.run = run

    def xcom_pull(self, task_ids: str, key: str) -> dict[str, str]:
        """Answer with what the first task left."""
        assert (task_ids, key) == ("begin_workflow", "run")
        return self.run


def test_cloudwatch_has_them_in_the_environments_namespace(platform: EmulatedPlatform) -> None:
    document = results(1)
    key = f"runs/run={document['run_id']}/results.json"
    platform.put(DATA_BUCKET, key, json.dumps(document).encode())
    send_metrics({"ti": TaskInstance({"results": f"s3://{DATA_BUCKET}/{key}"})})
    assert platform.metrics() == _values(metric_data(document))

"""What a run tells CloudWatch once it has published: that it has, and how much went into quarantine.

A callback of the last task, as the mails are: metrics that cannot be sent are no reason to call published
data failed. Airflow logs what went wrong, and the alarm on freshness tells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.sdk import Context

from platform_dag.facts import Orchestration, read


def metric_data(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Make the `MetricData` of `PutMetricData` of the results of a run that published.

    The percentage is that of the dataset that lost most, so that a big one does not hide a small one.
    """
    counts = [dataset["dispositions"] for dataset in results["datasets"]]
    shares = [100 * count["quarantined"] / count["read"] for count in counts if count["read"]]
    return [
        _metric("RunsPublished", 1, "Count"),
        _metric("RowsRead", sum(count["read"] for count in counts), "Count"),
        _metric("RowsQuarantined", sum(count["quarantined"] for count in counts), "Count"),
        _metric("QuarantinePercent", max(shares, default=0.0), "Percent"),
    ]


def _metric(name: str, value: float, unit: str) -> dict[str, Any]:
    return {"MetricName": name, "Value": value, "Unit": unit}


def send_metrics(context: Context) -> None:
    """Send the metrics of the run. For the last task, which runs only after the run has published."""
    run = context["ti"].xcom_pull(task_ids="begin_workflow", key="run")
    bucket, key = S3Hook.parse_s3_url(run["results"])
    results = json.loads(S3Hook(aws_conn_id=None).read_key(key, bucket))
    orchestration = read(Orchestration)
    # The only namespace beside MWAA's own that the role may write to.
    namespace = f"{orchestration.project}/{orchestration.environment}"
    cloudwatch = AwsBaseHook(aws_conn_id=None, client_type="cloudwatch").conn
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=metric_data(results))

"""The whole pipeline on the published bundle, on EMR Serverless: the same release and data, real Spark."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from accounting import assert_every_row_accounted_for
from dag_runs import Finished, run_dag
from emulated_platform import EmulatedPlatform
from facts_fixture import DATA_BUCKET, LOGS_BUCKET
from generated_batch import publish_and_generate
from job_run_agent import JobRunAgent
from mailbox_server import Mailbox
from spark_runner import SparkRunner

from platform_dag.batch import MAINTENANCE

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def lake(aws: str, shared_folder: Path) -> EmulatedPlatform:
    """An environment that computes on EMR Serverless, with a release and one generated batch in `raw/`."""
    platform = EmulatedPlatform(aws)
    platform.compute_on_serverless()
    publish_and_generate(aws, platform, shared_folder)
    return platform


@pytest.fixture(scope="module")
def published(aws: str, airflow_database: None, lake: EmulatedPlatform) -> Finished:
    """The run of a good batch."""
    with Mailbox() as box:
        lake.store_connection("smtp_default", box.connection)
        log_uri = lake.facts["processing"]["serverless"]["log_uri"]
        with JobRunAgent(aws, log_uri, SparkRunner(aws)):
            return run_dag("big_data_pipeline_serverless")


@pytest.fixture(scope="module")
def maintained(aws: str, lake: EmulatedPlatform, published: Finished) -> tuple[Finished, list[str]]:
    """The run that maintained the tables after that, and the subjects of its mails."""
    with Mailbox() as box:
        lake.store_connection("smtp_default", box.connection)
        log_uri = lake.facts["processing"]["serverless"]["log_uri"]
        with JobRunAgent(aws, log_uri, SparkRunner(aws)):
            run = run_dag("big_data_pipeline_serverless", conf=dict(MAINTENANCE))
        return run, [message["Subject"] for message in box.messages]


def _logs(platform: EmulatedPlatform) -> dict[str, str]:
    """What each driver said, by key."""
    keys = platform.keys(LOGS_BUCKET, "logs/")
    return {key: gzip.decompress(platform.get(LOGS_BUCKET, key)).decode() for key in keys}


def test_a_good_batch_is_published_and_accounted_for(lake: EmulatedPlatform, published: Finished) -> None:
    assert published.state == "success", f"{published.tasks}\n{_logs(lake)}"
    assert_every_row_accounted_for(lake, published)
    run = published.xcoms["begin_workflow", "run"]
    assert run["run_id"] in lake.get(DATA_BUCKET, "published/current.json").decode()


def test_the_drivers_logs_are_where_emr_serverless_keeps_them(
    lake: EmulatedPlatform, published: Finished
) -> None:
    application_id = published.xcoms["begin_workflow", "run"]["application"]
    ids = [job_run["jobRunId"] for job_run in lake.job_runs().values()]
    assert len(ids) == 3
    jobs = f"logs/emr-serverless/applications/{application_id}/jobs"
    logs = _logs(lake)
    drivers = [f"{jobs}/{id}/SPARK_DRIVER" for id in ids]
    assert set(logs) == {f"{driver}/{name}.gz" for driver in drivers for name in ("stdout", "stderr")}
    # `spark-submit` hands on what Python says, on either stream, as its own output.
    said = [logs[f"{driver}/stdout.gz"] for driver in drivers]
    assert len([text for text in said if '"message": "succeeded", "job": "curate"' in text]) == 1


def test_the_tables_are_maintained_and_hold_what_was_published(
    lake: EmulatedPlatform, published: Finished, maintained: tuple[Finished, list[str]]
) -> None:
    run, mails = maintained
    assert run.state == "success", f"{run.tasks}\n{_logs(lake)}"
    record = run.xcoms["begin_workflow", "run"]["results"].removeprefix(f"s3://{DATA_BUCKET}/")
    tables = json.loads(lake.get(DATA_BUCKET, record))["tables"]
    pointer = json.loads(lake.get(DATA_BUCKET, "published/current.json"))
    assert pointer["run_id"] == published.xcoms["begin_workflow", "run"]["run_id"]
    assert {table["name"]: table["rows"] for table in tables} == {
        name: table["rows"] for name, table in pointer["tables"].items()
    }
    assert len(tables) == 6
    # Nothing was published: the asset has no event and CloudWatch no metric of it, but somebody is told.
    assert run.tasks["end_workflow"] == "skipped"
    assert lake.metrics()["RunsPublished"] == 1
    (mail,) = mails
    assert mail.endswith("succeeded")

"""The whole pipeline on the published bundle: Airflow's tasks, EMR's records, Spark's work, data and mails.

Only the places are replaced: the bundle is built and published by the platform's own command, the steps are
the DAG's own `spark-submit`, and the mail server is the one that `platform smtp` stored.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from accounting import assert_every_row_accounted_for
from airflow_settings import DAGS, ENVIRONMENT, PACKAGES
from catalog_tables import contracts, iceberg_metadata, table
from dag_runs import RUN_DATE, Finished, run_dag
from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET, LOGS_BUCKET
from generated_batch import publish_and_generate
from mailbox_server import Mailbox, text
from platform_cli import platform_cli
from spark_runner import SparkRunner
from step_agent import StepAgent

from platform_dag import reconcile

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def lake(aws: str, shared_folder: Path) -> EmulatedPlatform:
    """An environment with the release of this checkout published, and one generated batch in `raw/`."""
    platform = EmulatedPlatform(aws)
    publish_and_generate(aws, platform, shared_folder)
    return platform


@pytest.fixture(scope="module")
def mailbox(lake: EmulatedPlatform) -> Iterator[Mailbox]:
    """The environment's mail server, stored by the command that stores it."""
    lake.create_connection("smtp_default")
    with Mailbox() as box:
        platform_cli("smtp", "--env", ENVIRONMENT, environment={"PLATFORM_SMTP_URI": box.uri})
        yield box


@pytest.fixture(scope="module")
def published(aws: str, airflow_database: None, lake: EmulatedPlatform, mailbox: Mailbox) -> Finished:
    """The run of a good batch."""
    with StepAgent(aws, SparkRunner(aws)):
        return run_dag("big_data_pipeline")


@pytest.fixture(scope="module")
def rejected(aws: str, lake: EmulatedPlatform, mailbox: Mailbox, published: Finished) -> dict[str, Any]:
    """The run of the same day after its orders were replaced by nonsense, and the pointer before it."""
    before = lake.get(DATA_BUCKET, "published/current.json")
    for key in lake.keys(DATA_BUCKET, f"raw/orders/run_date={RUN_DATE}/"):
        if key.endswith(".csv.gz"):
            header, *_ = gzip.decompress(lake.get(DATA_BUCKET, key)).splitlines()
            nonsense = b",".join(b"nonsense" for _ in header.split(b","))
            lake.put(DATA_BUCKET, key, gzip.compress(b"\n".join([header, *[nonsense] * 100, b""])))
    known = {cluster["Id"] for cluster in lake.emr.list_clusters()["Clusters"]}
    with StepAgent(aws, SparkRunner(aws)):
        run = run_dag("big_data_pipeline")
    (cluster,) = (each for each in lake.emr.list_clusters()["Clusters"] if each["Id"] not in known)
    return {"run": run, "before": before, "cluster": cluster}


def _step_logs(platform: EmulatedPlatform) -> str:
    keys = platform.keys(LOGS_BUCKET, "logs/emr/")
    texts = {key: gzip.decompress(platform.get(LOGS_BUCKET, key)).decode() for key in keys}
    return "\n".join(f"== {key}\n{text[-3000:]}" for key, text in texts.items())


def test_a_good_batch_is_published(lake: EmulatedPlatform, published: Finished) -> None:
    assert published.state == "success", f"{published.tasks}\n{_step_logs(lake)}"
    assert set(published.tasks.values()) == {"success"}
    run_id = published.xcoms["begin_workflow", "run"]["run_id"]
    pointer = json.loads(lake.get(DATA_BUCKET, "published/current.json"))
    marts = {name for name, described in pointer["tables"].items() if described["zone"] == "marts"}
    assert marts == {"revenue_by_day", "product_performance", "customer_value"}
    assert pointer["run_id"] == run_id


def test_the_tables_in_glue_are_what_their_contracts_say(lake: EmulatedPlatform, published: Finished) -> None:
    promised = contracts(lake)
    assert len(promised) == 6
    for (zone, name), contract in promised.items():
        described = table(lake, zone, name)
        stored = described["StorageDescriptor"]
        columns = [(each["Name"], each["Type"], each.get("Comment", "")) for each in stored["Columns"]]
        assert columns == [(each["name"], each["type"], each["description"]) for each in contract["columns"]]
        assert (described["Description"], described["Parameters"]["table_type"]) == (
            contract["description"],
            "ICEBERG",
        )
        assert stored["Location"] == f"s3://{DATA_BUCKET}/{zone}/{name}"


def test_the_tables_say_their_contract_s_version_and_which_columns_are_personal(
    lake: EmulatedPlatform, published: Finished
) -> None:
    for (zone, name), contract in contracts(lake).items():
        properties = iceberg_metadata(lake, table(lake, zone, name))["properties"]
        personal = [each["name"] for each in contract["columns"] if each["personal"]]
        assert properties["contract_version"] == contract["version"], name
        assert properties.get("personal_data", "") == ",".join(personal), name


def test_queries_of_glue_s_tables_see_what_was_published(lake: EmulatedPlatform, published: Finished) -> None:
    pointer = json.loads(lake.get(DATA_BUCKET, "published/current.json"))
    for zone, name in contracts(lake):
        current = iceberg_metadata(lake, table(lake, zone, name))["current-snapshot-id"]
        assert str(current) == pointer["tables"][name]["snapshot_id"], name


def test_every_row_of_the_batch_is_accounted_for(lake: EmulatedPlatform, published: Finished) -> None:
    assert_every_row_accounted_for(lake, published)


def test_the_mail_of_a_good_batch_names_its_results(published: Finished, mailbox: Mailbox) -> None:
    (message,) = (each for each in mailbox.messages if "succeeded" in each["Subject"])
    assert message["Subject"] == f"[dev] big_data_pipeline of {RUN_DATE} succeeded"
    assert published.xcoms["begin_workflow", "run"]["results"] in text(message)


def test_a_good_batch_is_told_to_cloudwatch(lake: EmulatedPlatform, published: Finished) -> None:
    metrics = lake.metrics()
    assert metrics["RunsPublished"] == 1
    assert metrics["RowsRead"] > metrics["RowsQuarantined"] > 0
    assert 0 < metrics["QuarantinePercent"] < 100


def test_the_steps_logs_are_where_emr_keeps_them(lake: EmulatedPlatform, published: Finished) -> None:
    cluster_id = published.xcoms["create_emr_cluster", "return_value"]
    step_ids = published.xcoms["submit_spark_application", "return_value"]
    assert len(step_ids) == 3
    for step_id in step_ids:
        keys = lake.keys(LOGS_BUCKET, f"logs/emr/{cluster_id}/steps/{step_id}/")
        assert [key.rpartition("/")[2] for key in keys] == ["stderr.gz", "stdout.gz"]


def test_spark_writes_its_event_logs_to_a_folder_that_nothing_had_made_before(
    lake: EmulatedPlatform, published: Finished
) -> None:
    names = [key.rpartition("/")[2] for key in lake.keys(LOGS_BUCKET, "logs/spark-events/")]
    # One of each step, at least.
    assert [name for name in names if name.startswith(".")] == [".keep"]
    assert len(names) >= 4


def test_the_run_has_read_every_file_of_its_day(
    lake: EmulatedPlatform, published: Finished, rejected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The files were written today, the batch is of another day.
    monkeypatch.setattr(reconcile, "SETTLED", timedelta(days=-36_500))
    found = reconcile.Reconciliation(DATA_BUCKET, datetime(2025, 3, 9, 6, tzinfo=timezone.utc))
    assert found.unread(1) == {}
    lake.put(DATA_BUCKET, f"raw/orders/run_date={RUN_DATE}/late.csv.gz", b"late")
    (files,) = found.unread(1).values()
    assert [(file.dataset, file.name) for file in files] == [("orders", "late.csv.gz")]


def test_the_dags_are_published_with_the_bundle(lake: EmulatedPlatform) -> None:
    mirrored = {key: lake.get(ARTIFACTS_BUCKET, key) for key in lake.keys(ARTIFACTS_BUCKET, "dags/")}
    folders = {"dags": DAGS, **{f"dags/{name}": folder for name, folder in PACKAGES.items()}}
    sources = {
        f"{place}/{path.relative_to(folder)}": path.read_bytes()
        for place, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    # Not in the source tree: the release adds it.
    authorities = mirrored.pop("dags/platform_metadata/certificates/rds.pem")
    assert authorities.startswith(b"-----BEGIN CERTIFICATE-----\n")
    assert mirrored == sources


def test_a_batch_the_audit_rejects_fails_the_run_and_leaves_what_was_published(
    lake: EmulatedPlatform, rejected: dict[str, Any]
) -> None:
    run = rejected["run"]
    assert run.state == "failed"
    assert run.tasks["check_submission_status"] == "failed"
    assert run.tasks["terminate_emr_cluster"] == "success"
    assert run.tasks["end_workflow"] == "upstream_failed"
    assert rejected["cluster"]["Status"]["State"] == "TERMINATED"
    assert lake.get(DATA_BUCKET, "published/current.json") == rejected["before"]
    failed = run.xcoms["check_submission_status", "failed_step"]
    # Quality is judged after everything is written and before the pointer moves: the last step's verdict.
    assert (failed["name"], failed["reason"]) == ("marts", "Step ended with exit code 3")
    log = gzip.decompress(lake.get(LOGS_BUCKET, f"{failed['log'].split('/', 3)[3]}stdout.gz")).decode()
    assert '"message": "rejected"' in log


def test_the_mail_names_the_step_that_rejected_it_and_its_log(
    rejected: dict[str, Any], mailbox: Mailbox
) -> None:
    failed = rejected["run"].xcoms["check_submission_status", "failed_step"]
    (message,) = (each for each in mailbox.messages if "failed" in each["Subject"])
    assert message["Subject"] == f"[dev] big_data_pipeline of {RUN_DATE} failed: step {failed['name']}"
    assert failed["log"] in text(message)
    assert failed["log"].startswith(f"s3://{LOGS_BUCKET}/logs/emr/{rejected['cluster']['Id']}/steps/")

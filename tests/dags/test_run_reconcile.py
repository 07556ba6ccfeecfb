"""`reconcile_raw`, run by Airflow on an emulated S3: what no run has read is read, once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from environment_options import ON_SERVERLESS
from facts_fixture import DATA_BUCKET
from mailbox_server import Mailbox

from platform_dag import reconcile

pytestmark = pytest.mark.usefixtures("airflow_database")

DAG_ID = "reconcile_raw"
STARTED = {"find_unread_batches": "success", "start_pipeline": "success", "refuse_misplaced_files": "success"}
NOTHING = {**STARTED, "start_pipeline": "skipped"}
YESTERDAY = (datetime.now(timezone.utc) - timedelta(days=1)).date()
_TRIGGERED = DagRun.run_id.startswith("reconcile__", autoescape=True)


@pytest.fixture(autouse=True)
def lake(platform: EmulatedPlatform, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatedPlatform]:
    """Look three days back; what was written this moment is old enough."""
    platform.store_variable("orchestration", {**platform.facts["orchestration"], "reconcile_days": 3})
    monkeypatch.setattr(reconcile, "SETTLED", timedelta())
    yield platform
    with create_session() as session:
        for run in session.execute(sa.select(DagRun).where(_TRIGGERED)).scalars():
            session.delete(run)


def _started() -> list[tuple[str, dict[str, str]]]:
    with create_session() as session:
        runs = session.execute(sa.select(DagRun).where(_TRIGGERED).order_by(DagRun.run_id)).scalars()
        return [(run.dag_id, run.conf) for run in runs]


def _key(name: str, day: Any = YESTERDAY, dataset: str = "orders") -> str:
    return f"raw/{dataset}/run_date={day}/{name}"


def _upload(lake: EmulatedPlatform, *names: str, **where: Any) -> None:
    for name in names:
        lake.put(DATA_BUCKET, _key(name, **where), b"rows")


def _ran(lake: EmulatedPlatform, *records: str, run: str = "20250309T000000Z") -> None:
    """Leave the records of a run that has read all that lies under `raw/` of yesterday."""
    listed: dict[str, list[dict[str, Any]]] = {"orders": [], "customers": []}
    for dataset, files in listed.items():
        found = lake.s3.list_objects_v2(Bucket=DATA_BUCKET, Prefix=_key("", dataset=dataset))
        for entry in found.get("Contents", []):
            modified = int(entry["LastModified"].timestamp() * 1000)
            name = entry["Key"].rpartition("/")[2]
            files.append({"name": name, "size": entry["Size"], "modified": modified})
    document = json.dumps({"run_date": str(YESTERDAY), "datasets": listed}).encode()
    for record in records:
        lake.put(DATA_BUCKET, f"runs/run={YESTERDAY}-{run}/{record}", document)


def test_a_late_file_of_a_closed_day_starts_one_run_of_that_day(lake: EmulatedPlatform) -> None:
    _upload(lake, "in-time.csv.gz")
    _ran(lake, "raw_files.json", "results.json")
    assert run_dag(DAG_ID).tasks == NOTHING
    _upload(lake, "late.csv.gz")
    assert run_dag(DAG_ID).tasks == STARTED
    assert _started() == [("big_data_pipeline", {"run_date": str(YESTERDAY)})]
    # Airflow refuses a second run of the same files.
    assert run_dag(DAG_ID).tasks == NOTHING
    assert len(_started()) == 1
    _ran(lake, "raw_files.json", "results.json", run="20250309T060000Z")
    assert run_dag(DAG_ID).tasks == NOTHING
    assert len(_started()) == 1


def test_a_day_that_no_run_has_read_gets_one_on_the_engine_that_is_chosen(lake: EmulatedPlatform) -> None:
    before = YESTERDAY - timedelta(days=2)
    _upload(lake, "a.csv.gz", "b.csv.gz", day=before)
    _upload(lake, "a.csv.gz", dataset="customers")
    assert run_dag(DAG_ID, options=ON_SERVERLESS).tasks == STARTED
    assert _started() == [
        ("big_data_pipeline_serverless", {"run_date": str(day)}) for day in (before, YESTERDAY)
    ]


def test_a_file_that_is_uploaded_again_is_another_file(lake: EmulatedPlatform) -> None:
    _upload(lake, "a.csv.gz")
    _ran(lake, "raw_files.json", "results.json")
    lake.put(DATA_BUCKET, _key("a.csv.gz"), b"other rows")
    assert run_dag(DAG_ID).tasks == STARTED
    assert len(_started()) == 1


@pytest.mark.parametrize(
    ("records", "then"),
    [
        # Published or rejected by the audit: both are over.
        (["raw_files.json", "results.json"], NOTHING),
        # On its way.
        (["raw_files.json"], NOTHING),
        # Failed before it listed anything.
        (["ingest.started.json"], STARTED),
        # Of a release that kept no list of files: what is older than its start was read.
        (["ingest.started.json", "results.json"], NOTHING),
    ],
)
def test_what_a_run_has_left_says_what_it_has_read(
    lake: EmulatedPlatform, records: list[str], then: dict[str, str]
) -> None:
    _upload(lake, "a.csv.gz")
    # S3 keeps whole seconds.
    time.sleep(1.1)
    _ran(lake, *records)
    assert run_dag(DAG_ID).tasks == then


def test_a_run_that_listed_files_long_ago_and_never_ended_has_read_none(
    lake: EmulatedPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    _upload(lake, "a.csv.gz")
    _ran(lake, "raw_files.json")
    monkeypatch.setattr(reconcile, "IN_FLIGHT", timedelta())
    assert run_dag(DAG_ID).tasks == STARTED


def test_what_is_no_data_or_not_closed_or_too_old_starts_nothing(lake: EmulatedPlatform) -> None:
    _upload(lake, "_SUCCESS", ".hidden", "_temporary/a.csv.gz")
    _upload(lake, "a.csv.gz", day=YESTERDAY + timedelta(days=1))
    _upload(lake, "a.csv.gz", day=YESTERDAY - timedelta(days=3))
    lake.put(DATA_BUCKET, _key(""), b"")
    assert run_dag(DAG_ID).tasks == NOTHING


@pytest.mark.parametrize(
    "key",
    [
        _key("below/a.csv.gz"),
        _key("a.csv.gz", dataset="without_a_contract"),
        "raw/a.csv.gz",
        "raw/orders/a.csv.gz",
        "raw/orders/run_date=2025-02-30/a.csv.gz",
        "raw/orders/20250308/a.csv.gz",
        f"raw/orders/day={YESTERDAY}/a.csv.gz",
    ],
)
def test_a_file_that_no_run_reads_fails_a_task_that_names_it_and_holds_up_no_other(
    lake: EmulatedPlatform, mailbox: Mailbox, key: str
) -> None:
    _upload(lake, "in-time.csv.gz")
    _ran(lake, "raw_files.json", "results.json")
    lake.put(DATA_BUCKET, key, b"rows")
    run = run_dag(DAG_ID)
    assert run.tasks == {**NOTHING, "refuse_misplaced_files": "failed"}
    # A retry would find the same.
    assert run.tries["refuse_misplaced_files"] == 1
    [message] = mailbox.messages
    assert str(message["Subject"]).endswith("failed: task refuse_misplaced_files")
    with pytest.raises(
        reconcile.MisplacedFilesError, match=f"^1 files in s3://{DATA_BUCKET} .* run: {key}. Input is"
    ):
        reconcile.refuse_misplaced(DATA_BUCKET, 3)
    _upload(lake, "late.csv.gz")
    assert run_dag(DAG_ID).tasks == {**STARTED, "refuse_misplaced_files": "failed"}


def test_many_misplaced_files_are_counted_and_some_are_named(lake: EmulatedPlatform) -> None:
    _upload(lake, *(f"below/{number:02}.csv.gz" for number in range(25)))
    with pytest.raises(reconcile.MisplacedFilesError, match=r"^25 files .*/below/19\.csv\.gz …\. Input"):
        reconcile.refuse_misplaced(DATA_BUCKET, 3)


def test_what_is_hidden_or_empty_or_of_an_older_day_is_not_misplaced(lake: EmulatedPlatform) -> None:
    for key in (
        "raw/_planted/run_date=2025-03-08/planted.json",
        "raw/orders/_archive/a.csv.gz",
        "raw/.hidden",
    ):
        lake.put(DATA_BUCKET, key, b"rows")
    for key in ("raw/orders/", "raw/orders/old/", "raw/orders/empty.csv.gz"):
        lake.put(DATA_BUCKET, key, b"")
    _upload(lake, "below/a.csv.gz", day=YESTERDAY - timedelta(days=3))
    reconcile.refuse_misplaced(DATA_BUCKET, 3)


def test_what_arrived_this_moment_is_left_to_the_clock_and_to_events(
    lake: EmulatedPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "SETTLED", timedelta(hours=2))
    _upload(lake, "a.csv.gz")
    assert run_dag(DAG_ID).tasks == NOTHING

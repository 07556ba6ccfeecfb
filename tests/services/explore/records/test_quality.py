"""Records of the platform: the pointer, the results of its run, promises of freshness."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from explore.access.contracts import Contract
from explore.errors import ExploreError, NotPublishedError
from explore.records.documents import BucketDocuments, FolderDocuments
from explore.records.quality import freshness, read_publication


def test_what_a_run_recorded_adds_up(lake: Path) -> None:
    published = read_publication(FolderDocuments(lake))
    pointer = json.loads((lake / "published" / "current.json").read_text())
    assert (published.run_id, str(published.run_date)) == (pointer["run_id"], pointer["run_date"])
    assert {table.name: table.rows for table in published.tables} == {
        name: table["rows"] for name, table in pointer["tables"].items()
    }
    assert {dataset.name for dataset in published.datasets} >= {"customers", "orders", "products"}
    for dataset in published.datasets:
        parts = (dataset.inserted, dataset.updated, dataset.superseded, dataset.quarantined)
        assert dataset.read == sum(parts)
        assert 0 <= dataset.quarantined_share < 0.2
        assert dataset.quarantined <= sum(dataset.reasons.values())
        assert dataset.failed == []
        assert dataset.checks


def test_a_lake_in_a_bucket_has_the_same_records(aws: boto3.Session, lake: Path) -> None:
    client = aws.client("s3")
    client.create_bucket(Bucket="data", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    documents = BucketDocuments("s3://data", aws)
    with pytest.raises(NotPublishedError):
        read_publication(documents)
    run = json.loads((lake / "published" / "current.json").read_text())["run_id"]
    for name in ("published/current.json", f"runs/run={run}/results.json"):
        client.upload_file(str(lake / name), "data", name)
    assert read_publication(documents) == read_publication(FolderDocuments(lake))
    with pytest.raises(ExploreError, match=r"s3://nobody-s/published/current\.json: cannot be read"):
        read_publication(BucketDocuments("s3://nobody-s", aws))


def test_a_run_whose_results_are_gone_has_its_tables(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    pointer = (lake / "published" / "current.json").read_text()
    (tmp_path / "published" / "current.json").write_text(pointer)
    published = read_publication(FolderDocuments(tmp_path))
    assert published.tables
    assert published.datasets == []


def test_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError) as nothing:
        read_publication(FolderDocuments(tmp_path))
    assert "make demo" in nothing.value.remedy


END = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("newest", "age", "is_met"),
    [
        (END - timedelta(hours=24), timedelta(hours=24), True),
        (END - timedelta(hours=25), timedelta(hours=25), False),
        (END + timedelta(hours=1), timedelta(0), True),
        (None, None, None),
    ],
)
def test_a_promise_is_kept_at_the_end_of_the_run_date(
    contracts: dict[str, Contract], newest: datetime | None, age: timedelta | None, is_met: bool | None
) -> None:
    found = freshness(contracts["orders"], newest, date(2026, 1, 31))
    assert found is not None
    assert found.allowed == timedelta(hours=24)
    assert (found.age, found.is_met) == (age, is_met)


def test_a_contract_may_promise_nothing(contracts: dict[str, Contract]) -> None:
    assert freshness(contracts["web_events"], END, date(2026, 1, 31)) is None

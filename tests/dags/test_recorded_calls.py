"""Requests are read as the calls that policies see, and a call that nobody has committed fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import recorded_calls
from airflow_settings import ENVIRONMENT, PROJECT, REGION
from calls import Call, formatted, read_calls
from emulated_aws import OF_TESTS, RecordingServer, Request
from emulated_platform import EmulatedPlatform
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET
from recording import CallRecording

ROLE = "airflow_execution"


@pytest.fixture
def recording() -> CallRecording:
    """Return a recording of its own, which has noted nothing."""
    return recorded_calls.recording()


@pytest.fixture
def endpoint(recording: CallRecording) -> Iterator[str]:
    """Start an emulated AWS that the recording watches, with its buckets."""
    server = RecordingServer(recording.note)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    EmulatedPlatform(address)
    yield address
    server.stop()


def _client(service: str, endpoint: str, key: str = ROLE) -> boto3.client:
    session = boto3.Session(key, key, region_name=REGION)
    return session.client(service, endpoint_url=endpoint)


def _noted(recording: CallRecording) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {(call.operation, call.parameters) for call in recording.seen}


def test_objects_are_read_with_bucket_and_folder(endpoint: str, recording: CallRecording) -> None:
    s3 = _client("s3", endpoint)
    s3.put_object(Bucket=DATA_BUCKET, Key="runs/run=2026-01-31/report.json", Body=b"{}")
    s3.head_object(Bucket=DATA_BUCKET, Key="runs/run=2026-01-31/report.json")
    s3.list_objects_v2(Bucket=DATA_BUCKET, Prefix="raw/orders/run_date=2026-01-31/")
    s3.delete_objects(Bucket=DATA_BUCKET, Delete={"Objects": [{"Key": "runs/a"}]})
    upload = s3.create_multipart_upload(Bucket=DATA_BUCKET, Key="curated/x")["UploadId"]
    s3.upload_part(Bucket=DATA_BUCKET, Key="curated/x", PartNumber=1, UploadId=upload, Body=b"x")
    s3.copy_object(
        Bucket=DATA_BUCKET,
        Key="curated/y",
        CopySource={"Bucket": DATA_BUCKET, "Key": "runs/run=2026-01-31/report.json"},
        ServerSideEncryption="aws:kms",
    )
    bucket, curated = ("Bucket", "{lake.data_bucket}"), ("Key", "curated/*")
    source = ("CopySource", "{lake.data_bucket}/runs/*")
    assert _noted(recording) == {
        ("s3:PutObject", (bucket, ("Key", "runs/*"))),
        ("s3:HeadObject", (bucket, ("Key", "runs/*"))),
        ("s3:ListObjectsV2", (bucket, ("Prefix", "raw/*"))),
        ("s3:DeleteObjects", (bucket, ("Key", "runs/*"))),
        ("s3:CreateMultipartUpload", (bucket, curated)),
        ("s3:UploadPart", (bucket, curated)),
        ("s3:CopyObject", (bucket, source, curated, ("ServerSideEncryption", "aws:kms"))),
    }


def test_what_conditions_look_at_is_read(endpoint: str, recording: CallRecording) -> None:
    _client("cloudwatch", endpoint).put_metric_data(
        Namespace=f"{PROJECT}/{ENVIRONMENT}", MetricData=[{"MetricName": "rows", "Value": 1}]
    )
    _client("emr", endpoint).run_job_flow(
        Name="a",
        Instances={
            "InstanceCount": 1,
            "MasterInstanceType": "m5.xlarge",
            "Placement": {"AvailabilityZone": "x"},
        },
        ServiceRole="another-role",
        Tags=[{"Key": "project", "Value": PROJECT}],
        AutoTerminationPolicy={"IdleTimeout": 60},
    )
    assert _noted(recording) == {
        ("cloudwatch:PutMetricData", (("Namespace", "{project}/{environment}"),)),
        (
            "elasticmapreduce:RunJobFlow",
            (("AutoTerminationPolicy", "set"), ("ServiceRole", "another-role"), ("Tag/project", "{project}")),
        ),
    }


def test_a_call_that_is_not_committed_fails_once_with_what_to_do(
    endpoint: str, recording: CallRecording
) -> None:
    s3 = _client("s3", endpoint)
    for _ in range(2):
        s3.put_object(Bucket=DATA_BUCKET, Key="raw/orders/a.csv", Body=b"")
    with pytest.raises(AssertionError) as raised:
        recording.raise_faults()
    message = str(raised.value)
    assert "✗ airflow_execution s3:PutObject Bucket={lake.data_bucket} Key=raw/*: this call is not" in message
    assert "RECORD_CALLS=1 make test-dags" in message
    assert message.count("✗") == 1
    recording.raise_faults()


def test_what_tests_do_themselves_is_not_noted(endpoint: str, recording: CallRecording) -> None:
    _client("s3", endpoint, OF_TESTS).put_object(Bucket=DATA_BUCKET, Key="raw/orders/a.csv", Body=b"")
    assert recording.seen == set()


def test_a_service_that_nobody_has_thought_of_fails(endpoint: str, recording: CallRecording) -> None:
    _client("sns", endpoint).list_topics()
    with pytest.raises(AssertionError, match=r"sns: tests/calls/calls.py does not know which parameters"):
        recording.raise_faults()


def test_a_committed_call_that_nothing_makes_is_stale(recording: CallRecording) -> None:
    assert recording.stale() != []
    for call in read_calls("dags"):
        recording.seen.add(call)
    assert recording.stale() == []


@pytest.mark.parametrize(
    ("key", "noted"),
    [
        ("etl/releases/0f3a/main.py", "etl/releases/*"),
        ("etl/current.json", "etl/current.json"),
        ("dags/emr.py", "dags/*"),
        ("dags", "dags"),
    ],
)
def test_keys_are_noted_as_far_as_policies_know_folders(
    key: str, noted: str, recording: CallRecording
) -> None:
    recording.note(Request(ROLE, "s3", "GET", f"/{ARTIFACTS_BUCKET}/{key}", {}, {}, b""))
    (call,) = recording.seen
    assert call == Call(ROLE, "s3:GetObject", (("Bucket", "{lake.artifacts_bucket}"), ("Key", noted)))


def test_the_file_has_one_call_on_each_line() -> None:
    assert (
        formatted({"a": [{"b": "1"}, {"b": "2"}]}) == '{\n  "a": [\n    {"b": "1"},\n    {"b": "2"}\n  ]\n}\n'
    )
    text = (Path(__file__).parents[1] / "calls" / "calls.json").read_text(encoding="utf-8")
    assert max(line.count('"call"') for line in text.splitlines()) == 1

"""What a message is about, and which ones nobody can read."""

from __future__ import annotations

from datetime import date

import pytest
from arrival_events import BUCKET, message

from platform_metadata.arrivals import Arrival, ArrivalError, arrival_of


def test_an_object_of_a_batch_is_known_by_bucket_key_and_version() -> None:
    key = "raw/orders/run_date=2025-03-08/orders-00000.csv.gz"
    assert arrival_of(message(key, "3HL4kqt"), BUCKET) == Arrival(BUCKET, key, "3HL4kqt", date(2025, 3, 8))


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("raw/orders/run_date=2025-03-08/", {}),
        ("raw/orders/run_date=2025-03-08/_SUCCESS", {}),
        ("raw/orders/run_date=2025-03-08/orders-00000.csv.gz", {"size": 0}),
        ("raw/orders/_temporary/0/orders-00000.csv.gz", {}),
        ("raw/_generating/orders/run_date=2025-03-08/orders-00000.csv.gz", {}),
        ("raw/orders/run_date=2025-03-08/.orders-00000.csv.gz.crc", {}),
    ],
)
def test_what_is_no_data_is_passed_over(key: str, changes: dict[str, int]) -> None:
    assert arrival_of(message(key, **changes), BUCKET) is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{", "not an event of an object of S3: JSONDecodeError"),
        ("[]", "not an event of an object of S3: TypeError"),
        ("{}", r"not an event of an object of S3: KeyError\('detail'\)"),
        (message(version=None), "the object has no version: the bucket is not versioned"),
        (message(size="big"), "not an event of an object of S3: ValueError"),
        (message("raw/orders/orders.csv"), "raw/orders/orders.csv is of no batch: input is raw/<dataset>/"),
        (
            message("raw/orders/run_date=2025-03-08/sub/a.csv"),
            "run_date=2025-03-08/sub/a.csv is of no batch: inp",
        ),
        (message("raw/orders/run_date=2025-02-30/a.csv"), "run_date=2025-02-30/a.csv is of no batch: day"),
    ],
)
def test_what_nobody_can_read_is_refused_with_the_reason(body: str, problem: str) -> None:
    with pytest.raises(ArrivalError, match=problem):
        arrival_of(body, BUCKET)


def test_another_bucket_s_object_is_refused() -> None:
    with pytest.raises(ArrivalError, match="is not in the data bucket other"):
        arrival_of(message(), "other")

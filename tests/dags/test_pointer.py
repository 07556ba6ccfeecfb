"""The pointer of a lake on S3: of two runs that publish at once, exactly one does."""

from __future__ import annotations

import json
from pathlib import Path

from emulated_aws import OF_TESTS
from emulated_platform import EmulatedPlatform
from facts_fixture import DATA_BUCKET
from spark_runner import SparkRunner

PROGRAM = Path(__file__).with_name("race_for_pointer.py")
REFUSED = (
    f"s3://{DATA_BUCKET}/published/current.json: another run published meanwhile; "
    "nothing was published, start a new run"
)


def test_of_two_writers_exactly_one_wins_and_the_other_says_why(aws: str, platform: EmulatedPlatform) -> None:
    done = SparkRunner(aws, OF_TESTS)(["spark-submit", str(PROGRAM), f"s3://{DATA_BUCKET}"])
    assert done.code == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "created": ["first-0", REFUSED],
        "moved": ["second-0", REFUSED],
        "pointer": {"run_id": "second-0"},
    }
    stored = platform.get(DATA_BUCKET, "published/current.json")
    assert json.loads(stored) == {"run_id": "second-0"}

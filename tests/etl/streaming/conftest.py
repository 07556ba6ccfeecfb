"""What the tests of streams share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from stream_records import published_base


@pytest.fixture
def stream_base(spark: SparkSession, tmp_path: Path) -> Path:
    """A lake with what the histories refer to."""
    published_base(spark, tmp_path / "lake")
    return tmp_path / "lake"

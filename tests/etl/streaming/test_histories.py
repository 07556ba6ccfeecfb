"""Random histories, cut into micro-batches and broken off at random: the stream ends as the batch does."""

from __future__ import annotations

import random
from pathlib import Path

from pyspark.sql import SparkSession

from stream_equality import close_and_compare, cuts_of, stream_through
from stream_histories import write_histories

#: With those of test_schema_versions.py more than 200.
HISTORIES = 101


def test_stream_equals_batch_of_random_histories(spark: SparkSession, stream_base: Path) -> None:
    chosen = random.Random(1)
    topics = write_histories(chosen, HISTORIES)
    stream_through(spark, stream_base, topics, cuts_of(chosen, topics), chosen)
    close_and_compare(spark, stream_base, topics)

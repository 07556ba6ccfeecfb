"""Random histories while the schema gets columns: the stream ends as the batch by the new contracts does."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from etl.model import Contract, load_with_parents
from stream_equality import close_and_compare, cuts_of, stream_through
from stream_histories import write_histories
from stream_records import STREAMED, Topics

#: With those of test_histories.py more than 200.
HISTORIES = 101

#: Columns that the contracts get while the stream is stopped, one in the middle, and a value of each.
ADDED = {"orders": ("channel", "web"), "web_events": ("referrer", "https://search.example/")}


def earlier_contracts() -> dict[str, Contract]:
    """The contracts before they had the columns."""
    contracts = load_with_parents(STREAMED)
    for name, (column, _) in ADDED.items():
        kept = tuple(each for each in contracts[name].columns if each.name != column)
        assert len(kept) == len(contracts[name].columns) - 1
        contracts[name] = replace(contracts[name], columns=kept)
    return contracts


def mix_versions(chosen: random.Random, topics: Topics, first: int) -> None:
    """Leave the columns out of the first records, and out of half of the others, of slower senders."""
    for number, record in enumerate(topics.records):
        column, value = ADDED[record["topic"]]
        try:
            document: Any = json.loads(record["value"])
        except (TypeError, ValueError):
            continue
        if not isinstance(document, dict) or record["value"].count(b"event_id") > 1:
            continue
        document.pop(column, None)
        if number >= first and chosen.random() < 0.5:
            document[column] = value
        record["value"] = json.dumps(document).encode()


def test_stream_equals_batch_while_the_schema_grows(spark: SparkSession, stream_base: Path) -> None:
    chosen = random.Random(2)
    topics = write_histories(chosen, HISTORIES)
    cuts = cuts_of(chosen, topics)
    mix_versions(chosen, topics, cuts[0])
    stream_through(spark, stream_base, topics, cuts, chosen, earlier_contracts())
    close_and_compare(spark, stream_base, topics)

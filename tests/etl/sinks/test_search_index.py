"""An index of a real server, brought to hold rows."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from opensearchpy import OpenSearch
from pyspark.sql import SparkSession

from etl.errors import DifferentError
from etl.sinks.documents import Field, SearchTarget, documents
from etl.sinks.search_index import Outcome, SearchIndex
from search_server import SearchServer
from search_targets import target_of

EVERY_TYPE = target_of("every_type")

#: A small contract, so that tests say only what they are about.
SMALL = replace(
    EVERY_TYPE,
    name="small",
    alias="small",
    prefix="small_v1",
    id=("number",),
    fields=(Field("number", "bigint"), Field("ratio", "double"), Field("updated_at", "timestamp")),
    template={**EVERY_TYPE.template, "index_patterns": ["small_v1-*"]},
)
EVENTS = replace(SMALL, kind="events", version=None)

FIRST, SECOND, THIRD = (datetime(2024, 12, 30, hour) for hour in (1, 2, 3))

Rows = Sequence[tuple[int, float, datetime]]


def fill(
    spark: SparkSession, client: OpenSearch, name: str, rows: Rows, target: SearchTarget = SMALL
) -> Outcome:
    """Let an index hold rows."""
    frame = spark.createDataFrame(rows, "number bigint, ratio double, updated_at timestamp")
    index = SearchIndex(client, target, f"small_v1-{name}")
    index.make()
    return index.fill(documents(frame, target))


def stored(client: OpenSearch, name: str) -> dict[str, float]:
    """What an index holds: the ratio of each document."""
    client.indices.refresh(index=name)
    hits = client.search(index=name, body={"size": 1000})["hits"]["hits"]
    return {hit["_id"]: hit["_source"]["ratio"] for hit in hits}


@pytest.fixture
def client(search_server: SearchServer) -> Iterator[OpenSearch]:
    """A client of a server without indices."""
    with search_server.client as client:
        client.indices.delete("*,-.*")
        yield client


def test_index_holds_the_rows_and_the_next_ones(spark: SparkSession, client: OpenSearch) -> None:
    first = fill(spark, client, "a", [(1, 0.1, FIRST), (2, 0.2, FIRST), (3, 0.3, FIRST)])
    assert (first.rows, first.written, first.unchanged, first.deleted) == (3, 3, 0, 0)
    second = fill(spark, client, "a", [(1, 0.1, FIRST), (2, 0.25, SECOND), (4, 0.4, SECOND)])
    assert (second.rows, second.written, second.unchanged, second.deleted) == (3, 2, 1, 1)
    assert stored(client, "small_v1-a") == {"1": 0.1, "2": 0.25, "4": 0.4}


def test_replay_writes_nothing(spark: SparkSession, client: OpenSearch) -> None:
    rows = [(number, number / 8, FIRST) for number in range(2_500)]
    assert fill(spark, client, "a", rows).written == 2_500
    again = fill(spark, client, "a", rows)
    assert (again.written, again.deleted, again.unchanged) == (0, 0, 2_500)


def test_late_versions_never_win(spark: SparkSession, client: OpenSearch) -> None:
    fill(spark, client, "a", [(1, 0.3, THIRD), (2, 0.2, FIRST)])
    late = fill(spark, client, "a", [(1, 0.1, FIRST), (2, 0.25, SECOND)])
    assert (late.written, late.newer) == (1, {"1"})
    assert stored(client, "small_v1-a") == {"1": 0.3, "2": 0.25}


def test_correction_of_one_version_wins(spark: SparkSession, client: OpenSearch) -> None:
    fill(spark, client, "a", [(1, 0.1, FIRST)])
    assert fill(spark, client, "a", [(1, 0.2, FIRST)]).written == 1
    assert stored(client, "small_v1-a") == {"1": 0.2}


def test_deleted_row_can_come_back_and_an_older_one_is_a_difference(
    spark: SparkSession, client: OpenSearch
) -> None:
    fill(spark, client, "a", [(1, 0.1, SECOND), (2, 0.2, FIRST)])
    assert fill(spark, client, "a", [(2, 0.2, FIRST)]).deleted == 1
    with pytest.raises(DifferentError, match="small_v1-a"):
        fill(spark, client, "a", [(1, 0.1, FIRST), (2, 0.2, FIRST)])
    fill(spark, client, "a", [(1, 0.1, SECOND), (2, 0.2, FIRST)])
    assert stored(client, "small_v1-a") == {"1": 0.1, "2": 0.2}


def test_late_version_after_the_server_forgot_the_deletion_is_deleted_again(
    spark: SparkSession, client: OpenSearch
) -> None:
    fill(spark, client, "a", [(1, 0.1, SECOND), (2, 0.2, FIRST)])
    client.indices.put_settings({"index.gc_deletes": "0s"}, index="small_v1-a")
    fill(spark, client, "a", [(2, 0.2, FIRST)])
    # What a run that was stopped for long would send: the server no longer knows that it is late.
    document = {"number": 1, "ratio": 0.1, "_row_hash": "0" * 64}
    version = {"version": 1, "version_type": "external_gte", "refresh": "true"}
    client.index("small_v1-a", document, id="1", params=version)
    assert fill(spark, client, "a", [(2, 0.2, FIRST)]).deleted == 1
    assert stored(client, "small_v1-a") == {"2": 0.2}


def test_document_of_somebody_else_goes(spark: SparkSession, client: OpenSearch) -> None:
    fill(spark, client, "a", [(1, 0.1, FIRST)])
    client.index("small_v1-a", {"number": 2, "ratio": 0.9}, id="2", params={"refresh": "true"})
    assert fill(spark, client, "a", [(1, 0.1, FIRST)]).deleted == 1
    assert stored(client, "small_v1-a") == {"1": 0.1}


def test_what_cannot_be_stored_is_refused_with_its_reason_and_the_rest_is_stored(
    spark: SparkSession, client: OpenSearch
) -> None:
    rows = [(1, float("nan"), FIRST), (2, 0.2, datetime(1969, 12, 31)), (3, 0.3, FIRST)]
    outcome = fill(spark, client, "a", rows)
    assert (outcome.rows, outcome.written) == (3, 1)
    assert stored(client, "small_v1-a") == {"3": 0.3}
    refused = outcome.refused
    assert "supports only finite values" in refused["1"].reason
    assert refused["2"].reason == "the version is before 1970; versions count from there"
    assert json.loads(refused["1"].body)["number"] == 1


def test_refused_version_leaves_the_one_before(spark: SparkSession, client: OpenSearch) -> None:
    fill(spark, client, "a", [(1, 0.1, FIRST)])
    outcome = fill(spark, client, "a", [(1, float("inf"), SECOND)])
    assert (set(outcome.refused), outcome.deleted) == ({"1"}, 0)
    assert stored(client, "small_v1-a") == {"1": 0.1}


def test_key_that_is_too_long_is_refused(spark: SparkSession, client: OpenSearch) -> None:
    target = replace(SMALL, id=("code",), fields=(Field("code", "string"), Field("updated_at", "timestamp")))
    rows = [("x" * 512, FIRST), ("é" * 257, FIRST)]
    frame = spark.createDataFrame(rows, "code string, updated_at timestamp")
    index = SearchIndex(client, target, "small_v1-a")
    index.make()
    outcome = index.fill(documents(frame, target))
    assert outcome.written == 1
    ((name, refusal),) = outcome.refused.items()
    assert name == "é" * 257
    assert refusal.reason == "the key has 514 bytes; an identifier has 512 at most"


def test_events_have_no_versions_and_follow_the_table(spark: SparkSession, client: OpenSearch) -> None:
    fill(spark, client, "a", [(1, 0.1, FIRST), (2, 0.2, FIRST)], EVENTS)
    outcome = fill(spark, client, "a", [(1, 0.15, FIRST), (3, 0.3, FIRST)], EVENTS)
    assert (outcome.written, outcome.deleted) == (2, 1)
    assert stored(client, "small_v1-a") == {"1": 0.15, "3": 0.3}


def test_server_without_room_gets_everything_in_the_end(
    spark: SparkSession, client: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So little room that the server really answers 429 to requests that come at once.
    monkeypatch.setattr("etl.sinks.search_index._FIRST_WAIT", 0.05)
    client.cluster.put_settings({"transient": {"network.breaker.inflight_requests.limit": "20kb"}})
    rows = [(number, number / 8, FIRST) for number in range(1_000)]
    relief = threading.Timer(3, lambda: _relieve(client))
    relief.start()
    began = time.monotonic()
    try:
        outcome = fill(spark, client, "a", rows)
    finally:
        relief.join()
        _relieve(client)
    assert time.monotonic() - began > 2
    assert (outcome.written, len(stored(client, "small_v1-a"))) == (1_000, 1_000)


def _relieve(client: OpenSearch) -> None:
    limits = ("indices.breaker.request.limit", "network.breaker.inflight_requests.limit")
    client.cluster.put_settings({"transient": dict.fromkeys(limits)})

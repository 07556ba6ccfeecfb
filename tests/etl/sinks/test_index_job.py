"""The job `index`: tables of a real lake in a real server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch
from pyspark.sql import DataFrame, SparkSession

from batches import DAY, NEXT_DAY, order, product, run_pipeline, write_batch
from etl.sinks import search
from etl.sinks.documents import SearchTarget
from etl.sinks.errors import GoneError
from etl.sinks.search import IndexOptions, index_rows, load_search
from etl.sinks.search_index import SearchIndex
from etl.storage.lake import Lake
from search_server import SearchServer
from search_targets import target_of

KILLED = Path(__file__).resolve().parents[1] / "killed_sinks.py"
LATER = "2024-12-31 08:00:00"
PRODUCTS = load_search("products")
EVENTS = target_of("web_events")


@pytest.fixture
def client(search_server: SearchServer) -> Iterator[OpenSearch]:
    """A client of a server without indices."""
    with search_server.client as client:
        client.indices.delete("*,-.*")
        yield client


def publish(spark: SparkSession, root: Path, day: Any, *products: Mapping[str, str]) -> None:
    """Run the pipeline on a batch with these products."""
    write_batch(root / "raw", day, [order(day.day, updated_at=f"{day} 08:00:00")], products=products)
    run_pipeline(spark, root, day, f"run-{day}")


def index(spark: SparkSession, server: SearchServer, root: Path, run_id: str) -> dict[str, Any]:
    """Run the job for products, and return what it says that it did."""
    search.run(spark, IndexOptions(server.url, ("products",), str(root), run_id))
    record = json.loads((root / "runs" / f"run={run_id}" / "index.json").read_text())
    result: dict[str, Any] = record["datasets"]["products"]
    return result


def names(client: OpenSearch, alias: str = "products", field: str = "name") -> dict[str, Any]:
    """What people find behind an alias: a field of each document."""
    client.indices.refresh(index=alias)
    hits = client.search(index=alias, body={"size": 1000})["hits"]["hits"]
    return {hit["_id"]: hit["_source"].get(field) for hit in hits}


def widened(rows: DataFrame, target: SearchTarget) -> DataFrame:
    """Rows with all columns that a target has; those that are not given have no value."""
    return rows.selectExpr(
        *[
            each.name if each.name in rows.columns else f"cast(null as {each.type}) as {each.name}"
            for each in target.fields
        ]
    )


def other_mapping(target: SearchTarget) -> SearchTarget:
    """The same dataset as another version of its contract describes it."""
    template = json.loads(json.dumps(target.template))
    template["template"]["mappings"]["_meta"]["hash"] = "0123456789ab"
    template["template"]["mappings"]["properties"]["category"] = {"type": "text"}
    return replace(target, hash="0123456789ab", template=template)


def test_published_products_are_found_and_the_next_batch_changes_what_changed(
    spark: SparkSession, search_server: SearchServer, client: OpenSearch, tmp_path: Path
) -> None:
    publish(spark, tmp_path, DAY, product(1), product(2))
    first = index(spark, search_server, tmp_path, "i1")
    assert {
        name: first[name] for name in ("rows", "written", "unchanged", "deleted", "refused", "newer")
    } == {
        **{"rows": 2, "written": 2, "unchanged": 0, "deleted": 0, "refused": 0, "newer": 0},
    }
    assert first["indices"] == [f"products_v1-{PRODUCTS.hash}"]
    assert index(spark, search_server, tmp_path, "i2")["written"] == 0
    publish(spark, tmp_path, NEXT_DAY, product(2, name="Leeslamp", updated_at=LATER), product(3))
    second = index(spark, search_server, tmp_path, "i3")
    assert (second["rows"], second["written"], second["unchanged"]) == (3, 2, 1)
    assert names(client) == {"1": "Lamp 1", "2": "Leeslamp", "3": "Lamp 3"}
    query = {"query": {"match": {"name": "lamps"}}}
    assert client.count(index="products", body=query)["count"] == 2


def test_another_mapping_is_another_index_and_nobody_searches_half_of_it(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(spark, tmp_path, DAY, product(1), product(2))
    index(spark, search_server, tmp_path, "i1")
    newer = other_mapping(PRODUCTS)
    monkeypatch.setattr(search, "load_search", lambda _: newer)
    seen = []
    move = search._move_alias
    monkeypatch.setattr(search, "_move_alias", lambda *given: (seen.append(names(client)), move(*given)))
    index(spark, search_server, tmp_path, "i2")
    assert seen == [{"1": "Lamp 1", "2": "Lamp 2"}]
    assert set(client.indices.get("products*")) == {f"products_v1-{newer.hash}"}
    assert names(client) == {"1": "Lamp 1", "2": "Lamp 2"}


def test_run_of_an_older_release_does_not_take_the_alias_back(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(spark, tmp_path, DAY, product(1), product(2))
    newer = other_mapping(PRODUCTS)
    make = SearchIndex.make

    def overtaken(self: SearchIndex) -> None:
        make(self)
        monkeypatch.setattr(SearchIndex, "make", make)
        monkeypatch.setattr(search, "load_search", lambda _: newer)
        index(spark, search_server, tmp_path, "newer")

    monkeypatch.setattr(SearchIndex, "make", overtaken)
    with pytest.raises(GoneError, match=f"products names products_v1-{newer.hash} now: another run"):
        index(spark, search_server, tmp_path, "older")
    assert set(client.indices.get_alias(name="products")) == {f"products_v1-{newer.hash}"}


def test_index_that_is_replaced_while_a_run_writes_ends_the_run(
    spark: SparkSession,
    search_server: SearchServer,
    client: OpenSearch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(spark, tmp_path, DAY, product(1), product(2))
    index(spark, search_server, tmp_path, "first")
    publish(spark, tmp_path, NEXT_DAY, product(3))
    newer = other_mapping(PRODUCTS)
    stored = SearchIndex._stored

    def overtaken(self: SearchIndex) -> Any:
        found = stored(self)
        monkeypatch.setattr(SearchIndex, "_stored", stored)
        monkeypatch.setattr(search, "load_search", lambda _: newer)
        index(spark, search_server, tmp_path, "newer")
        return found

    monkeypatch.setattr(SearchIndex, "_stored", overtaken)
    with pytest.raises(GoneError, match=f"products_v1-{PRODUCTS.hash} is gone: another run has replaced it"):
        index(spark, search_server, tmp_path, "older")
    assert names(client) == {"1": "Lamp 1", "2": "Lamp 2", "3": "Lamp 3"}


def test_alias_that_an_index_has_is_an_error_and_the_index_stays(
    spark: SparkSession, search_server: SearchServer, client: OpenSearch, tmp_path: Path
) -> None:
    publish(spark, tmp_path, DAY, product(1))
    client.indices.create("products")
    with pytest.raises(ValueError, match="products is an index, and has to be an alias: remove or rename it"):
        index(spark, search_server, tmp_path, "i1")
    assert client.indices.exists("products")


def test_events_are_in_an_index_for_each_day(spark: SparkSession, client: OpenSearch, tmp_path: Path) -> None:
    def events(*moments: tuple[int, int]) -> Any:
        values = [(str(day), datetime(2024, 12, day, hour), "fr") for day, hour in moments]
        rows = spark.createDataFrame(values, "event_id string, event_time timestamp, language string")
        kinds = {field.name: field.type for field in EVENTS.fields}
        return rows.selectExpr(
            *[
                name if name in rows.columns else f"cast(null as {kind}) as {name}"
                for name, kind in kinds.items()
            ]
        )

    lake = Lake(spark, str(tmp_path))
    first = index_rows(lake, client, EVENTS, events((29, 0), (30, 23), (31, 5)), "i1")
    of_day = [f"web_events_v1-2024-12-{day}-{EVENTS.hash}" for day in (29, 30, 31)]
    assert first["indices"] == of_day
    assert client.count(index=of_day[1])["count"] == 1
    # A day that the lake no longer has goes.
    second = index_rows(lake, client, EVENTS, events((30, 23), (31, 6)), "i2")
    assert (second["written"], second["unchanged"]) == (1, 1)
    assert set(client.indices.get("web_events*")) == set(of_day[1:])
    assert names(client, "web_events", "event_time")["31"] == "2024-12-31T06:00:00.000000Z"


def test_what_is_refused_is_put_aside_with_its_reason(
    spark: SparkSession, client: OpenSearch, tmp_path: Path
) -> None:
    target = replace(target_of("every_type"), id=("number",))
    given = "number bigint, ratio double, updated_at timestamp"
    values = [(1, float("nan"), datetime(2024, 1, 1)), (2, 0.5, datetime(2024, 1, 1))]
    rows = spark.createDataFrame(values, given)
    result = index_rows(Lake(spark, str(tmp_path)), client, target, widened(rows, target), "i1")
    assert (result["rows"], result["written"], result["refused"]) == (2, 1, 1)
    (refused,) = spark.read.parquet(str(tmp_path / "quarantine" / "search_every_type" / "run=i1")).collect()
    assert refused["_id"] == "1"
    assert json.loads(refused["document"])["ratio"] == "NaN"
    assert "[double] supports only finite values, but got [NaN]" in refused["reason"]
    # Another attempt of the same name takes its place.
    index_rows(Lake(spark, str(tmp_path)), client, target, widened(rows, target), "i1")
    assert spark.read.parquet(str(tmp_path / "quarantine" / "search_every_type" / "run=i1")).count() == 1


@pytest.mark.parametrize("requests", [1, 3, 0], ids=["first", "third", "before the alias moves"])
def test_killed_run_leaves_nothing_behind_that_the_next_one_does_not_mend(
    spark: SparkSession,
    spark_conf: Mapping[str, str],
    search_server: SearchServer,
    client: OpenSearch,
    tmp_path: Path,
    requests: int,
) -> None:
    root = tmp_path / "lake"
    publish(spark, root, DAY, *[product(number) for number in range(1, 41)])
    plan = {
        **{"settings": dict(spark_conf), "url": search_server.url, "root": str(root), "batch": 10},
        "requests": requests,
    }
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    command = [sys.executable, KILLED, tmp_path / "plan.json"]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=240)
    assert ended.returncode == -signal.SIGKILL, ended.stderr[-2000:]
    assert not client.indices.exists_alias(name="products")
    (half,) = client.indices.get("products*")
    client.indices.refresh(half)
    assert client.count(index=half)["count"] == (requests * 10 or 40)
    assert index(spark, search_server, root, "next")["rows"] == 40
    assert names(client) == {str(number): f"Lamp {number}" for number in range(1, 41)}


def test_server_that_is_killed_meanwhile_has_everything_in_the_end(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(spark, tmp_path, DAY, *[product(number) for number in range(1, 201)])
    server = SearchServer(tmp_path / "server")
    monkeypatch.setattr("etl.sinks.search_index._BATCH", 10)
    bulk, calls, restart = OpenSearch.bulk, [], threading.Thread(target=server.start)

    def interrupted(client: OpenSearch, *arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 8:
            server.kill()
            restart.start()
        return bulk(client, *arguments, **options)

    monkeypatch.setattr(OpenSearch, "bulk", interrupted)
    try:
        result = index(spark, server, tmp_path, "i1")
        restart.join()
        with server.client as client:
            assert names(client) == {str(number): f"Lamp {number}" for number in range(1, 201)}
    finally:
        server.kill()
    assert (result["rows"], result["newer"], result["refused"]) == (200, 0, 0)


def test_dataset_that_is_not_searched_or_not_published_says_what_to_do(
    spark: SparkSession, search_server: SearchServer, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError, match="customers: is not searched; name an OpenSearch server in"):
        search.run(spark, IndexOptions(search_server.url, ("customers",), str(tmp_path), "i1"))
    with pytest.raises(FileNotFoundError, match="nothing is published of products; run the pipeline first"):
        search.run(spark, IndexOptions(search_server.url, ("products",), str(tmp_path), "i1"))


def test_client_is_loaded_by_its_job_alone() -> None:
    code = "import sys, etl.cli; print('opensearchpy' in sys.modules)"
    path = {"PYTHONPATH": ":".join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=path)
    assert ended.stdout.strip() == "False"

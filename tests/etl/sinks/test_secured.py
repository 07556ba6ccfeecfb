"""The compiled roles on a server with the plugin for security: what they permit, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthenticationException, AuthorizationException
from pyspark.sql import SparkSession

from etl.sinks.errors import ForbiddenError
from etl.sinks.search import index_rows
from etl.storage.lake import Lake
from search_targets import GOLDEN, target_of
from secured_server import SecuredServer

PRODUCTS = target_of("products")
ROLES = json.loads((GOLDEN / "products.search-roles.json").read_text())
READ, WRITE = "search_products_read", "search_products_write"
MOMENT = datetime(2024, 12, 30, 8)
INDEX = f"{PRODUCTS.prefix}-{PRODUCTS.hash}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredServer]:
    """A server with a user of each role, and an index that is not theirs."""
    users = {"application": READ, "sink": WRITE}
    started = SecuredServer(tmp_path_factory.mktemp("secured") / "server", users)
    for name, role in ROLES.items():
        started.make_role(name, role)
    with started.client as admin:
        admin.indices.create("orders_v1-1")
        admin.index("orders_v1-1", {"order_id": 1}, id="1")
    yield started
    started.kill()


@pytest.fixture
def index(spark: SparkSession, server: SecuredServer, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Brings products into the index as the sink, once it is away."""
    columns = ", ".join(f"{field.name} {field.type}" for field in PRODUCTS.fields)
    lake = Lake(spark, str(tmp_path))
    with server.client as admin:
        admin.indices.delete("products*")
    with server.client_of("sink") as sink:

        def of(numbers: Sequence[int], target: Any = PRODUCTS) -> Any:
            values = [
                {"product_id": number, "name": f"Lamp {number}", "updated_at": MOMENT} for number in numbers
            ]
            rows = spark.createDataFrame(values, columns)
            return index_rows(lake, sink, target, rows, "i1")

        yield of


def live_through(index: Callable[..., Any], server: SecuredServer) -> None:
    """All that a sink does: it makes, fills, compares, deletes, waits, and moves the alias."""
    index([1, 2])
    assert index([2])["deleted"] == 1
    template = json.loads(json.dumps(PRODUCTS.template))
    template["template"]["mappings"]["_meta"]["hash"] = "later"
    assert index([2], replace(PRODUCTS, hash="later", template=template))["indices"] == ["products_v1-later"]
    with server.client_of("sink") as sink:
        sink.cluster.health(index="products", wait_for_status="yellow")


def test_sink_does_all_that_it_does_and_the_application_searches(
    index: Callable[..., Any], server: SecuredServer
) -> None:
    live_through(index, server)
    with server.client_of("application") as application:
        query = {"query": {"match": {"name": "lamps"}}}
        assert application.search(index="products", body=query)["hits"]["total"]["value"] == 1
        answers = application.msearch(body=[{"index": "products"}, query])["responses"]
        assert [each["hits"]["total"]["value"] for each in answers] == [1]


ACTIONS = [
    *ROLES[WRITE]["cluster_permissions"],
    *[action for each in ROLES[WRITE]["index_permissions"] for action in each["allowed_actions"]],
]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_permission_of_the_sink_is_needed(
    index: Callable[..., Any], server: SecuredServer, action: str
) -> None:
    role = ROLES[WRITE]
    (of_indices,) = role["index_permissions"]
    less = {
        "cluster_permissions": [each for each in role["cluster_permissions"] if each != action],
        "index_permissions": [
            {
                **of_indices,
                "allowed_actions": [each for each in of_indices["allowed_actions"] if each != action],
            }
        ],
    }
    server.make_role(WRITE, less)
    try:
        with pytest.raises((AuthorizationException, ForbiddenError)):
            live_through(index, server)
    finally:
        server.make_role(WRITE, role)


def test_rows_that_may_not_be_written_are_not_taken_for_bad_ones(
    index: Callable[..., Any], server: SecuredServer, tmp_path: Path
) -> None:
    index([1])
    with server.client as admin:
        admin.indices.put_settings({"index.blocks.write": True}, index=INDEX)
    with pytest.raises(ForbiddenError, match=rf"{INDEX}: the server forbids to index: .*index write"):
        index([1, 2])
    assert not (tmp_path / "quarantine").exists()


DENIED: dict[str, Callable[[OpenSearch], Any]] = {
    "write a document": lambda client: client.index("products", {"name": "x"}, id="9"),
    "delete a document": lambda client: client.delete("products", id="2"),
    "delete the index": lambda client: client.indices.delete(INDEX),
    "move the alias": lambda client: client.indices.put_alias(index=INDEX, name="products_v1-other"),
    "make an index": lambda client: client.indices.create("products_v1-other"),
}

#: What nobody but an administrator may do.
DENIED_TO_BOTH: dict[str, Callable[[OpenSearch], Any]] = {
    "read another index": lambda client: client.search(index="orders_v1-1"),
    "write into another index": lambda client: client.index("orders_v1-1", {"order_id": 2}),
    "delete another index": lambda client: client.indices.delete("orders_v1-1"),
    "search everything": lambda client: client.search(index="*"),
    "change a mapping": lambda client: client.indices.put_mapping(index=INDEX, body={"properties": {}}),
    "change the cluster": lambda client: client.cluster.put_settings(
        {"transient": {"action.auto_create_index": True}}
    ),
    "read users": lambda client: client.transport.perform_request(
        "GET", "/_plugins/_security/api/internalusers"
    ),
}


@pytest.mark.parametrize("what", [*DENIED, *DENIED_TO_BOTH])
def test_application_may_not(index: Callable[..., Any], server: SecuredServer, what: str) -> None:
    index([1, 2])
    with server.client_of("application") as client, pytest.raises(AuthorizationException):
        {**DENIED, **DENIED_TO_BOTH}[what](client)
    assert_untouched(server)


@pytest.mark.parametrize("what", DENIED_TO_BOTH)
def test_sink_may_not(index: Callable[..., Any], server: SecuredServer, what: str) -> None:
    index([1, 2])
    with server.client_of("sink") as client, pytest.raises(AuthorizationException):
        DENIED_TO_BOTH[what](client)
    assert_untouched(server)


def test_nobody_may_do_anything_without_a_password(server: SecuredServer) -> None:
    with server.client_of(None) as client, pytest.raises(AuthenticationException):
        client.search(index="products")


def assert_untouched(server: SecuredServer) -> None:
    """Both indices are what they were."""
    with server.client as admin:
        admin.indices.refresh("products,orders_v1-1")
        assert admin.count(index="products")["count"] == 2
        assert admin.count(index="orders_v1-1")["count"] == 1

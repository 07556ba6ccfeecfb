"""How the datasets of tests are searched."""

from __future__ import annotations

import json
from pathlib import Path

from etl.model import load_contract
from etl.sinks.documents import ROW_HASH, Field, SearchTarget
from etl.sinks.search import load_search

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "__tests__" / "contracts" / "compiler" / "targets" / "golden"


def target_of(name: str) -> SearchTarget:
    """What the compiler makes of a contract, as jest has found it."""
    return SearchTarget.parse(json.loads((GOLDEN / f"{name}.search.json").read_text()))


ORDERS = SearchTarget(
    **{"name": "orders", "kind": "entities", "alias": "orders", "prefix": "orders_v1", "hash": "live"},
    **{"id": ("order_id",), "version": "updated_at", "day": None},
    fields=tuple(Field(column.name, column.type) for column in load_contract("orders").columns),
    template={
        "index_patterns": ["orders_v1-*"],
        "template": {
            "settings": {"number_of_replicas": 0},
            "mappings": {
                "_meta": {"hash": "live"},
                "dynamic": False,
                "properties": {ROW_HASH: {"type": "keyword"}},
            },
        },
    },
)

#: The streamed datasets: the contract of orders names no search.
LIVE_TARGETS = {"orders": ORDERS, "web_events": load_search("web_events")}

"""The OpenAPI document describes the endpoint: requests made from it get answers as it has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from processes import ROOT, EndpointProcess
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

pytestmark = pytest.mark.xdist_group("broker")

#: Events must have a time of today, which a schema cannot say, and contracts take more than schemas say.
NOT_DESCRIBED = [positive_data_acceptance, negative_data_rejection]

PATHS = ["/ingest", "/ingest/orders", "/ingest/web_events", "/health", "/ready"]


@pytest.fixture(scope="module")
def described(endpoint: EndpointProcess) -> Any:
    """The endpoint's own description."""
    return schemathesis.openapi.from_url(f"{endpoint.url}/openapi.json")


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(described: Any, path: str, mode: GenerationMode) -> None:
    operations = [result.ok() for result in described.get_all_operations()]
    assert sorted(operation.path for operation in operations) == sorted(PATHS)
    (operation,) = [found for found in operations if found.path == path]
    if operation.method == "get" and mode == GenerationMode.NEGATIVE:
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=NOT_DESCRIBED)

    send()


def test_documentation_lists_every_status(endpoint: EndpointProcess) -> None:
    document = httpx.get(f"{endpoint.url}/openapi.json").json()
    page = (ROOT / "docs/ingest.md").read_text()
    statuses = document["paths"]["/ingest"]["post"]["responses"]
    assert [status for status in statuses if f"\n| {status} | " not in page] == []


def test_documents_every_dataset_with_its_schema(endpoint: EndpointProcess, compiled: Path) -> None:
    document = httpx.get(f"{endpoint.url}/openapi.json").json()
    for name in ("orders", "web_events"):
        schema_of_events = json.loads((compiled / f"{name}.schema.json").read_text())
        del schema_of_events["$schema"]
        assert document["components"]["schemas"][name] == schema_of_events
        assert f"/ingest/{name}" in document["paths"]

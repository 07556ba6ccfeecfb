"""Attempts at batches, as the first task of a pipeline makes them."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from release_fixture import FOLDER, current, manifest

from platform_dag.batch import new_run
from platform_dag.facts import Catalog, Facts, Lake, Network, Orchestration, Processing, parse
from platform_dag.program import Attempt
from platform_dag.release import Release, resolve
from platform_sizing.volume import Volume

NOW = datetime(2025, 1, 2, 0, 5, 0, 700, tzinfo=timezone.utc)
DAY = datetime(2025, 1, 1, tzinfo=timezone.utc)
VOLUME = Volume(stored=10**10, compressed=10**10)


def release(pointer: dict[str, Any] | None = None, described: dict[str, Any] | None = None) -> Release:
    """Resolve the release of the fixture, or of other documents."""
    objects = {
        "etl/current.json": json.dumps(pointer or current()),
        f"{FOLDER}/manifest.json": json.dumps(described or manifest()),
    }
    return resolve(lambda key: objects[key])


def attempt(
    values: dict[str, dict[str, Any]],
    start: datetime | None = DAY,
    now: datetime = NOW,
    volume: Volume = VOLUME,
    *,
    maintenance: bool = False,
) -> Attempt:
    """Make an attempt from the facts of every stack, by stack."""
    kinds = [Network, Lake, Processing, Orchestration, Catalog]
    facts = Facts(*(parse(kind, values[kind.__name__.lower()]) for kind in kinds))
    return Attempt(facts, release(), new_run(start, now, maintenance=maintenance), now, volume)

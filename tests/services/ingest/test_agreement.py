"""The endpoint's validator gives the reason codes that the jobs give, on generated hostile events."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agreement.every_kind import every_kind
from agreement.good import ARRIVAL
from agreement.hostile import hostile_events
from agreement.known import KNOWN_CASES
from ingest.validation.compiled import Contract, steps_of
from ingest.validation.rules import Arrival
from ingest.validation.validator import Validator

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent

#: Events of each contract: 200,000 in all.
EVENTS = {"every_kind": 110_000, "web_events": 60_000, "orders": 30_000}
SEED = int(os.environ.get("AGREEMENT_SEED", "18"))

#: Differences that a failure shows.
SHOWN = 10


@pytest.mark.xdist_group("spark")
def test_endpoint_and_jobs_give_the_same_codes(compiled: Path, tmp_path: Path) -> None:
    events = {name: _write(name, compiled, tmp_path) for name in EVENTS}
    command = [
        ROOT / ".venv/etl/bin/python",
        HERE / "agreement/spark_codes.py",
        tmp_path,
        ARRIVAL.isoformat(),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, *EVENTS], check=True, env=environment)
    for name, of_contract in events.items():
        document = json.loads((tmp_path / f"{name}.json").read_text())
        mine = _codes(document, of_contract)
        theirs = (tmp_path / f"{name}.codes").read_text().split("\n")[:-1]
        assert len(mine) == len(theirs) == len(of_contract)
        different = [
            {"event": event, "endpoint": ours, "jobs": jobs}
            for event, ours, jobs in zip(of_contract, mine, theirs, strict=True)
            if ours != jobs
        ]
        assert not different, f"{name}: {len(different)} differ: {different[:SHOWN]}"
        reached = {code for codes in mine for code in codes.split(",")}
        assert not _codes_of(document) - reached, f"{name}: no event has {_codes_of(document) - reached}"
        assert "" in reached


def _write(name: str, compiled: Path, folder: Path) -> list[bytes]:
    """Write the contract without the rules that need other data, and its events."""
    document = every_kind() if name == "every_kind" else json.loads((compiled / f"{name}.json").read_text())
    for column in document["columns"]:
        column["rules"] = [rule for rule in column["rules"] if rule["kind"] != "reference"]
    known = [event.encode("utf-8", "surrogatepass") for event in KNOWN_CASES] if name == "every_kind" else []
    events = [*known, *_generated(document, EVENTS[name])]
    (folder / f"{name}.json").write_text(json.dumps(document))
    lines = [b"%d %s\n" % (number, base64.b64encode(event)) for number, event in enumerate(events)]
    (folder / f"{name}.events").write_bytes(b"".join(lines))
    return events


def _generated(document: dict[str, Any], count: int) -> Iterator[bytes]:
    return hostile_events(document, count, SEED, steps_of)


def _codes(document: dict[str, Any], events: list[bytes]) -> list[str]:
    validator, arrival = Validator(Contract.parse(document)), Arrival(ARRIVAL)
    return [",".join(validator.validate(event, arrival).codes) for event in events]


def _codes_of(document: dict[str, Any]) -> set[str]:
    """Every code that a row can have; texts of a column with a list cannot have all of them."""
    rules = [rule for column in document["columns"] for rule in column["rules"]]
    return {"row.malformed", *(rule["id"] for rule in rules if rule["kind"] != "unique")}

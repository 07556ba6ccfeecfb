"""Jobs accept what the JSON Schema of a stream accepts, apart from what its documentation lists.

The same events are given to the schema by __tests__/contracts/compiler/targets/value-schema.test.ts.
"""

from __future__ import annotations

import json
from datetime import datetime

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from conftest import ROOT
from etl.model import Contract
from etl.rules.judging import judge
from etl.sources.json_lines import cut_lines

GOLDEN = ROOT / "__tests__" / "contracts" / "compiler" / "targets" / "golden"
CASES = json.loads((GOLDEN / "clicks.values.json").read_text())

#: When every event arrives, within the lateness that the contract allows.
ARRIVED = datetime(2024, 11, 29, 18, 30)


def line(changed: str, text: str) -> str:
    """One event as it is sent, with another value of a field."""
    fields = {**CASES["event"], changed: text}
    return "{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in fields.items()) + "}"


def test_jobs_accept_what_the_schema_accepts_but_for_what_is_listed(spark: SparkSession) -> None:
    contract = Contract.parse(json.loads((GOLDEN / "clicks.json").read_text()))
    events = {
        (field, text): said in ("accepted", "accepted_by_jobs_alone")
        for field, values in CASES["values"].items()
        for said, texts in values.items()
        for text in texts
    }
    assert len(events) > 100
    lines = [(line(*event), f"clicks/0/{number:019d}", ARRIVED) for number, event in enumerate(events)]
    raw = spark.createDataFrame(lines, "value string, _source_file string, _arrived_at timestamp")
    late = {rule.id for rule in contract.rules if rule.kind == "late"}
    rows = judge(cut_lines(raw, contract), contract, F.to_date(F.lit(ARRIVED))).orderBy("_source_file")
    reasons = [set(row["_reasons"] or ()) - late for row in rows.collect()]
    found = {event: not reasons for event, reasons in zip(events, reasons)}
    assert {event: found[event] for event in events if found[event] != events[event]} == {}

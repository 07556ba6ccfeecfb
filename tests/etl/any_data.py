"""Data of any kind and contracts for it by hand, run through the whole pipeline."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from columns import FORMATS
from etl.batch import curate, ingest, marts
from etl.batch.run import Incomplete, Rejected, Run
from etl.inference import infer
from etl.model import Column, Contract, RawFormat, Rule, parse_contracts
from etl.storage.lake import Lake

DAY = date(2024, 12, 30)

COMPILER = Path(__file__).with_name("propose_contracts.cjs")


def text(name: str, *kinds: str, physical: str | None = None) -> Column:
    """A text, with the rule that all texts have."""
    return typed(name, "string", "encoding", *kinds, physical=physical)


def typed(
    name: str, spark_type: str, *kinds: str, physical: str | None = None, form: str | None = None
) -> Column:
    """A column with rules without parameters; one that is no text has the rule `type`."""
    of_type = () if spark_type == "string" else ("type",)
    rules = tuple(Rule(f"{name}.{k}", k, {}, "error", "conformity", 1.0) for k in (*of_type, *kinds))
    nullable = "required" not in kinds
    form = form or FORMATS.get(spark_type)
    return Column(name, physical or name, spark_type, nullable, form, False, rules)


def key(name: str = "id", spark_type: str = "bigint") -> Column:
    """The column that names a row."""
    return typed(name, spark_type, "required", "unique")


def dataset(name: str, *columns: Column, raw: RawFormat | None = None, **parts: Any) -> Contract:
    """A contract without versions; its key is its first column."""
    given = {"version_column": None, "partition_by": None, "freshness": None, "volume": None, **parts}
    return Contract(name, "1.0.0", columns, (columns[0].name,), raw=raw or RawFormat(), **given)


def write_contracts(path: Path, contracts: Sequence[Contract]) -> Path:
    """The contracts as the release's builder compiles them."""
    path.write_text(json.dumps([{"schema_version": 1, **asdict(contract)} for contract in contracts]))
    return path


def run_any(
    spark: SparkSession, root: Path, data: Path, contracts: Path, run_id: str, replay: str | None = None
) -> dict[str, Any]:
    """Run all jobs on data; the results, in which all rows read are accounted for, accepted or rejected."""
    run = Run(run_id, DAY, "test", str(data), str(root), str(contracts), replay)
    ingest.run(spark, run)
    curate.run(spark, run)
    with suppress(Rejected, Incomplete):
        marts.run(spark, run)
    results: dict[str, Any] = json.loads((root / "runs" / f"run={run_id}" / "results.json").read_text())
    for found in results["datasets"]:
        counts = dict(found["dispositions"])
        assert counts.pop("read") == sum(counts.values()), found
    return results


def outcome(results: Mapping[str, Any], name: str) -> tuple[dict[str, int], dict[str, int]]:
    """What became of the rows of a dataset, and why; nothing that is zero."""
    (found,) = [each for each in results["datasets"] if each["name"] == name]
    rows = {each: n for each, n in found["dispositions"].items() if n}
    return rows, {reason["code"]: reason["rows"] for reason in found["reasons"]}


def refusals(results: Mapping[str, Any], name: str) -> dict[str, str]:
    """Reasons of the files that were refused, by file."""
    (found,) = [each for each in results["datasets"] if each["name"] == name]
    return {Path(each["path"]).name: each["reason"] for each in found["files"]["refused"]}


def rows_of(spark: SparkSession, root: Path, contract: Contract) -> list[tuple[Any, ...]]:
    """Rows of a table as it is published, sorted."""
    lake = Lake(spark, str(root))
    found = lake.read_table(lake.published().tables[contract.name], contract.ddl)
    return sorted((tuple(row) for row in found.collect()), key=repr)


def quarantine(spark: SparkSession, root: Path, name: str, run_id: str) -> list[dict[str, Any]]:
    """Quarantined rows of a run."""
    folder = root / "quarantine" / name / f"run={run_id}"
    return sorted((row.asDict() for row in spark.read.parquet(str(folder)).collect()), key=repr)


def inferred(spark: SparkSession, data: Path, place: Path) -> dict[str, dict[str, Any]]:
    """What is seen of data, by dataset."""
    place.mkdir(parents=True, exist_ok=True)
    evidence = place / "evidence.json"
    infer.run(spark, str(data), str(evidence))
    return {each["name"]: each for each in json.loads(evidence.read_text())["datasets"]}


def proposed(place: Path) -> tuple[Path, dict[str, Contract]]:
    """What was seen as contracts: the file of them for a run, and their values."""
    target = place / "contracts.json"
    command = ["node", COMPILER, place / "evidence.json", place / "contracts", target]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return target, parse_contracts(json.loads(target.read_text()))

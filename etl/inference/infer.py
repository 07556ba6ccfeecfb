"""Looks at files of any kind and writes down what a contract could say of them, with the evidence.

Spark does the looking, by the very readers and casts that ingest uses later: a type that is proposed here is
one that ingest reads. Every row is looked at, so the same files give the same answer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pyspark.sql import SparkSession

from etl.inference.columns import Described, Looked, bounds_of, describe_columns
from etl.inference.forms import count_together
from etl.inference.keys import Key, find_key
from etl.inference.references import find_references
from etl.inference.sources import Source, look_at_sources
from etl.logs import Stages
from etl.sources.collection import find_collection
from etl.storage.files import Files

SCHEMA_VERSION = 1

#: Datasets that are examined side by side.
AT_ONCE = 4

#: Bytes and columns of a dataset that is read in less time than its plan takes, and how many share a plan.
SMALL, NARROW, TOGETHER = 8 << 20, 50, 13


def run(spark: SparkSession, data: str, output: str) -> None:
    """Write the evidence of all datasets below `data`, one file or a folder, to the file `output`.

    Raises ValueError when no file of a dataset can be read.
    """
    files, stages = Files(spark, data), Stages()
    examined = _examine(spark, files, stages)
    looked = {name: found for name, (found, _) in examined.items()}
    keys = {name: key for name, (_, key) in examined.items()}
    with stages.stage("references") as stage:
        references = find_references(looked, keys)
        stage.rows_out = sum(map(len, references.values()))
    documents = [
        {
            **_document(name, looked[name], keys[name]),
            "references": [reference.as_document() for reference in references[name]],
        }
        for name in looked
    ]
    for found in looked.values():
        found.values.unpersist()
    folder, _, file = output.rpartition("/")
    Files(spark, folder or ".").replace_json(file, {"schema_version": SCHEMA_VERSION, "datasets": documents})


def _examine(spark: SparkSession, files: Files, stages: Stages) -> dict[str, tuple[Looked, Key]]:
    """Describe all datasets and find their keys, side by side: a small one takes one processor to plan."""

    def examine(name: str) -> tuple[Looked, Key]:
        with stages.stage(f"look at {name}") as stage:
            looked = describe_columns(spark, files, sources[name], counted.get(name))
            stage.rows_in = stage.rows_out = looked.rows
        with stages.stage(f"key of {name}") as stage:
            stage.rows_in = stage.rows_out = looked.rows
            return looked, find_key(looked)

    collection = find_collection(files)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        with stages.stage(f"files of {len(collection)} datasets"):
            read = pool.map(lambda each: look_at_sources(spark, files, *each), collection.items())
            sources = dict(zip(collection, read))
        with stages.stage("forms of small datasets") as stage:
            small = [name for name, source in sources.items() if _is_small(source)]
            some = [small[start : start + TOGETHER] for start in range(0, len(small), TOGETHER)]
            found = pool.map(lambda names: count_together(spark, files, {n: sources[n] for n in names}), some)
            counted = {name: each for together in found for name, each in together.items()}
            stage.rows_in = stage.rows_out = sum(each.rows for each in counted.values())
        return dict(zip(sources, pool.map(examine, sources)))


def _is_small(source: Source) -> bool:
    """Whether a dataset is read in less time than its plan takes."""
    size = sum(file.size for file in source.files.read)
    return size <= SMALL and len(source.contract.columns) <= NARROW


def _document(name: str, looked: Looked, key: Key) -> dict[str, Any]:
    source = looked.source
    return {
        "name": name,
        "raw": vars(source.contract.raw),
        "files": {
            "read": len(source.files.read),
            "refused": [vars(refusal) for refusal in source.files.refused],
        },
        "rows": looked.rows,
        "malformed": looked.malformed,
        "copies": key.copies,
        "key": list(key.columns),
        "key_reason": key.reason,
        "other_keys": list(key.others),
        "measures": list(key.measures),
        "version_column": key.version,
        "partition_by": dict(zip(("column", "transform"), key.partition)) if key.partition else None,
        "columns": [_column(described) for described in looked.columns],
    }


def _column(described: Described) -> dict[str, Any]:
    """A column as a contract could have it; of one that may identify a person no value is written down."""
    column = described.column
    return {
        "name": column.name,
        "physical_name": column.physical_name,
        "type": column.type,
        "format": column.format,
        "required": described.required,
        "personal": column.personal,
        "missing_values": list(column.missing_values),
        "pattern": described.proposal.pattern,
        "bounds": {} if column.personal else bounds_of(described),
        "values": [] if column.personal else list(described.values),
        "missing": described.missing,
        "unreadable": described.unreadable,
        "distinct": described.distinct,
        "low": None if column.personal else described.low,
        "high": None if column.personal else described.high,
        "notes": list(described.proposal.notes),
    }

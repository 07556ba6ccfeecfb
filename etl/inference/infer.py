"""Looks at files of any kind and writes down what a contract could say of them, with the evidence.

Spark does the looking, by the very readers and casts that ingest uses later: a type that is proposed here is
one that ingest reads. Every row is looked at, so the same files give the same answer.
"""

from __future__ import annotations

from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from etl.inference.columns import Described, Looked, bounds_of, describe_columns
from etl.inference.keys import Key, find_key
from etl.inference.references import find_references
from etl.inference.sources import look_at_sources
from etl.logs import Stages, log
from etl.sources.collection import find_collection
from etl.sources.faults import file_fault
from etl.storage.files import Files

SCHEMA_VERSION = 1

#: What data can bring about. Memory that ran out, or a file of ours that cannot be written, is none of it.
DATA_FAULTS = (ValueError, ArithmeticError, LookupError, TypeError, PySparkException, Py4JJavaError)


def run(spark: SparkSession, data: str, output: str) -> None:
    """Write the evidence of all datasets below `data`, one file or a folder, to the file `output`.

    A dataset of which no file can be read, or whose data is of a kind that nothing here is ready for, is left
    out with the reason. Raises ValueError when no dataset is left.
    """
    files, stages = Files(spark, data), Stages()
    looked, keys, left_out = _look_at_all(spark, files, stages)
    with stages.stage("references"):
        references = find_references(looked, keys)
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
    Files(spark, folder or ".").replace_json(
        file,
        {
            "schema_version": SCHEMA_VERSION,
            "datasets": documents,
            "left_out": [{"name": name, "reason": reason} for name, reason in sorted(left_out.items())],
        },
    )


def _look_at_all(
    spark: SparkSession, files: Files, stages: Stages
) -> tuple[dict[str, Looked], dict[str, Key], dict[str, str]]:
    """Every dataset with its key, and those that are left out with the reason."""
    looked: dict[str, Looked] = {}
    keys: dict[str, Key] = {}
    collection = find_collection(files)
    left_out = dict(collection.left_out)
    for name, listed in collection.datasets.items():
        try:
            with stages.stage(f"look at {name}") as stage:
                found = describe_columns(spark, files, look_at_sources(spark, files, name, listed))
                stage.rows_in = stage.rows_out = found.rows
            with stages.stage(f"key of {name}") as stage:
                keys[name] = find_key(found)
                stage.rows_in = stage.rows_out = found.rows
        except DATA_FAULTS as error:
            left_out[name] = _reason(error).removeprefix(f"{name}: ")
            log.warning("left out", extra={"dataset": name, "reason": left_out[name]}, exc_info=True)
        else:
            looked[name] = found
    if not looked:
        raise ValueError("; ".join(f"{name}: {reason}" for name, reason in left_out.items()))
    return looked, keys, left_out


def _reason(error: Exception) -> str:
    """Why a dataset is left out, in one line; raises the error when it is not about the data."""
    if not isinstance(error, Py4JJavaError):
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    reason = file_fault(error)
    if reason is None:
        raise error
    return reason


def _document(name: str, looked: Looked, key: Key) -> dict[str, Any]:
    source = looked.source
    return {
        "name": name,
        "raw": vars(source.contract.raw),
        "files": {
            "read": len(source.files.read),
            "refused": [vars(refusal) for refusal in source.files.refused],
        },
        "is_header_evident": source.is_header_evident,
        "rows": looked.rows,
        "malformed": looked.malformed,
        "copies": key.copies,
        "key": list(key.columns),
        "other_keys": list(key.others),
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

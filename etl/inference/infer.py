"""Looks at files of any kind and writes down what a contract could say of them, with the evidence.

Spark does the looking, by the very readers and casts that ingest uses later: a type that is proposed here is
one that ingest reads. Every row is looked at, so the same files give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Callable, TypeVar

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from etl.inference.columns import Described, Looked, bounds_of, describe_columns
from etl.inference.forms import count_together
from etl.inference.keys import Key, find_key
from etl.inference.references import find_references
from etl.inference.sources import Source, look_at_sources
from etl.logs import Stages, log
from etl.sources.collection import find_collection
from etl.sources.faults import fault_of
from etl.storage.files import Files

T = TypeVar("T")

SCHEMA_VERSION = 1

#: Datasets that are examined side by side.
AT_ONCE = 4

#: Bytes and columns of a dataset that is read in less time than its plan takes, and how many share a plan.
SMALL, NARROW, TOGETHER = 8 << 20, 50, 26

#: What data can bring about. Memory that ran out, or a file of ours that cannot be written, is none of it.
DATA_FAULTS = (ValueError, ArithmeticError, LookupError, TypeError, PySparkException, Py4JJavaError)


def run(spark: SparkSession, data: str, output: str) -> None:
    """Write the evidence of all datasets below `data`, one file or a folder, to the file `output`.

    A dataset of which no file can be read, or whose data is of a kind that nothing here is ready for, is left
    out with the reason. Raises ValueError when no dataset is left.
    """
    files, stages = Files(spark, data), Stages()
    examined, left_out = _examine(spark, files, stages)
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
    Files(spark, folder or ".").replace_json(
        file,
        {
            "schema_version": SCHEMA_VERSION,
            "datasets": documents,
            "left_out": [{"name": name, "reason": reason} for name, reason in sorted(left_out.items())],
        },
    )


def _reason(error: Exception) -> str:
    """Why a dataset is left out, in one line; raises the error when it is not about the data."""
    if not isinstance(error, Py4JJavaError):
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    return fault_of(error)


def _examine(
    spark: SparkSession, files: Files, stages: Stages
) -> tuple[dict[str, tuple[Looked, Key]], dict[str, str]]:
    """Describe all datasets and find their keys, side by side: a small one takes one processor to plan.

    With those that are left out, and why.
    """

    def examine(name: str) -> tuple[Looked, Key]:
        with stages.stage(f"look at {name}") as stage:
            looked = describe_columns(spark, files, sources[name], counted.get(name))
            stage.rows_in = stage.rows_out = looked.rows
        with stages.stage(f"key of {name}") as stage:
            stage.rows_in = stage.rows_out = looked.rows
            return looked, find_key(looked)

    collection = find_collection(files)
    left_out = dict(collection.left_out)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        isolated = _Isolated(pool, left_out)
        with stages.stage(f"files of {len(collection.datasets)} datasets"):
            listed = collection.datasets
            sources = isolated.map(lambda name: look_at_sources(spark, files, name, listed[name]), listed)
        with stages.stage("forms of small datasets") as stage:
            small = [name for name, source in sources.items() if _is_small(source)]
            some = [small[start : start + TOGETHER] for start in range(0, len(small), TOGETHER)]
            found = pool.map(lambda names: count_together(spark, files, {n: sources[n] for n in names}), some)
            counted = {name: each for together in found for name, each in together.items()}
            stage.rows_in = stage.rows_out = sum(each.rows for each in counted.values())
        examined = isolated.map(examine, sources)
    if not examined:
        raise ValueError("; ".join(f"{name}: {reason}" for name, reason in left_out.items()))
    return examined, left_out


@dataclass(frozen=True)
class _Isolated:
    """Work on several datasets at once, of which one that fails for its data is left out with the reason."""

    pool: ThreadPoolExecutor
    left_out: dict[str, str]

    def map(self, work: Callable[[str], T], names: Iterable[str]) -> dict[str, T]:
        """Return what becomes of each dataset; raises what is not about the data."""
        futures = {name: self.pool.submit(work, name) for name in names}
        done = {}
        for name, future in futures.items():
            try:
                done[name] = future.result()
            except DATA_FAULTS as error:
                self.left_out[name] = _reason(error).removeprefix(f"{name}: ")
                log.warning("left out", extra={"dataset": name, "reason": self.left_out[name]}, exc_info=True)
        return done


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
        "is_header_evident": source.is_header_evident,
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

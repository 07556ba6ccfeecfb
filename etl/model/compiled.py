"""What compiled contracts are made of.

Generated from contracts/compiler/compiled.ts by `npm run generate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RawFormat:
    """How raw files are written."""

    format: str = "csv"
    #: One character between two values; CSV only.
    delimiter: str = ","
    #: Whether the first row of a CSV file names the columns.
    header: bool = True
    #: Name of the encoding in Java; JSON lines are UTF-8, and Parquet knows its own.
    encoding: str = "UTF-8"
    #: Whether a quoted value may hold a line break: such files cannot be read in parts.
    multiline: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule of one column; every row that fails it is quarantined, whatever the severity."""

    #: `<column>.<kind>`, also the reason code of a row that fails the rule.
    id: str
    #: The table in contracts/compiler/compiled.ts says when each kind fails.
    kind: str
    #: Named by the kind. Bounds are text, to be cast to the column's type without loss.
    params: Mapping[str, Any]
    severity: str
    dimension: str
    #: Largest share of the rows read that may fail before the rule counts as violated.
    threshold: float


@dataclass(frozen=True)
class Column:
    """A column of a dataset."""

    #: Name in the curated table.
    name: str
    #: Name in the raw files. In JSON lines one that begins with `$` is a path into the object:
    #: `$.address.city`.
    physical_name: str
    #: Spark SQL type in lower case: `bigint`, `decimal(12,2)`, `timestamp`.
    type: str
    nullable: bool
    #: Spark's datetime pattern in the raw files, on dates and timestamps; on numbers of CSV files that are
    #: not written with a point alone an example, `1.234,56`; else null.
    format: str | None
    #: Whether it identifies a person: never shown in reports.
    personal: bool
    #: In the order of the kinds, so that reasons are listed the same way everywhere.
    rules: tuple[Rule, ...]
    #: Comment of the column in catalogs; empty where there is none.
    description: str = ""
    #: Texts that mean that there is no value, such as `NA`.
    missing_values: tuple[str, ...] = ()
    #: How a key is made that raw files do not have: `content` for a digest of all other columns, `occurrence`
    #: for one of their texts and of the row's number among equal rows of the batch, `position` for the
    #: record's place in its topic.
    derived: str | None = None


@dataclass(frozen=True)
class Partition:
    """How the curated table is partitioned."""

    column: str
    transform: str


@dataclass(frozen=True)
class Freshness:
    """Rule of a dataset: the newest value of a column may be at most so old at the end of the run date."""

    id: str
    column: str
    max_age_seconds: int
    severity: str
    dimension: str


@dataclass(frozen=True)
class Volume:
    """Rule of a dataset: rows read in a batch, both bounds included; without a bound it is open."""

    id: str
    minimum: int | None
    maximum: int | None
    severity: str
    dimension: str


@dataclass(frozen=True)
class Stream:
    """How the records of a dataset arrive through Kafka."""

    #: Name of the Kafka topic whose records are JSON objects, keyed by the contract's key.
    topic: str
    #: Partitions of the topic; a key is always in the same one.
    partitions: int
    #: Hours that the brokers keep a record.
    retention_hours: int
    #: Timestamp column that says when the event happened.
    event_time: str
    #: How long after the event time a record may arrive, as the rule `late` says; null when there is no
    #: limit.
    lateness_seconds: int | None
    #: Which of several records with the same key and version is kept when they differ: `position` for the
    #: first by offset.
    tie_breaker: str


@dataclass(frozen=True)
class Search:
    """How the rows of a dataset are searched in OpenSearch."""

    #: Name that applications search by; indices behind it come and go.
    alias: str
    #: Columns that are searched by their words, each with its language.
    texts: Mapping[str, str]
    #: By language: words that mean the same, separated by commas.
    synonyms: Mapping[str, tuple[str, ...]]
    #: Columns whose values are found by their words, too, in the languages of the texts.
    categories: tuple[str, ...]


@dataclass(frozen=True)
class MartColumn:
    """A column of a mart."""

    name: str
    #: Spark SQL type in lower case.
    type: str
    nullable: bool
    #: Whether it identifies a person: never shown in reports.
    personal: bool
    #: Comment of the column in catalogs; empty where there is none.
    description: str
    #: Curated columns it is made of, `orders.quantity`, or a dataset whose rows are counted.
    sources: tuple[str, ...] = ()

"""The compiled contract of a dataset, and what jobs ask of it. Its parts are generated: `compiled.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.model import compiled
from etl.model.compiled import Column, Freshness, RawFormat, Rule, Stream, Volume
from etl.model.layout import COMPILED_VERSION, MALFORMED_REASON


def refuse_other_version(kind: str, document: Mapping[str, Any]) -> None:
    """Raise ValueError when the document was compiled for other jobs; `kind` is `contract` or `mart`."""
    if document["schema_version"] != COMPILED_VERSION:
        raise ValueError(
            f"{kind} {document.get('name')}: compiled as version {document['schema_version']}, "
            f"these jobs read version {COMPILED_VERSION}; build the release again from one checkout"
        )


def table_ddl(columns: Iterable[tuple[str, str]]) -> str:
    """Write columns, each a name and a type, as Spark SQL DDL."""
    return ", ".join(f"`{name}` {kind}" for name, kind in columns)


class Partition(compiled.Partition):
    """How the curated table is partitioned, by the names that Iceberg gives to partitions."""

    @property
    def name(self) -> str:
        """Name of the folder level, `order_ts_month`."""
        return f"{self.column}_{self.transform}"


@dataclass(frozen=True)
class Contract:
    """One dataset: columns in the order of its raw files, key, version, partitions, promises.

    `stream` says how records arrive through Kafka, if they do; without `has_files`, nothing else arrives.
    """

    name: str
    version: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    version_column: str | None
    partition_by: Partition | None
    freshness: Freshness | None
    volume: Volume | None
    raw: RawFormat = field(default_factory=RawFormat)
    description: str = ""
    stream: Stream | None = None
    has_files: bool = True

    @property
    def raw_columns(self) -> tuple[Column, ...]:
        """The columns that raw files have."""
        return tuple(column for column in self.columns if column.derived is None)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the curated columns."""
        return tuple(column.name for column in self.columns)

    @property
    def ddl(self) -> str:
        """The curated table's schema as Spark SQL DDL."""
        return table_ddl((column.name, column.type) for column in self.columns)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by column and kind."""
        return tuple(rule for column in self.columns for rule in column.rules)

    @property
    def malformed(self) -> Rule:
        """The rule that a text format implies; it tolerates as little as the contract's strictest rule."""
        threshold = min((rule.threshold for rule in self.rules), default=0.0)
        return Rule(MALFORMED_REASON, "malformed", {}, "error", "conformity", threshold)

    @property
    def unique_code(self) -> str:
        """Reason code of rows that share key and version but not content."""
        return f"{self.key[0]}.unique"

    def references(self) -> tuple[tuple[Column, Rule], ...]:
        """Columns that name a row of another dataset, with the rule that says which."""
        return tuple((c, rule) for c in self.columns for rule in c.rules if rule.kind == "reference")

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Contract:
        """Read a compiled contract.

        Raises ValueError when it was compiled for other jobs, KeyError when a part is missing.
        """
        refuse_other_version("contract", document)
        parts = ("partition_by", "freshness", "volume", "stream")
        partition, freshness, volume, stream = (document[part] for part in parts)
        for column in document["columns"]:
            if partition and column["name"] == partition["column"] and column["nullable"]:
                raise ValueError(
                    f"contract {document['name']}: partitioned by {column['name']}, which may be missing; "
                    "make the column required"
                )
        return Contract(
            name=document["name"],
            version=document["version"],
            columns=tuple(_column(column) for column in document["columns"]),
            key=tuple(document["key"]),
            version_column=document["version_column"],
            partition_by=Partition(**partition) if partition else None,
            freshness=Freshness(**freshness) if freshness else None,
            volume=Volume(**volume) if volume else None,
            raw=RawFormat(**document["raw"]),
            description=document["description"],
            stream=Stream(**stream) if stream else None,
            has_files=document["has_files"],
        )


def _column(document: Mapping[str, Any]) -> Column:
    rules = tuple(Rule(**rule) for rule in document["rules"])
    missing = tuple(document["missing_values"])
    return Column(**{**document, "rules": rules, "missing_values": missing})

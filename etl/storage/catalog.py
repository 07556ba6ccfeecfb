"""Which Iceberg catalog has the tables of a lake, and what Iceberg makes of a table's contract."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyspark.sql import SparkSession

from etl.model import Contract, Mart, Partition
from etl.model.layout import CURATED_ZONE, MARTS_ZONE

#: The catalog that a place describes with `spark.sql.catalog.lake.*`; etl/spark-defaults.conf has its class.
CATALOG = "lake"

_KEY = "spark.sql.catalog."

#: Iceberg documentation, "Configuration": table properties.
PROPERTIES = {
    # A changed row is a line in a small delete file, not a data file written anew; `maintain` merges them.
    "write.delete.mode": "merge-on-read",
    "write.merge.mode": "merge-on-read",
    "write.update.mode": "merge-on-read",
    # The rows of a partition meet in one task before they are written: a file per partition, not per task.
    "write.distribution-mode": "hash",
    # A task holds a writer per partition open instead of sorting all its rows first.
    "write.spark.fanout.enabled": "true",
    "write.parquet.compression-codec": "zstd",
    "write.target-file-size-bytes": str(128 * 1024 * 1024),
    # Every commit writes the table's metadata anew; this many earlier ones are kept.
    "write.metadata.delete-after-commit.enabled": "true",
    "write.metadata.previous-versions-max": "50",
}


@dataclass(frozen=True)
class TableSpec:
    """What a table has to be: its zone and name, its columns as (name, type, comment), how it is cut.

    `key` and `version_column` say which row another one takes the place of.
    """

    zone: str
    name: str
    columns: tuple[tuple[str, str, str], ...]
    partition: Partition | None = None
    key: tuple[str, ...] = ()
    version_column: str | None = None
    #: What the table says of itself to whoever finds it in a catalog.
    properties: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of_dataset(contract: Contract) -> TableSpec:
        """The curated table of a dataset."""
        columns = tuple((column.name, column.type, column.description) for column in contract.columns)
        cut, key, version = contract.partition_by, contract.key, contract.version_column
        return TableSpec(CURATED_ZONE, contract.name, columns, cut, key, version, _told_of(contract))

    @staticmethod
    def of_mart(mart: Mart) -> TableSpec:
        """The table of a mart."""
        columns = tuple((column.name, column.type, column.description) for column in mart.columns)
        return TableSpec(MARTS_ZONE, mart.name, columns, properties=_told_of(mart))


def _told_of(contract: Contract | Mart) -> dict[str, str]:
    """Description, version and personal columns; `comment` is what catalogs show as the description."""
    personal = [column.name for column in contract.columns if column.personal]
    return {
        "comment": contract.description,
        "contract_version": contract.version,
        "personal_data": ",".join(personal),
    }


def table_specs(contracts: Mapping[str, Contract]) -> list[TableSpec]:
    """The curated tables of contracts."""
    return [TableSpec.of_dataset(contract) for contract in contracts.values()]


def open_catalog(spark: SparkSession, root: str) -> str:
    """The name of the catalog for a lake.

    A place that says nothing gets one that needs nothing but the lake's folders. A process may open several
    lakes.
    """
    if is_given(spark):
        return CATALOG
    name = f"{CATALOG}_{hashlib.sha256(root.encode()).hexdigest()[:12]}"
    settings = {
        "": spark.conf.get(f"{_KEY}{CATALOG}", "org.apache.iceberg.spark.SparkCatalog"),
        ".type": "hadoop",
        ".warehouse": root,
        ".cache-enabled": "false",
    }
    for key, value in settings.items():
        spark.conf.set(f"{_KEY}{name}{key}", str(value))
    return name


def is_given(spark: SparkSession) -> bool:
    """Whether the place says which catalog it is."""
    return any(spark.conf.get(f"{_KEY}{CATALOG}.{key}", None) for key in ("type", "catalog-impl"))


def transform_of(partition: Partition) -> str:
    """A partition as Iceberg's SQL has it."""
    column = f"`{partition.column}`"
    return column if partition.transform == "identity" else f"{partition.transform}s({column})"


def literal(text: str) -> str:
    """A text as Spark SQL has it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def column_sql(name: str, kind: str, comment: str) -> str:
    """A column as `CREATE TABLE` and `ADD COLUMN` have it."""
    return f"`{name}` {kind}" + (f" COMMENT {literal(comment)}" if comment else "")

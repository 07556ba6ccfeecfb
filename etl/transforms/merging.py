"""Merges a batch into a published table: which rows win, and which partitions change."""

from __future__ import annotations

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.contracts import Contract
from etl.transforms.duplicates import DISPOSITION, QUARANTINED, SUPERSEDED
from etl.transforms.judging import REASONS

INSERTED, UPDATED = "inserted", "updated"

#: Partition that an updated row leaves, as a label; NULL on all other rows.
LEFT_LABEL = "_left_label"


def partition_value(contract: Contract) -> Expression:
    """The value that names a row's partition.

    A day, the first day of a month or year, or the column itself.
    """
    partition = contract.partition_by
    if partition is None:
        raise ValueError(f"contract {contract.name} has no partitions")
    column = F.col(partition.column)
    if partition.transform == "identity":
        return column
    return F.to_date(column) if partition.transform == "day" else F.trunc(column, partition.transform)


def label(contract: Contract) -> Expression:
    """The partition's name in the pointer; the empty text for a table without partitions."""
    if contract.partition_by is None:
        return F.lit("")
    return partition_value(contract).cast("string")


def classify(batch: DataFrame, published: DataFrame, contract: Contract) -> DataFrame:
    """Give every accepted row its disposition against the published row of its key.

    None there: inserted. An older one: updated. A newer one, or the same content: superseded. The same
    version with other content: quarantined, as nothing tells which is right; where rows have no versions, all
    count as one. Contents are compared by a
    64-bit hash, between rows of one key and version only.
    """
    keys = list(contract.key)
    version = F.col(contract.version_column) if contract.version_column else F.lit(0)
    matched = published.join(batch.select(*keys), keys, "left_semi").select(
        *keys,
        version.alias("_published_version"),
        _content(contract).alias("_published_content"),
        label(contract).alias("_published_label"),
    )
    compared = batch.withColumn("_content", _content(contract)).join(matched, keys, "left")
    is_newer = version > F.col("_published_version")
    is_contradiction = (version == F.col("_published_version")) & (
        F.col("_content") != F.col("_published_content")
    )
    disposition = (
        F.when(F.col("_published_version").isNull(), F.lit(INSERTED))
        .when(is_newer, F.lit(UPDATED))
        .when(is_contradiction, F.lit(QUARANTINED))
        .otherwise(F.lit(SUPERSEDED))
    )
    return compared.select(
        *[column for column in batch.columns if column != REASONS],
        F.when(is_contradiction, F.array(F.lit(contract.unique_code))).alias(REASONS),
        F.when(is_newer, F.col("_published_label")).alias(LEFT_LABEL),
        disposition.alias(DISPOSITION),
    )


def changed_labels(winners: DataFrame, contract: Contract) -> DataFrame:
    """Partitions that inserted and updated rows enter or leave: one column `label`, each once."""
    entered = winners.select(label(contract).alias("label"))
    left = winners.where(F.col(LEFT_LABEL).isNotNull()).select(F.col(LEFT_LABEL).alias("label"))
    return entered.union(left).distinct()


def rewrite(published: DataFrame, winners: DataFrame, contract: Contract) -> DataFrame:
    """The changed partitions anew.

    What was published, without the keys that were updated, and the winners.
    """
    updated = winners.where(F.col(LEFT_LABEL).isNotNull()).select(*contract.key)
    kept = published.join(updated, list(contract.key), "left_anti").select(*contract.names)
    return kept.unionByName(winners.select(*contract.names))


def _content(contract: Contract) -> Expression:
    # xxhash64 skips NULLs, so that NULL, 'a' and 'a', NULL hash alike: the flags tell them apart.
    flags = [F.isnull(column.name) for column in contract.columns if column.nullable]
    return F.xxhash64(*contract.names, *flags)

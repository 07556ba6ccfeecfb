"""A batch meets a published table: which of its rows win."""

from __future__ import annotations

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import REASONS_COLUMN
from etl.rules.duplicates import DISPOSITION, QUARANTINED, SUPERSEDED

INSERTED, UPDATED = "inserted", "updated"


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
        *[column for column in batch.columns if column != REASONS_COLUMN],
        F.when(is_contradiction, F.array(F.lit(contract.unique_code))).alias(REASONS_COLUMN),
        disposition.alias(DISPOSITION),
    )


def _content(contract: Contract) -> Expression:
    # xxhash64 skips NULLs, so that NULL, 'a' and 'a', NULL hash alike: the flags tell them apart.
    flags = [F.isnull(column.name) for column in contract.columns if column.nullable]
    return F.xxhash64(*contract.names, *flags)

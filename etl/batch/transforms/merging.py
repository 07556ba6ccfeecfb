"""A batch meets a published table: which of its rows win."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import REASONS_COLUMN
from etl.rules.duplicates import DISPOSITION, INSERTED, QUARANTINED, SUPERSEDED, UPDATED
from etl.rules.versions import content_hash, version_of


def classify(
    batch: DataFrame, published: DataFrame, contract: Contract, added: Sequence[str] = ()
) -> DataFrame:
    """Give every accepted row its disposition against the published row of its key.

    None there: inserted. An older one: updated, and so is one of the same version that differs only in having
    no value in columns of `added`, which its contract did not have. A newer one, or the same content:
    superseded. The same version with other content: quarantined, as nothing tells which is right; where rows
    have no versions, all count as one. Contents are compared by a 64-bit hash, between rows of one key and
    version only.
    """
    keys = list(contract.key)
    version = version_of(contract)
    matched = published.join(batch.select(*keys), keys, "left_semi").select(
        *keys,
        version.alias("_published_version"),
        content_hash(contract, added).alias("_published_content"),
        *[F.col(name).alias(f"_published_{name}") for name in added],
    )
    compared = batch.withColumn("_content", content_hash(contract, added)).join(matched, keys, "left")
    is_same_version = version == F.col("_published_version")
    is_same = F.col("_content") == F.col("_published_content")
    pairs = [(F.col(name), F.col(f"_published_{name}")) for name in added]
    is_equal = reduce(and_, [now.eqNullSafe(before) for now, before in pairs], is_same)
    is_filled = reduce(and_, [now.eqNullSafe(before) | before.isNull() for now, before in pairs], is_same)
    is_newer = (version > F.col("_published_version")) | (is_same_version & is_filled & ~is_equal)
    is_contradiction = is_same_version & ~is_filled
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

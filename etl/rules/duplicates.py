"""Decides between rows of one batch that share a key. Only suspicious keys are ever sorted."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import REASONS_COLUMN, SOURCE_FILE_COLUMN

#: Column that `resolve` adds, and what it says.
DISPOSITION = "_disposition"
ACCEPTED, SUPERSEDED, QUARANTINED = "accepted", "superseded", "quarantined"

#: What becomes of an accepted row: its key is new, or it replaces an older row.
INSERTED, UPDATED = "inserted", "updated"


def suspicious_keys(valid: DataFrame, contract: Contract) -> DataFrame:
    """Keys that more than one valid row has: one aggregate over the key columns alone."""
    counted = valid.groupBy(*contract.key).agg(F.count(F.lit(1)).alias("_rows"))
    return counted.where(F.col("_rows") > 1).select(*contract.key)


def resolve(suspects: DataFrame, contract: Contract) -> DataFrame:
    """Give every row of a suspicious key its disposition.

    Rows of one key and version, or of one key where rows have no versions, must say the same: if they do not,
    nothing tells which is right, and all of them are quarantined. Of the rest the newest version is accepted,
    once, and the others are superseded. Only rows that broke no other rule may be given, so a bad row never
    wins over a good one.
    """
    content = F.struct(*contract.names)
    versions = [contract.version_column] if contract.version_column else []
    same_version = Window.partitionBy(*contract.key, *versions)
    conflict = F.min(content).over(same_version) != F.max(content).over(same_version)
    newest_first = Window.partitionBy(*contract.key).orderBy(
        F.col("_conflict"), *[F.col(name).desc() for name in versions], F.col(SOURCE_FILE_COLUMN)
    )
    ranked = suspects.withColumn("_conflict", conflict).withColumn("_rank", F.row_number().over(newest_first))
    disposition = (
        F.when(F.col("_conflict"), F.lit(QUARANTINED))
        .when(F.col("_rank") == 1, F.lit(ACCEPTED))
        .otherwise(F.lit(SUPERSEDED))
    )
    reasons = F.when(F.col("_conflict"), F.array(F.lit(contract.unique_code)))
    return (
        ranked.withColumn(DISPOSITION, disposition)
        .withColumn(REASONS_COLUMN, reasons)
        .drop("_conflict", "_rank")
    )

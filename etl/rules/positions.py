"""Decides about records of one day in the order of their positions: a stream decides as the day's batch does.

Of several records with one key and version the first by position is kept. An identical later one is
superseded, a different later one is quarantined. So a decision never changes, whatever comes after it.
"""

from __future__ import annotations

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import REASONS_COLUMN, SOURCE_FILE_COLUMN
from etl.rules.duplicates import ACCEPTED, DISPOSITION, INSERTED, QUARANTINED, SUPERSEDED, UPDATED
from etl.rules.versions import content_hash, version_of

#: Disposition of a record that waits for the row that it refers to, or for a record that waits. It is in
#: quarantine meanwhile.
PENDING = "pending"

#: Column of the rows to decide, and its values: a row that broke no rule, one that only refers to unknown
#: rows, one that does so besides other faults, and any other.
STATE = "_state"
VALID_STATE, ORPHAN_STATE, UNSETTLED_STATE, INVALID_STATE = "valid", "orphan", "unsettled", "invalid"

#: Columns of rows that are known already, besides the key; the last says whether they are of the same day.
VERSION, CONTENT, TODAY = "_version", "_content", "_today"

#: Columns of what is known of a key.
SEEN, NEWEST = "_seen", "_newest"

#: Column that `decide` adds: whether the row is the first of its version.
KEPT = "_kept"

#: Column that keeps invalid rows apart, which have no key to meet by.
_SPREAD = "_spread"

#: What reason codes of rules about references end in.
_REFERENCE = ".reference"


def state_of(is_valid: Expression) -> Expression:
    """Return the state of a judged row. An orphan's only reasons are about references."""
    refers = F.exists(REASONS_COLUMN, lambda reason: reason.endswith(_REFERENCE))
    others = F.exists(REASONS_COLUMN, lambda reason: ~reason.endswith(_REFERENCE))
    return (
        F.when(is_valid, F.lit(VALID_STATE))
        .when(~others, F.lit(ORPHAN_STATE))
        .when(refers, F.lit(UNSETTLED_STATE))
        .otherwise(F.lit(INVALID_STATE))
    )


def has_key() -> Expression:
    """Return whether a row takes part in deciding about its key."""
    return F.col(STATE).isin(VALID_STATE, ORPHAN_STATE)


def versions_of(rows: DataFrame, contract: Contract) -> DataFrame:
    """Return the key, `VERSION` and `CONTENT` of rows with the contract's columns."""
    content = content_hash(contract).alias(CONTENT)
    return rows.select(*contract.key, version_of(contract).alias(VERSION), content)


def known_by_key(rows: DataFrame, contract: Contract) -> DataFrame:
    """Return what is known of each key: `SEEN`, its versions with their contents, and `NEWEST` of these.

    `rows` has the columns of `versions_of` and `TODAY`. Of earlier days only the newest row of a key counts,
    of the day itself every version.
    """
    pair = F.struct(VERSION, CONTENT)
    grouped = rows.groupBy(*contract.key).agg(
        F.max(F.when(~F.col(TODAY), pair)).alias("_base"),
        F.collect_set(F.when(F.col(TODAY), pair)).alias("_today"),
        F.max(VERSION).alias(NEWEST),
    )
    base = F.when(F.col("_base").isNotNull(), F.array("_base"))
    seen = F.when(base.isNotNull(), F.concat("_today", base)).otherwise(F.col("_today"))
    return grouped.select(*contract.key, seen.alias(SEEN), NEWEST)


def resolve_by_position(suspects: DataFrame, contract: Contract, published: DataFrame | None) -> DataFrame:
    """Give every row of a suspicious key its disposition, as `resolve` does, by the positions of records.

    `suspects` are valid rows of one day, `published` rows of the days before, with the contract's columns.
    """
    known = None
    if published is not None:
        base = versions_of(published, contract).join(
            suspects.select(*contract.key).distinct(), [*contract.key]
        )
        known = known_by_key(base.withColumn(TODAY, F.lit(False)), contract)
    rows = decide(suspects.withColumn(STATE, F.lit(VALID_STATE)), contract, known)
    is_accepted = F.col(DISPOSITION).isin(INSERTED, UPDATED)
    disposition = F.when(is_accepted, F.lit(ACCEPTED)).otherwise(F.col(DISPOSITION))
    return rows.withColumn(DISPOSITION, disposition).drop(STATE, CONTENT, KEPT)


def may_be_valid(contract: Contract) -> Expression:
    """Return whether a row that waits can become valid: nothing is against it but what it waits for."""
    return ~F.exists(
        REASONS_COLUMN, lambda reason: ~reason.endswith(_REFERENCE) & (reason != F.lit(contract.unique_code))
    )


def decide(
    rows: DataFrame, contract: Contract, known: DataFrame | None, held: DataFrame | None = None
) -> DataFrame:
    """Give every row its disposition, its reasons and `KEPT`.

    `rows` has the columns of `judge` and `STATE`. `known` is what `known_by_key` returns of the newest row of
    earlier days and of every version of this day that was kept before. An invalid row is quarantined. A row
    that refers to unknown rows is pending, as its reasons may change; and so is a valid row that comes after
    an orphan of its key and version: which of the two is kept depends on whether the orphan's row arrives.
    `held` has the keys of rows of earlier days that wait: rows of these keys wait, too, as they are compared
    with the days before.
    """
    decided = _with_known(_with_versions(rows, contract), contract, known)
    before = F.coalesce(F.exists(SEEN, lambda seen: seen[VERSION] == F.col(VERSION)), F.lit(False))
    decided = _with_held(decided.withColumn("_before", before), contract, held)
    decided = decided.withColumn("_free", (F.col(STATE) == VALID_STATE) & ~F.col("_before"))
    keys = [*_keys(contract), _SPREAD]
    in_order = Window.partitionBy(*keys, VERSION, "_free").orderBy(SOURCE_FILE_COLUMN)
    same = Window.partitionBy(*keys, VERSION)
    orphan = F.min(F.when(F.col(STATE) == ORPHAN_STATE, F.col(SOURCE_FILE_COLUMN))).over(same)
    decided = decided.select(
        "*",
        (
            F.col("_held") | (F.coalesce(orphan < F.col(SOURCE_FILE_COLUMN), F.lit(False)) & F.col("_free"))
        ).alias("_blocked"),
        F.row_number().over(in_order).alias("_rank"),
        F.first(CONTENT).over(in_order).alias("_first"),
    )
    kept = F.col("_free") & ~F.col("_blocked") & (F.col("_rank") == 1)
    decided = decided.withColumn(KEPT, kept)
    latest = F.max(F.when(F.col(KEPT), F.col(VERSION))).over(Window.partitionBy(*keys))
    decided = decided.withColumn("_latest", latest)
    known_as_different = ~F.exists(
        SEEN, lambda seen: (seen[VERSION] == F.col(VERSION)) & (seen[CONTENT] == F.col(CONTENT))
    )
    is_newest = F.col(NEWEST).isNull() | (F.col(VERSION) > F.col(NEWEST))
    wins = F.col(KEPT) & (F.col(VERSION) == F.col("_latest")) & is_newest
    contradicts = (F.col("_before") & known_as_different) | (
        F.col("_free") & ~F.col(KEPT) & (F.col(CONTENT) != F.col("_first"))
    )
    disposition = (
        F.when(F.col(STATE) == INVALID_STATE, F.lit(QUARANTINED))
        .when(F.col(STATE).isin(ORPHAN_STATE, UNSETTLED_STATE) | F.col("_blocked"), F.lit(PENDING))
        .when(wins, F.when(F.col(NEWEST).isNull(), F.lit(INSERTED)).otherwise(F.lit(UPDATED)))
        .when(contradicts, F.lit(QUARANTINED))
        .otherwise(F.lit(SUPERSEDED))
    )
    is_tied = (F.col(STATE) == VALID_STATE) & F.col(DISPOSITION).isin(QUARANTINED, PENDING)
    reasons = F.when(is_tied, F.array(F.lit(contract.unique_code))).otherwise(F.col(REASONS_COLUMN))
    decided = decided.withColumn(DISPOSITION, disposition).withColumn(REASONS_COLUMN, reasons)
    return decided.select(*rows.columns, CONTENT, KEPT, DISPOSITION)


def _with_versions(rows: DataFrame, contract: Contract) -> DataFrame:
    """Add version and content, and move the rows of one key together, once for everything that follows."""
    # Invalid rows, whose keys may be anything, stay where they are.
    keys = [F.when(has_key(), F.col(name)).alias(key) for name, key in zip(contract.key, _keys(contract))]
    spread = F.when(~has_key(), F.monotonically_increasing_id()).alias(_SPREAD)
    versions = [version_of(contract).alias(VERSION), content_hash(contract).alias(CONTENT)]
    return rows.select("*", *keys, spread, *versions).repartition(*_keys(contract), _SPREAD)


def _with_known(rows: DataFrame, contract: Contract, known: DataFrame | None) -> DataFrame:
    """Add what is known of each row's key."""
    if known is None:
        kind = rows.schema[VERSION].dataType.simpleString()
        seen = F.lit(None).cast(f"array<struct<{VERSION}: {kind}, {CONTENT}: bigint>>")
        return rows.withColumn(SEEN, seen).withColumn(NEWEST, F.lit(None).cast(kind))
    keys = [F.col(name).alias(key) for name, key in zip(contract.key, _keys(contract))]
    return rows.join(known.select(*keys, SEEN, NEWEST), _keys(contract), "left")


def _with_held(rows: DataFrame, contract: Contract, held: DataFrame | None) -> DataFrame:
    """Add `_held`: whether a valid row has to wait for rows of its key of earlier days."""
    if held is None:
        return rows.withColumn("_held", F.lit(False))
    keys = [F.col(name).alias(key) for name, key in zip(contract.key, _keys(contract))]
    marked = held.select(*keys, F.lit(True).alias("_waits")).distinct()
    is_held = F.coalesce(F.col("_waits"), F.lit(False)) & (F.col(STATE) == VALID_STATE)
    return rows.join(F.broadcast(marked), _keys(contract), "left").withColumn("_held", is_held).drop("_waits")


def _keys(contract: Contract) -> list[str]:
    """Names of the key of rows that take part."""
    return [f"_key_{name}" for name in contract.key]

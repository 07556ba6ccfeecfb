"""Compares a closed day of streams with the batch of its archive: rows by key, quarantine by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import reduce

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from etl.batch.transforms.merging import classify
from etl.errors import DifferentError
from etl.logs import log
from etl.model import Contract, load_with_parents
from etl.model.layout import REASONS_COLUMN, SOURCE_FILE_COLUMN, STREAM_STATE_FOLDER, VERDICT_COLUMN
from etl.rules.duplicates import (
    ACCEPTED,
    DISPOSITION,
    INSERTED,
    QUARANTINED,
    UPDATED,
    suspicious_keys,
)
from etl.rules.judging import INVALID, VALID, judge
from etl.rules.positions import resolve_by_position
from etl.rules.versions import content_hash, version_of
from etl.sources.records import read_closed_day, read_manifest
from etl.storage.lake import Lake
from etl.storage.snapshot import Version
from etl.streaming.deciding import decided_ddl
from etl.streaming.ledger import RELEASED
from etl.streaming.live import RUN_DATE, Live

#: Examples of each difference.
_SHOWN = 5


@dataclass(frozen=True)
class Difference:
    """Rows of a dataset or its refused records: how many differ, are missing in the stream, or only there."""

    mismatched: int
    missing: int
    extra: int
    examples: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def is_equal(self) -> bool:
        """Whether there is none."""
        return not (self.mismatched or self.missing or self.extra)


def run(
    spark: SparkSession, output: str, datasets: Sequence[str], day: str, database_prefix: str = ""
) -> None:
    """Compare a closed day and leave the result in `streams/verify/<day>.json`.

    Raises FileNotFoundError when the day is not closed for a dataset, DifferentError when something differs.
    """
    lake = Lake(spark, output, database_prefix)
    result = compare_day(lake, load_with_parents(datasets), datasets, day)
    document = {name: {part: asdict(each) for part, each in parts.items()} for name, parts in result.items()}
    lake.files.replace_json(f"{STREAM_STATE_FOLDER}/verify/{day}.json", {"day": day, "datasets": document})
    different = [
        f"{name}: {each.mismatched} {part} mismatched, {each.missing} missing, {each.extra} extra"
        for name, parts in result.items()
        for part, each in parts.items()
        if not each.is_equal
    ]
    for name, parts in document.items():
        log.info("verified", extra={"dataset": name, "day": day, **parts})
    if different:
        raise DifferentError("; ".join(different))


def compare_day(
    lake: Lake, contracts: Mapping[str, Contract], datasets: Sequence[str], day: str
) -> dict[str, dict[str, Difference]]:
    """Compare every dataset; `contracts` has theirs and those of all that they refer to, in order."""
    results = {}
    accepted: dict[str, DataFrame] = {}
    for name in contracts:
        if name in datasets:
            compared = _Day(lake, contracts, name, day)
            rows, refused = compared.batch(accepted)
            accepted[name] = rows
            results[name] = {
                "rows": _differ(rows, compared.live(), contracts[name].key, content_hash(contracts[name])),
                "quarantined": _differ(
                    refused, compared.refused(), (SOURCE_FILE_COLUMN,), F.xxhash64(REASONS_COLUMN)
                ),
            }
    return results


class _Day:
    """One dataset on one closed day."""

    def __init__(self, lake: Lake, contracts: Mapping[str, Contract], dataset: str, day: str) -> None:
        self._lake = lake
        self._contracts = contracts
        self._contract = contracts[dataset]
        self._day = day
        self._manifest = read_manifest(lake.files, dataset, day)

    def batch(self, accepted: Mapping[str, DataFrame]) -> tuple[DataFrame, DataFrame]:
        """Return what the batch makes of the day: the rows that it changes, and the records that it refuses.

        `accepted` has the rows of the day of datasets that this one refers to.
        """
        contract = self._contract
        known = {
            rule.id: self._keys(str(rule.params["dataset"]), accepted) for _, rule in contract.references()
        }
        day = date.fromisoformat(self._day)
        # Each step is planned from the rows of the one before: to plan all of them at once takes minutes.
        judged = judge(read_closed_day(self._lake, contract, day), contract, day, known).localCheckpoint()
        valid = judged.where(F.col(VERDICT_COLUMN) == VALID).drop(VERDICT_COLUMN)
        base = self._base(valid.select(*contract.key).distinct())
        suspects = suspicious_keys(valid, contract)
        shared = valid.join(suspects, [*contract.key], "left_semi")
        resolved = resolve_by_position(shared, contract, base).localCheckpoint()
        alone = valid.join(suspects, [*contract.key], "left_anti")
        chosen = alone.unionByName(resolved.where(F.col(DISPOSITION) == ACCEPTED).drop(DISPOSITION))
        decided = classify(chosen, base, contract).localCheckpoint()
        parts = [
            judged.where(F.col(VERDICT_COLUMN) == INVALID),
            resolved.where(F.col(DISPOSITION) == QUARANTINED),
            decided.where(F.col(DISPOSITION) == QUARANTINED),
        ]
        rows = decided.where(F.col(DISPOSITION).isin(INSERTED, UPDATED))
        refused = reduce(DataFrame.union, [part.select(SOURCE_FILE_COLUMN, REASONS_COLUMN) for part in parts])
        return rows.select(*contract.names), refused

    def live(self) -> DataFrame:
        """Return the rows of the day in the live table."""
        rows = self._live_rows(self._contract.name).where(F.col(RUN_DATE) == F.lit(self._day).cast("date"))
        return rows.select(*self._contract.names)

    def refused(self) -> DataFrame:
        """Return the records of the day that the stream refuses, by what it decided last."""
        folders = list(self._manifest["decisions"])
        if not folders:
            return self._lake.spark.createDataFrame(
                [], f"`{SOURCE_FILE_COLUMN}` string, `{REASONS_COLUMN}` array<string>"
            )
        reader = self._lake.spark.read.schema(decided_ddl(self._contract))
        decided = reader.parquet(*[self._lake.files.path(f"{folder}/{DISPOSITION}=*") for folder in folders])
        path = F.col("_metadata.file_path")
        disposition = F.regexp_extract(path, f"{DISPOSITION}=(\\w+)", 1).alias(DISPOSITION)
        last = Window.partitionBy(SOURCE_FILE_COLUMN).orderBy(path.desc())
        ranked = decided.select(
            SOURCE_FILE_COLUMN, REASONS_COLUMN, disposition, F.row_number().over(last).alias("_rank")
        )
        newest = ranked.where(F.col("_rank") == 1)
        is_refused = F.col(DISPOSITION).isin(QUARANTINED, RELEASED + QUARANTINED)
        return newest.where(is_refused).select(SOURCE_FILE_COLUMN, REASONS_COLUMN)

    def _keys(self, parent: str, accepted: Mapping[str, DataFrame]) -> DataFrame:
        """Return the keys that rows of the day may name: accepted on this day, or there before."""
        contract = self._contracts[parent]
        found = [rows.select(contract.key[0]) for rows in self._before(contract)]
        found += [accepted[parent].select(contract.key[0])] if parent in accepted else []
        if not found:
            return self._lake.spark.createDataFrame([], contract.ddl).select(contract.key[0])
        return reduce(DataFrame.union, found).distinct()

    def _base(self, keys: DataFrame) -> DataFrame:
        """Return the newest rows of the days before, of some keys."""
        contract = self._contract
        there = self._before(contract) or [self._lake.spark.createDataFrame([], contract.ddl)]
        rows = reduce(DataFrame.union, there).join(keys, [*contract.key], "left_semi")
        newest = Window.partitionBy(*contract.key).orderBy(version_of(contract).desc())
        ranked = rows.withColumn("_rank", F.row_number().over(newest))
        return ranked.where(F.col("_rank") == 1).drop("_rank").localCheckpoint()

    def _before(self, contract: Contract) -> list[DataFrame]:
        """Return the rows of the days before: published, and live ones of days that were not."""
        parts = []
        published = self._manifest["published"].get(contract.name)
        if published is not None:
            parts.append(self._lake.read_table(Version(contract.name, **published), contract.ddl))
        if contract.stream is not None:
            earlier = F.col(RUN_DATE) < F.lit(self._day).cast("date")
            parts.append(self._live_rows(contract.name).where(earlier).select(*contract.names))
        return parts

    def _live_rows(self, dataset: str) -> DataFrame:
        """Return the live table as it was when the day was closed, or as it is where that is gone."""
        live = Live(self._lake, self._contracts[dataset])
        return live.at(self._manifest["live"].get(dataset, ""))


def _differ(batch: DataFrame, stream: DataFrame, key: Sequence[str], content: Expression) -> Difference:
    left = batch.select(*key, content.alias("_batch"))
    right = stream.select(*key, content.alias("_stream"))
    kind = (
        F.when(F.col("_stream").isNull(), "missing")
        .when(F.col("_batch").isNull(), "extra")
        .when(F.col("_batch") != F.col("_stream"), "mismatched")
    )
    text = F.concat_ws("|", *[F.col(name).cast("string") for name in key])
    joined = left.join(right, list(key), "full_outer").select(kind.alias("kind"), text.alias("key"))
    found = joined.where(F.col("kind").isNotNull()).groupBy("kind")
    rows = found.agg(
        F.count(F.lit(1)).alias("rows"), F.slice(F.sort_array(F.collect_list("key")), 1, _SHOWN).alias("keys")
    ).collect()
    counts = {row["kind"]: row["rows"] for row in rows}
    examples = {row["kind"]: list(row["keys"]) for row in rows}
    return Difference(counts.get("mismatched", 0), counts.get("missing", 0), counts.get("extra", 0), examples)

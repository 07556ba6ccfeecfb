"""What the values of every column are: type, how many are missing, how far they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.contracts import Column
from etl.inference.sources import Source
from etl.storage.files import Files
from etl.transforms import shapes
from etl.transforms.casts import CAST_FORMATS
from etl.transforms.judging import LINE, with_values
from etl.transforms.proposing import (
    MOST_VALUES,
    Forms,
    Proposal,
    is_list,
    is_personal,
    missing_values,
    most_characters,
    propose_type,
    widened,
)

#: Parquet's moments have microseconds, which its texts keep.
MICROSECONDS = "yyyy-MM-dd HH:mm:ss.SSSSSS"

#: Relative error of the counts of distinct values.
PRECISION = 0.02


@dataclass(frozen=True)
class Described:
    """A column as a contract could have it, and what was seen of it."""

    column: Column
    proposal: Proposal
    missing: int
    unreadable: int
    distinct: int
    low: Any
    high: Any
    values: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return self.missing == 0


@dataclass(frozen=True)
class Looked:
    """A dataset whose columns are described; `values` are its whole rows, typed, and kept on disk."""

    columns: tuple[Described, ...]
    rows: int
    malformed: int
    values: DataFrame = field(repr=False)

    def column(self, name: str) -> Described:
        """A column by name."""
        return next(each for each in self.columns if each.column.name == name)


def describe_columns(spark: SparkSession, files: Files, source: Source) -> Looked:
    """Look at all rows twice: at what their texts look like, then at the values that ingest would read."""
    raw = source.rows(spark, files)
    rows, malformed, forms = _count_forms(raw, source)
    proposals = {c.name: _proposal(c, forms[c.name], source) for c in source.contract.columns}
    marks = missing_values(forms, proposals)
    columns = tuple(
        _typed(column, proposals[column.name], marks.get(column.name, ()))
        for column in source.contract.columns
    )
    contract = replace(source.contract, columns=columns)
    typed = with_values(source.rows(spark, files, contract), contract)
    values = typed.where(F.col(LINE).isNull()).select(*contract.names).persist(StorageLevel.DISK_ONLY)
    seen = values.agg(*[each for column in columns for each in _measures(column)]).collect()[0]
    distinct = count_distinct(
        values, {c.name: F.when(F.col(c.name).isNotNull(), F.xxhash64(c.name)) for c in columns}
    )
    described = [
        replace(_described(c, proposals[c.name], forms[c.name], seen), distinct=distinct.get(c.name, 0))
        for c in columns
    ]
    return Looked(_with_lists(values, described, rows), rows, malformed, values)


def count_distinct(rows: DataFrame, hashes: Mapping[str, Expression]) -> dict[str, int]:
    """How many different values several expressions have, estimated in one pass.

    One below the other: an estimate is hundreds of columns to Spark's planner, and a few of them side by side
    take longer to plan than all rows to count. An expression that is NULL in a row is left out of it.
    """
    pairs = [F.struct(F.lit(name).alias("name"), value.alias("hash")) for name, value in hashes.items()]
    each = rows.select(F.explode(F.array(*pairs)).alias("pair")).select("pair.*")
    counted = each.groupBy("name").agg(F.approx_count_distinct("hash", PRECISION).alias("distinct"))
    return {row["name"]: row["distinct"] for row in counted.collect()}


def _count_forms(raw: DataFrame, source: Source) -> tuple[int, int, dict[str, Forms]]:
    """Count the forms of every column in one pass, and the rows."""
    names = source.contract.names
    cells = [
        F.struct(F.lit(index).alias("index"), F.col(name).alias("text")) for index, name in enumerate(names)
    ]
    whole = F.col(LINE).isNull()
    # A line that is cut counts once, as the form of no column.
    cut = F.array(F.struct(F.lit(-1).alias("index"), F.lit(None).cast("string").alias("text")))
    each = raw.select(F.explode(F.when(whole, F.array(*cells)).otherwise(cut)).alias("cell")).select("cell.*")
    text = F.col("text")
    is_number = F.col("form").isin(shapes.INTEGER, shapes.DECIMAL)
    digits = F.length(F.regexp_replace(F.substring_index(text, ".", 1), "[+-]", ""))
    counted = (
        each.withColumn("form", shapes.shape_of(text))
        .groupBy("index", "form")
        .agg(
            F.count(F.lit(1)).alias("rows"),
            F.max(F.when(is_number, digits)).alias("digits"),
            F.max(F.when(is_number, shapes.scale_of(text))).alias("scale"),
            F.min(F.length(text)).alias("shortest"),
            F.max(F.length(text)).alias("longest"),
        )
    )
    found = counted.collect()
    malformed = sum(row["rows"] for row in found if row["index"] < 0)
    by_column = {name: [row for row in found if row["index"] == index] for index, name in enumerate(names)}
    rows = sum(row["rows"] for row in by_column[names[0]])
    return rows + malformed, malformed, {name: _forms(of_column) for name, of_column in by_column.items()}


def _forms(found: list[Any]) -> Forms:
    present = [
        row for row in found if row["form"] != shapes.MISSING and not row["form"].startswith(shapes.MARK)
    ]
    return Forms(
        counts={row["form"]: row["rows"] for row in found},
        whole_digits=max((row["digits"] or 0 for row in found), default=0),
        scale=max((row["scale"] or 0 for row in found), default=0),
        are_pairs=bool(present) and {row[end] for row in present for end in ("shortest", "longest")} == {2},
    )


def _proposal(column: Column, forms: Forms, source: Source) -> Proposal:
    declared = source.declared.get(column.name)
    if declared is None or (declared == "string" and forms.present.keys() <= set(shapes.PATTERNS)):
        return propose_type(forms)
    if declared != "timestamp":
        return Proposal(declared)
    return Proposal(declared, CAST_FORMATS[declared] if _has_seconds(forms) else MICROSECONDS)


def _has_seconds(forms: Forms) -> bool:
    return set(forms.present) <= {CAST_FORMATS["timestamp"]}


def _typed(column: Column, proposal: Proposal, marks: tuple[str, ...]) -> Column:
    form = proposal.format or CAST_FORMATS.get(proposal.type)
    personal = is_personal(column.name, proposal)
    return replace(column, type=proposal.type, format=form, personal=personal, missing_values=marks)


def _measures(column: Column) -> list[Expression]:
    value = F.col(column.name)
    reach = F.length(value) if column.type == "string" else value
    low, high = F.min(reach), F.max(reach)
    if column.type in ("date", "timestamp"):
        low, high = (F.date_format(bound, CAST_FORMATS[column.type]) for bound in (low, high))
    return [
        F.count(value).alias(f"count_{column.name}"),
        low.cast("string").alias(f"low_{column.name}"),
        high.cast("string").alias(f"high_{column.name}"),
    ]


def _described(column: Column, proposal: Proposal, forms: Forms, seen: Any) -> Described:
    texts = sum(n for n in forms.present.values())
    texts += sum(n for mark, n in forms.marks.items() if mark not in column.missing_values)
    missing = forms.missing + sum(forms.marks.get(mark, 0) for mark in column.missing_values)
    return Described(
        column=replace(column, nullable=missing > 0),
        proposal=proposal,
        missing=missing,
        unreadable=texts - seen[f"count_{column.name}"],
        distinct=0,
        low=seen[f"low_{column.name}"],
        high=seen[f"high_{column.name}"],
    )


def _with_lists(values: DataFrame, described: list[Described], rows: int) -> tuple[Described, ...]:
    """The lists of values of the texts that have few."""
    few = [
        each.column.name
        for each in described
        if each.column.type == "string" and each.distinct <= MOST_VALUES and each.proposal.pattern is None
    ]
    if not few:
        return tuple(described)
    sets = values.agg(*[F.collect_set(name).alias(name) for name in few]).collect()[0]
    lists = {name: tuple(sorted(sets[name])) for name in few}
    return tuple(
        replace(each, distinct=len(lists[name]), values=lists[name])
        if (name := each.column.name) in lists and is_list(len(lists[name]), rows)
        else each
        for each in described
    )


def bounds_of(described: Described) -> Mapping[str, Any]:
    """What a contract asks of a value beside its type, widened from what was seen."""
    kind = described.column.type
    if described.low is None or kind == "boolean" or described.values or described.proposal.pattern:
        return {}
    if kind == "string":
        return {"maxLength": most_characters(int(described.high))}
    if kind in CAST_FORMATS:
        first = f"{described.low[:4]}-01-01"
        return {"minimum": first if kind == "date" else f"{first} 00:00:00"}
    if Decimal(described.low) == 0 == Decimal(described.high):
        return {"minimum": 0}
    low, high = widened(Decimal(described.low), Decimal(described.high))
    return {"minimum": _number(low), "maximum": _number(high)}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)

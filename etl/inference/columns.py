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

from etl.inference import shapes
from etl.inference.bounds import first_day, most_characters, storable, widened
from etl.inference.forms import count_forms
from etl.inference.proposing import (
    MOST_VALUES,
    Forms,
    Proposal,
    is_list,
    is_personal,
    missing_values,
    propose_type,
)
from etl.inference.sources import Source
from etl.model import Column
from etl.model.layout import LINE_COLUMN
from etl.rules.casts import CAST_FORMATS
from etl.rules.judging import with_values
from etl.storage.files import Files

#: Parquet's moments have microseconds, which its texts keep.
MICROSECONDS = "yyyy-MM-dd HH:mm:ss.SSSSSS"

#: Logarithm of the registers of a sketch that counts distinct values, and its relative error rounded up: 1.04
#: by the root of their number (Flajolet and others, "HyperLogLog", 2007).
SKETCH_SIZE, PRECISION = 12, 0.02


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
    """A dataset whose columns are described; `values` are its whole rows, typed, and kept on disk.

    `source` is without the files that turned out to be broken.
    """

    source: Source
    columns: tuple[Described, ...]
    rows: int
    malformed: int
    values: DataFrame = field(repr=False)

    def column(self, name: str) -> Described:
        """A column by name."""
        return next(each for each in self.columns if each.column.name == name)


def describe_columns(spark: SparkSession, files: Files, source: Source) -> Looked:
    """Look at all rows twice: at what their texts look like, then at the values that ingest would read."""
    source, counted = count_forms(spark, files, source)
    forms = counted.forms
    proposals = {c.name: _proposal(c, forms[c.name], source) for c in source.contract.columns}
    marks = missing_values(forms, proposals)
    columns = tuple(
        _typed(column, proposals[column.name], marks.get(column.name, ()))
        for column in source.contract.columns
    )
    contract = replace(source.contract, columns=columns)
    typed = with_values(source.rows(spark, files, contract), contract)
    values = typed.where(F.col(LINE_COLUMN).isNull()).select(*contract.names).persist(StorageLevel.DISK_ONLY)
    seen = values.agg(*[each for column in columns for each in _measures(column)]).collect()[0]
    described = [_described(c, proposals[c.name], forms[c.name], seen) for c in columns]
    return Looked(
        source, _with_lists(values, described, counted.rows), counted.rows, counted.malformed, values
    )


def distinct_of(value: Expression) -> Expression:
    """How many different values there are, estimated; NULL is none.

    A sketch is one column to Spark's planner, where `approx_count_distinct` is hundreds: a few of those side
    by side take longer to plan than all rows to count.
    """
    hashed = F.when(value.isNotNull(), F.xxhash64(value))
    return F.hll_sketch_estimate(F.hll_sketch_agg(hashed, SKETCH_SIZE))


def _proposal(column: Column, forms: Forms, source: Source) -> Proposal:
    declared = source.declared.get(column.name)
    if declared is None or (declared == "string" and forms.present.keys() <= set(shapes.PATTERNS)):
        return propose_type(forms)
    if declared != "timestamp":
        return Proposal(declared)
    if shapes.NANOSECONDS in forms.present:
        note = (
            f"{forms.present[shapes.NANOSECONDS]:,} with nanoseconds, for which a TIMESTAMP has no room: text"
        )
        return Proposal("string", notes=(note,))
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
        distinct_of(value).alias(f"distinct_{column.name}"),
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
        distinct=seen[f"distinct_{column.name}"],
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
        first = first_day(described.low)
        return {"minimum": first if kind == "date" else f"{first} 00:00:00"}
    low, high = Decimal(described.low), Decimal(described.high)
    if not low.is_finite() or not high.is_finite():
        return {}
    if low == 0 == high:
        return {"minimum": 0}
    bounds = dict(zip(("minimum", "maximum"), widened(low, high)))
    # A bound that the type has no room for says nothing that the type does not.
    return {name: _number(bound) for name, bound in bounds.items() if storable(bound, kind)}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)

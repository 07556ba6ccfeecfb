"""What the values of every column are: type, how many are missing, how far they reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.inference import identifiers, shapes
from etl.inference.bounds import first_day, most_characters, storable, widened
from etl.inference.forms import Counted, count_forms
from etl.inference.personal import personal_names
from etl.inference.proposal import Forms, Proposal, Surroundings
from etl.inference.proposing import LEAST_REPEATS, MOST_VALUES, is_list, missing_values, propose_types
from etl.inference.sources import Source
from etl.inference.time_shapes import NANOSECONDS
from etl.model import Column
from etl.model.layout import LINE_COLUMN
from etl.rules.casts import CAST_FORMATS
from etl.rules.checks import REPLACEMENT
from etl.rules.judging import any_of, has_unreadable, with_values
from etl.storage.files import Files

#: Parquet's moments have microseconds, which its texts keep.
MICROSECONDS = "yyyy-MM-dd HH:mm:ss.SSSSSS"

#: Column of the rows that go to quarantine, which no column of a dataset is called.
REFUSED = "_refused"
#: Rows of which values are asked whether they identify people, and characters of the longest value at least.
SAMPLED, SHORTEST = 1000, 7

#: Values of a list that is not proposed which a comment names, and their length.
MOST_NOTED, LONGEST_NOTED = 6, 20

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

    Their column `REFUSED` says which of them go to quarantine by the contract that is proposed. `source` is
    without the files that turned out to be broken.
    """

    source: Source
    columns: tuple[Described, ...]
    rows: int
    malformed: int
    values: DataFrame = field(repr=False)

    def column(self, name: str) -> Described:
        """A column by name."""
        return next(each for each in self.columns if each.column.name == name)


def describe_columns(
    spark: SparkSession, files: Files, source: Source, counted: Counted | None = None
) -> Looked:
    """Look at all rows twice: at what their texts look like, then at the values that ingest would read.

    The first look is left out where it was taken at several datasets together.
    """
    source, counted = count_forms(spark, files, source, counted)
    forms = counted.forms
    proposals = _proposals(forms, source)
    marks = missing_values(forms, proposals)
    personal = personal_names(source.contract.name, [c.physical_name for c in source.contract.columns])
    columns = tuple(
        _typed(c, proposals[c.name], marks.get(c.name, ()), c.physical_name in personal)
        for c in source.contract.columns
    )
    contract = replace(source.contract, columns=columns)
    typed = with_values(source.rows(spark, files, contract), contract)
    refused = _refused(columns, proposals).alias(REFUSED)
    values = typed.where(F.col(LINE_COLUMN).isNull()).select(*contract.names, refused)
    values = values.persist(StorageLevel.DISK_ONLY)
    seen = values.agg(*[each for column in columns for each in _measures(column)]).collect()[0]
    described = _with_identifiers(
        values, [_described(c, proposals[c.name], forms[c.name], seen) for c in columns]
    )
    return Looked(source, _with_lists(values, described), counted.rows, counted.malformed, values)


def distinct_of(value: Expression) -> Expression:
    """How many different values there are, estimated; NULL is none.

    A sketch is one column to Spark's planner, where `approx_count_distinct` is hundreds: a few of those side
    by side take longer to plan than all rows to count.
    """
    hashed = F.when(value.isNotNull(), F.xxhash64(value))
    return F.hll_sketch_estimate(F.hll_sketch_agg(hashed, SKETCH_SIZE))


def _refused(columns: Sequence[Column], proposals: Mapping[str, Proposal]) -> Expression:
    """Return whether a row breaks a rule of the proposed contract. The proposed ranges hold every value."""
    broken = [F.lit(False)]
    for column in columns:
        value, pattern = F.col(column.name), proposals[column.name].pattern
        if column.type != "string":
            broken.append(has_unreadable(column))
        elif pattern is not None:
            broken.append(F.coalesce(~value.rlike(pattern) | value.contains(REPLACEMENT), F.lit(False)))
        else:
            broken.append(F.coalesce(value.contains(REPLACEMENT), F.lit(False)))
    return any_of(broken)


def _proposals(forms: Mapping[str, Forms], source: Source) -> dict[str, Proposal]:
    """The types that the files declare, and those that texts have."""
    raw, proposals = source.contract.raw, {}
    texts = {}
    for name, found in forms.items():
        declared = source.declared.get(name)
        if declared is None or (declared == "string" and found.present.keys() <= set(shapes.PATTERNS)):
            texts[name] = found
        elif declared == "timestamp" and NANOSECONDS in found.present:
            count = found.present[NANOSECONDS]
            note = f"{count:,} with nanoseconds, for which a TIMESTAMP has no room: text"
            proposals[name] = Proposal("string", notes=(note,))
        elif declared == "timestamp":
            form = CAST_FORMATS[declared] if _has_seconds(found) else MICROSECONDS
            proposals[name] = Proposal(declared, form)
        else:
            proposals[name] = Proposal(declared)
    around = Surroundings(can_format=raw.format == "csv", has_delimiter_comma=raw.delimiter == ",")
    return {**proposals, **propose_types(texts, around)}


def _has_seconds(forms: Forms) -> bool:
    return set(forms.present) <= {CAST_FORMATS["timestamp"]}


def _typed(column: Column, proposal: Proposal, marks: tuple[str, ...], personal: bool) -> Column:
    form = proposal.format or CAST_FORMATS.get(proposal.type)
    personal = personal or proposal.pattern == shapes.PATTERNS[shapes.EMAIL]
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


def _with_identifiers(values: DataFrame, described: list[Described]) -> list[Described]:
    """Mark the columns whose values identify people, by a sample of rows that is the same every time."""
    asked = [each.column.name for each in described if _may_identify(each)]
    if not asked:
        return described
    rows = values.select(*asked).orderBy(F.xxhash64(*asked)).limit(SAMPLED).collect()
    return [_with_identifier(each, rows) if each.column.name in asked else each for each in described]


def _may_identify(described: Described) -> bool:
    """Whether values are of a type and length that numbers of people, cards and telephones have."""
    if described.high is None or described.distinct < identifiers.LEAST_VALUES:
        return False
    if described.column.type == "string":
        return int(described.high) >= SHORTEST and described.proposal.pattern != shapes.PATTERNS[shapes.UUID]
    return described.column.type == "bigint" and len(described.high) >= SHORTEST


def _with_identifier(described: Described, rows: list[Any]) -> Described:
    texts = sorted({str(value) for row in rows if (value := row[described.column.name]) is not None})
    found = identifiers.identified(texts[: identifiers.MOST_VALUES])
    if found is None:
        return described
    proposal = replace(described.proposal, notes=(*described.proposal.notes, found))
    return replace(described, column=replace(described.column, personal=True), proposal=proposal)


def _with_lists(values: DataFrame, described: list[Described]) -> tuple[Described, ...]:
    """The lists of values of the texts that have few."""
    few = [
        each.column.name
        for each in described
        if each.column.type == "string" and each.distinct <= MOST_VALUES and each.proposal.pattern is None
    ]
    if not few:
        return tuple(described)
    cells = F.array(*[F.struct(F.lit(name).alias("name"), F.col(name).alias("text")) for name in few])
    each = values.select(F.explode(cells).alias("cell")).select("cell.*").where(F.col("text").isNotNull())
    found = each.groupBy("name", "text").count().collect()
    counts = {name: {row["text"]: row["count"] for row in found if row["name"] == name} for name in few}
    return tuple(_with_list(each, counts.get(each.column.name)) for each in described)


def _with_list(described: Described, counts: Mapping[str, int] | None) -> Described:
    """A column with its list of values, or with a note of them where some are rare: there may be more."""
    if not counts or len(counts) > MOST_VALUES:
        return described
    exact = replace(described, distinct=len(counts))
    if is_list(counts):
        return replace(exact, values=tuple(sorted(counts)))
    # What is rare may be anything, a person's number too: it is counted and not named.
    often = {text: count for text, count in sorted(counts.items()) if count >= LEAST_REPEATS}
    is_short = 0 < len(often) <= MOST_NOTED and max(map(len, often)) <= LONGEST_NOTED
    if described.column.personal or described.proposal.notes or not is_short:
        return exact
    noted = ", ".join(f"{text} {count:,}" for text, count in often.items())
    notes = (f"no list of values, as {len(counts) - len(often)} of them are rare; the others: {noted}",)
    return replace(exact, proposal=replace(described.proposal, notes=notes))


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

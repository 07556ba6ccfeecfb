"""The first look at all rows: which forms their texts have, and whether every file can be read to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.proposal import Forms
from etl.inference.proposing import is_measure
from etl.inference.sources import Source
from etl.inference.time_shapes import PARTS, is_compact_day, parts_of
from etl.model.layout import LINE_COLUMN
from etl.sources.faults import file_fault
from etl.sources.raw import find_broken
from etl.storage.files import Files

#: Places of lines that are no whole row, beside those of the columns, which count from 0.
_MALFORMED, _CUT = -1, -2


@dataclass(frozen=True)
class Counted:
    """Rows by what their texts look like.

    `cut` counts those of the malformed lines that have an odd number of quotation marks.
    """

    rows: int
    malformed: int
    cut: int
    forms: Mapping[str, Forms]


def count_forms(
    spark: SparkSession, files: Files, source: Source, counted: Counted | None = None
) -> tuple[Source, Counted]:
    """Count the forms of every column in one pass, unless they have been `counted` together with others.

    The source comes back without the files that ingest would refuse on the way, and with line breaks in
    values where that leaves fewer lines cut.
    """
    try:
        counted = counted or _count(source.rows(spark, files), source)
    except Py4JJavaError as error:
        if file_fault(error) is None:
            raise
        broken = find_broken(spark, files, source.files, source.contract)
        if not broken:
            raise
        source = replace(source, files=source.files.without(broken))
        counted = _count(source.rows(spark, files), source)
    source, counted = _uncut(spark, files, source, counted)
    return source, replace(counted, forms=_with_several(source.rows(spark, files), source, counted.forms))


def count_together(spark: SparkSession, files: Files, sources: Mapping[str, Source]) -> dict[str, Counted]:
    """Count the forms of the columns of several datasets in one pass: planning one takes longer than it.

    Nothing when a file is broken, or cannot be read with others: each dataset is counted alone then.
    """
    if not sources:
        return {}
    try:
        rows = [
            _rows(source.rows(spark, files), source.contract.names, place)
            for place, source in enumerate(sources.values())
        ]
        found = _by_form(reduce(DataFrame.union, rows))
    except AnalysisException:
        return {}
    except Py4JJavaError as error:
        if file_fault(error) is None:
            raise
        return {}
    return {
        name: _counted([row for row in found if row["dataset"] == place], source)
        for place, (name, source) in enumerate(sources.items())
    }


def _uncut(spark: SparkSession, files: Files, source: Source, counted: Counted) -> tuple[Source, Counted]:
    raw = source.contract.raw
    if not counted.cut or raw.format != "csv" or raw.multiline:
        return source, counted
    return _with_line_breaks(spark, files, source, counted)


def _with_line_breaks(
    spark: SparkSession, files: Files, source: Source, counted: Counted
) -> tuple[Source, Counted]:
    """Line breaks in values beyond the sample: the same files read so, where that leaves fewer lines cut."""
    raw = replace(source.contract.raw, multiline=True)
    other = replace(source, contract=replace(source.contract, raw=raw))
    try:
        found = _count(other.rows(spark, files), other)
    except Py4JJavaError as error:
        if file_fault(error) is None:
            raise
        return source, counted
    return (other, found) if found.cut < counted.cut else (source, counted)


def _count(raw: DataFrame, source: Source) -> Counted:
    return _counted(_by_form(_rows(raw, source.contract.names)), source)


def _by_form(rows: DataFrame) -> list[Any]:
    return _cells(rows).groupBy("dataset", "index", "form").agg(*_sizes()).collect()


def _counted(found: list[Any], source: Source) -> Counted:
    names = source.contract.names
    malformed = sum(row["rows"] for row in found if row["index"] < 0)
    cut = sum(row["rows"] for row in found if row["index"] == _CUT)
    by_column = {name: [row for row in found if row["index"] == index] for index, name in enumerate(names)}
    rows = sum(row["rows"] for row in by_column[names[0]])
    forms = {name: _forms(of_column) for name, of_column in by_column.items()}
    forms.update({name: _of_numbers(forms[name]) for name in source.numbers})
    return Counted(rows + malformed, malformed, cut, forms)


def _of_numbers(forms: Forms) -> Forms:
    """The forms of what JSON says are numbers: an exponent is no sign of a code there."""
    counts = dict(forms.counts)
    bare = counts.pop(shapes.BARE, 0)
    return replace(
        forms, counts={**counts, shapes.FLOAT: counts.get(shapes.FLOAT, 0) + bare} if bare else counts
    )


def _with_several(raw: DataFrame, source: Source, forms: Mapping[str, Forms]) -> Mapping[str, Forms]:
    """Find the columns in which equal numbers have different texts: one more pass, where they may."""
    names = [
        name
        for name in source.contract.names
        if forms[name].may_be_several and not is_measure(name) and name not in source.numbers
    ]
    if not names:
        return forms
    cells = _cells(_rows(raw, names)).where(F.col("form").isin(shapes.INTEGER, shapes.DECIMAL))
    texts = cells.groupBy("index", shapes.plain_number(F.col("text"))).agg(
        (F.min("text") != F.max("text")).alias("several")
    )
    found = {names[row["index"]] for row in texts.where("several").select("index").distinct().collect()}
    return {name: replace(each, are_several=name in found) for name, each in forms.items()}


def _rows(raw: DataFrame, names: Sequence[str], dataset: int = 0) -> DataFrame:
    """The texts of every row as a list. A line that is no whole row is one text of no column."""
    cells = [
        F.struct(F.lit(index).alias("index"), F.col(name).alias("text")) for index, name in enumerate(names)
    ]
    marks = F.length(LINE_COLUMN) - F.length(F.replace(F.col(LINE_COLUMN), F.lit('"'), F.lit("")))
    place = F.when(marks % 2 == 1, F.lit(_CUT)).otherwise(F.lit(_MALFORMED))
    none = F.array(F.struct(place.alias("index"), F.lit(None).cast("string").alias("text")))
    all_of_row = F.when(F.col(LINE_COLUMN).isNull(), F.array(*cells)).otherwise(none)
    return raw.select(F.lit(dataset).alias("dataset"), all_of_row.alias("row"))


def _cells(rows: DataFrame) -> DataFrame:
    """Every text with its form, one below the other.

    Rows of several datasets are cut after their union: a projection would be planned for each of them.
    """
    each = rows.select("dataset", F.explode("row").alias("cell")).select("dataset", "cell.*")
    return each.withColumn("form", shapes.shape_of(F.col("text")))


def _sizes() -> list[Any]:
    """What is counted of the texts of one column and form; patterns are only tried where lengths allow it."""
    text, form = F.col("text"), F.col("form")
    is_number = form.isin(shapes.INTEGER, shapes.DECIMAL, shapes.SIGNED)
    is_read = is_number | form.isin(shapes.FLOAT, shapes.BARE)
    is_grouped = form.isin(*shapes.WITH_COMMAS)
    length, scale = F.length(text), shapes.scale_of(text)
    digits = length - F.when(text < "0", 1).otherwise(0)
    may_group = (scale == shapes.GROUP) & text.rlike(shapes.ONE_GROUP)
    return [
        F.count(F.lit(1)).alias("rows"),
        F.max(
            F.when(is_number, digits - F.when(text.contains("."), scale + 1).otherwise(0)).when(
                is_grouped, shapes.digits_of(F.substring_index(text, ".", 1))
            )
        ).alias("digits"),
        F.max(
            F.when(is_number, digits - F.when(text.contains("."), 1).otherwise(0)).when(
                is_grouped, shapes.digits_of(F.substring_index(text, ",", 1))
            )
        ).alias("comma_digits"),
        F.max(F.when(is_grouped, shapes.scale_of(text, ","))).alias("comma_scale"),
        F.max(F.when(is_number | is_grouped, scale)).alias("scale"),
        F.min(F.when(is_number, scale)).alias("least_scale"),
        F.max(F.when(is_number & (scale > 0) & text.endswith("0"), scale)).alias("padded_scale"),
        F.min(F.when(form == shapes.DECIMAL, may_group)).alias("may_be_groups"),
        F.min(F.when(form == shapes.INTEGER, is_compact_day(text))).alias("are_days"),
        F.max(F.when(is_read, text.startswith("-"))).alias("has_minus"),
        F.min(F.when(is_read, shapes.is_exact(text))).alias("are_exact"),
        F.min(length).alias("shortest"),
        F.max(length).alias("longest"),
        *[F.max(part).alias(name) for name, part in parts_of(form, text).items()],
    ]


def _forms(found: list[Any]) -> Forms:
    present = [
        row for row in found if row["form"] != shapes.MISSING and not row["form"].startswith(shapes.MARK)
    ]

    def largest(name: str) -> int:
        return max((row[name] or 0 for row in found), default=0)

    def are(name: str) -> bool:
        seen = [row[name] for row in found if row[name] is not None]
        return bool(seen) and all(seen)

    return Forms(
        counts={row["form"]: row["rows"] for row in found},
        whole_digits=max((row["digits"] or 0 for row in found if row["form"] in shapes.PLAIN), default=0),
        scale=largest("scale"),
        least_scale=min((row["least_scale"] for row in found if row["least_scale"] is not None), default=0),
        padded_scale=largest("padded_scale"),
        integer_digits=max((row["digits"] or 0 for row in found if row["form"] == shapes.INTEGER), default=0),
        comma_digits=largest("comma_digits"),
        comma_scale=largest("comma_scale"),
        grouped_digits=largest("digits"),
        may_be_groups=are("may_be_groups"),
        are_days=are("are_days") and {row["form"] for row in present} == {shapes.INTEGER},
        parts=frozenset(name for name in PARTS if any(row[name] for row in found)),
        has_minus=any(row["has_minus"] for row in found),
        are_exact=not any(row["are_exact"] is False for row in found),
        are_pairs=bool(present) and {row[end] for row in present for end in ("shortest", "longest")} == {2},
    )

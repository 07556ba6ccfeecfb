"""The first look at all rows: which forms their texts have, and whether every file can be read to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.proposing import Forms, is_measure
from etl.inference.sources import Source
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


def count_forms(spark: SparkSession, files: Files, source: Source) -> tuple[Source, Counted]:
    """Count the forms of every column in one pass.

    The source comes back without the files that ingest would refuse on the way, and with line breaks in
    values where that leaves fewer lines cut.
    """
    try:
        counted = _count(source.rows(spark, files), source)
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
    names = source.contract.names
    found = _cells(raw, names).groupBy("index", "form").agg(*_sizes()).collect()
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
    cells = _cells(raw, tuple(names)).where(F.col("form").isin(shapes.INTEGER, shapes.DECIMAL))
    texts = cells.groupBy("index", shapes.plain_number(F.col("text"))).agg(
        (F.min("text") != F.max("text")).alias("several")
    )
    found = {names[row["index"]] for row in texts.where("several").select("index").distinct().collect()}
    return {name: replace(each, are_several=name in found) for name, each in forms.items()}


def _cells(raw: DataFrame, names: tuple[str, ...]) -> DataFrame:
    """Every text with its form, one below the other. A line that is no whole row is the form of no column."""
    cells = [
        F.struct(F.lit(index).alias("index"), F.col(name).alias("text")) for index, name in enumerate(names)
    ]
    marks = F.length(LINE_COLUMN) - F.length(F.replace(F.col(LINE_COLUMN), F.lit('"'), F.lit("")))
    place = F.when(marks % 2 == 1, F.lit(_CUT)).otherwise(F.lit(_MALFORMED))
    none = F.array(F.struct(place.alias("index"), F.lit(None).cast("string").alias("text")))
    all_of_row = F.when(F.col(LINE_COLUMN).isNull(), F.array(*cells)).otherwise(none)
    each = raw.select(F.explode(all_of_row).alias("cell")).select("cell.*")
    return each.withColumn("form", shapes.shape_of(F.col("text")))


def _sizes() -> list[Any]:
    text = F.col("text")
    form = F.col("form")
    is_number = form.isin(shapes.INTEGER, shapes.DECIMAL, shapes.SIGNED)
    is_read = is_number | form.isin(shapes.FLOAT, shapes.BARE)
    scale = shapes.scale_of(text)
    return [
        F.count(F.lit(1)).alias("rows"),
        F.max(F.when(is_number, shapes.whole_digits_of(text))).alias("digits"),
        F.max(F.when(is_number, scale)).alias("scale"),
        F.min(F.when(is_number, scale)).alias("least_scale"),
        F.max(F.when(is_number & text.contains(".") & text.endswith("0"), scale)).alias("padded_scale"),
        F.max(F.when(is_read, text.startswith("-"))).alias("has_minus"),
        F.min(F.when(is_read, shapes.is_exact(text))).alias("are_exact"),
        F.min(F.length(text)).alias("shortest"),
        F.max(F.length(text)).alias("longest"),
    ]


def _forms(found: list[Any]) -> Forms:
    present = [
        row for row in found if row["form"] != shapes.MISSING and not row["form"].startswith(shapes.MARK)
    ]
    return Forms(
        counts={row["form"]: row["rows"] for row in found},
        whole_digits=max((row["digits"] or 0 for row in found), default=0),
        scale=max((row["scale"] or 0 for row in found), default=0),
        least_scale=min((row["least_scale"] for row in found if row["least_scale"] is not None), default=0),
        padded_scale=max((row["padded_scale"] or 0 for row in found), default=0),
        has_minus=any(row["has_minus"] for row in found),
        are_exact=not any(row["are_exact"] is False for row in found),
        are_pairs=bool(present) and {row[end] for row in present for end in ("shortest", "longest")} == {2},
    )

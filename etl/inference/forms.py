"""The first look at all rows: which forms their texts have, and whether every file can be read to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.inference import shapes
from etl.inference.proposing import Forms
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
    return Counted(rows + malformed, malformed, cut, forms)


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
    is_number = F.col("form").isin(shapes.INTEGER, shapes.DECIMAL)
    return [
        F.count(F.lit(1)).alias("rows"),
        F.max(F.when(is_number, shapes.whole_digits_of(text))).alias("digits"),
        F.max(F.when(is_number, shapes.scale_of(text))).alias("scale"),
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
        are_pairs=bool(present) and {row[end] for row in present for end in ("shortest", "longest")} == {2},
    )

"""Distributions of a table's columns, chosen by the contract.

Categories, histograms, timelines. No personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Column, Contract

#: Bars of a histogram between two bounds, at most; whole numbers get one bar each up to `UNIT_BARS`.
LINEAR_BARS, UNIT_BARS = 20, 100

#: Bounds this far apart are cut 1-2-5 per decade instead of evenly.
LOGARITHMIC_RATIO = 1000

#: Scans of a table for its distributions, at most: planning one costs as much as reading a small table.
SCANS = 16

#: Digits of an edge that is compared as a decimal, with some left for those after the point.
MOST_DIGITS = 28

LAST_YEAR = 9999

#: Decades with three bars each, and the bars of more than those.
FINE_DECADES, COARSE_BARS = 40, 60

#: A timeline with rows in more months than these has years instead.
MOST_MONTHS = 600

#: A gap of at most so many months or years is shown bin by bin, a longer one as one empty bin.
FILLED_GAP = 24

MISSING = "(missing)"


@dataclass(frozen=True)
class Profile:
    """How one column is shown: its kind, and the bin of a row as text."""

    column: str
    kind: str
    bin: Expression
    edges: tuple[Decimal, ...] = ()


def profiles_of(contract: Contract) -> list[Profile]:
    """The columns worth a plot: those with a list of values, with bounds, or of time."""
    found = [_profile(column) for column in contract.columns if not column.personal]
    return [profile for profile in found if profile is not None]


def count_bins(rows: DataFrame, profiles: list[Profile]) -> DataFrame:
    """Rows by column and bin.

    Each column is read and counted by itself: it has few bins, and the combinations with those of others are
    many. Of many columns several share a scan.
    """
    shared = -(-len(profiles) // SCANS)
    scans = [profiles[at : at + shared] for at in range(0, len(profiles), shared)]
    return reduce(DataFrame.unionAll, [_counted(rows, scan) for scan in scans])


def _counted(rows: DataFrame, profiles: list[Profile]) -> DataFrame:
    if len(profiles) == 1:
        counted = rows.groupBy(profiles[0].bin.alias("bin")).agg(F.count(F.lit(1)).alias("rows"))
        return counted.select(F.lit(profiles[0].column).alias("column"), F.col("bin").cast("string"), "rows")
    pairs = [F.struct(F.lit(p.column).alias("column"), p.bin.cast("string").alias("bin")) for p in profiles]
    each = rows.select(F.inline(F.array(*pairs)))
    return each.groupBy("column", "bin").agg(F.count(F.lit(1)).alias("rows"))


def distribution(dataset: str, profile: Profile, counts: dict[str | None, int]) -> dict[str, Any]:
    """A column's bins as `results.json` has them: in order, the empty ones between two others included."""
    build = {"categories": _categories, "histogram": _histogram, "timeline": _timeline}[profile.kind]
    bins = build(profile, counts)
    return {"dataset": dataset, "column": profile.column, "kind": profile.kind, "bins": bins}


def _profile(column: Column) -> Profile | None:
    params = {rule.kind: rule.params for rule in column.rules}
    value = F.col(column.name)
    if "unique" in params or "reference" in params:
        return None
    if column.type == "boolean" or "allowed" in params:
        return Profile(column.name, "categories", value)
    if column.type in ("date", "timestamp"):
        return Profile(column.name, "timeline", F.trunc(value, "month"))
    if column.type != "string" and "range" in params:
        edges = _edges(column.type, {name: Decimal(str(bound)) for name, bound in params["range"].items()})
        return Profile(column.name, "histogram", _bin_of(value, edges), edges)
    return None


def _bin_of(value: Expression, edges: tuple[Decimal, ...]) -> Expression:
    """Index of the bin; the last one holds its upper edge too."""
    even = all(b - a == edges[1] - edges[0] for a, b in zip(edges[1:], edges[2:]))
    last = len(edges) - 2
    if even:  # `least` skips NULL, so that a missing value would fall into the last bin
        index = F.floor((value.cast("double") - float(edges[0])) / float(edges[1] - edges[0]))
        return F.when(value.isNotNull(), F.least(index, F.lit(last)))
    return F.when(value.isNotNull(), _sought(value, edges, 0, last))


def _sought(value: Expression, edges: tuple[Decimal, ...], first: int, last: int) -> Expression:
    """Index of the bin among some of them, by halves: four comparisons instead of fourteen."""
    if first == last:
        return F.lit(first)
    middle = (first + last + 1) // 2
    low, high = _sought(value, edges, first, middle - 1), _sought(value, edges, middle, last)
    edge = edges[middle]
    # Spark has no decimal of more than 38 digits; an edge above them is one of a double.
    literal = F.lit(edge if edge.adjusted() < MOST_DIGITS else float(edge))
    return F.when(value < literal, low).otherwise(high)


def _edges(spark_type: str, bounds: dict[str, Decimal]) -> tuple[Decimal, ...]:
    low = bounds.get("minimum", bounds.get("exclusive_minimum", Decimal(0)))
    high = bounds.get("maximum", bounds.get("exclusive_maximum", Decimal(1_000_000)))
    is_whole = "int" in spark_type
    if is_whole and high - low < UNIT_BARS:
        return tuple(low + step for step in range(int(high - low) + 2))
    if low >= 0 and high >= max(low, Decimal(1)) * LOGARITHMIC_RATIO:
        inner = [edge for edge in _decades(len(str(int(high)))) if low < edge < high]
        return (Decimal(0), *inner, max(high, inner[-1] * 2))
    width = (high - low) / LINEAR_BARS
    return tuple(low + width * step for step in range(LINEAR_BARS + 1))


def _decades(count: int) -> list[Decimal]:
    """1, 2, 5, 10, 20 …; of very many decades only some powers of ten, since each edge is a comparison."""
    if count <= FINE_DECADES:
        return [Decimal(digit) * 10**power for power in range(count) for digit in (1, 2, 5)]
    return [Decimal(10) ** power for power in range(0, count, -(-count // COARSE_BARS))]


def _categories(_: Profile, counts: dict[str | None, int]) -> list[dict[str, Any]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    return [{"label": MISSING if label is None else label, "rows": rows} for label, rows in ordered]


def _histogram(profile: Profile, counts: dict[str | None, int]) -> list[dict[str, Any]]:
    by_index = {int(index): rows for index, rows in counts.items() if index is not None}
    if not by_index:
        return []
    bins: list[dict[str, Any]] = []
    for index in range(min(by_index), max(by_index) + 1):
        low, high = float(profile.edges[index]), float(profile.edges[index + 1])
        bins.append({"from": low, "to": high, "rows": by_index.get(index, 0)})
    return bins


def _timeline(_: Profile, counts: dict[str | None, int]) -> list[dict[str, Any]]:
    """Months, or years where there are very many months, as contiguous bins.

    There are at most `FILLED_GAP` empty bins for one with rows, whatever the values are: one open end of
    9999-12-31 must not add a bin for each of 96,000 months.
    """
    months = {int(day[:4]) * 12 + int(day[5:7]) - 1: n for day, n in counts.items() if day is not None}
    size = 1 if len(months) <= MOST_MONTHS else 12
    rows: dict[int, int] = {}
    for month, count in months.items():
        rows[month // size] = rows.get(month // size, 0) + count
    edges: list[tuple[int, int]] = []
    for index in sorted(rows):
        end = edges[-1][1] if edges else index
        gap = range(end, index)
        edges += [(each, each + 1) for each in gap] if len(gap) <= FILLED_GAP else [(end, index)]
        edges.append((index, index + 1))
    return [
        {"from": _first_day(low * size), "to": _first_day(high * size), "rows": rows.get(low, 0)}
        for low, high in edges
    ]


def _first_day(month: int) -> str:
    """First day of a month counted from year 0; the last day of all where it is past the year 9999."""
    year, number = divmod(month, 12)
    return f"{year:04d}-{number + 1:02d}-01" if year <= LAST_YEAR else "9999-12-31"

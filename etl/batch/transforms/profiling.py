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
    return F.when(value < F.lit(edges[middle]), low).otherwise(high)


def _edges(spark_type: str, bounds: dict[str, Decimal]) -> tuple[Decimal, ...]:
    low = bounds.get("minimum", bounds.get("exclusive_minimum", Decimal(0)))
    high = bounds.get("maximum", bounds.get("exclusive_maximum", Decimal(1_000_000)))
    is_whole = "int" in spark_type
    if is_whole and high - low < UNIT_BARS:
        return tuple(low + step for step in range(int(high - low) + 2))
    if low >= 0 and high >= max(low, Decimal(1)) * LOGARITHMIC_RATIO:
        decades = [Decimal(digit) * 10**power for power in range(len(str(int(high)))) for digit in (1, 2, 5)]
        inner = [edge for edge in decades if low < edge < high]
        return (Decimal(0), *inner, max(high, inner[-1] * 2))
    width = (high - low) / LINEAR_BARS
    return tuple(low + width * step for step in range(LINEAR_BARS + 1))


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
    months = sorted(label for label in counts if label is not None)
    bins: list[dict[str, Any]] = []
    month = months[0] if months else ""
    while months and month <= months[-1]:
        year, number = int(month[:4]), int(month[5:7])
        after = f"{year + number // 12:04d}-{number % 12 + 1:02d}-01"
        bins.append({"from": month, "to": after, "rows": counts.get(month, 0)})
        month = after
    return bins

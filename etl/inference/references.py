"""Which columns name a row of another dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyspark.sql import functions as F

from etl.inference.columns import Looked
from etl.inference.keys import Key


def find_references(name: str, looked: Mapping[str, Looked], keys: Mapping[str, Key]) -> list[dict[str, Any]]:
    """Columns that are called as the key of another dataset, and how many of their values are no such key.

    A reference is proposed only where every value is one; the others are evidence for people.
    """
    found = []
    for described in looked[name].columns:
        column = described.column
        for other, key in keys.items():
            if other == name or key.columns != (column.name,):
                continue
            target = looked[other].column(column.name)
            if target.column.type != column.type:
                continue
            values = looked[name].values.select(column.name).where(F.col(column.name).isNotNull())
            known = looked[other].values.select(column.name).distinct()
            total, missed = values.count(), values.join(known, column.name, "left_anti").count()
            found.append({"column": column.name, "dataset": other, "values": total, "unknown": missed})
    return found

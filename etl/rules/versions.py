"""What tells two rows of one key apart: their version and their content."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.model import Contract


def version_of(contract: Contract) -> Expression:
    """Return the version of a row; where rows have no versions, all count as one."""
    return F.col(contract.version_column) if contract.version_column else F.lit(0)


def content_hash(contract: Contract, without: Sequence[str] = ()) -> Expression:
    """Return a 64-bit hash of all values, but for those of some columns."""
    columns = [column for column in contract.columns if column.name not in without]
    # xxhash64 skips NULLs, so that NULL, 'a' and 'a', NULL hash alike: the flags tell them apart.
    flags = [F.isnull(column.name) for column in columns if column.nullable]
    return F.xxhash64(*[column.name for column in columns], *flags)

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
    """Return a 64-bit hash of all values, but for those of some columns.

    A column that the contract gets later changes no hash of a row without a value in it: hashes are stored
    with the rows of streams, and compared with those of repeats that come after it.
    """
    columns = [column for column in contract.columns if column.name not in without]
    # xxhash64 skips NULLs, so that NULL, 'a' and 'a', NULL would hash alike: names tell them apart.
    return F.xxhash64(*[_named_hash(column.name) for column in columns])


def _named_hash(name: str) -> Expression:
    return F.when(F.col(name).isNotNull(), F.xxhash64(F.lit(name), F.col(name)))

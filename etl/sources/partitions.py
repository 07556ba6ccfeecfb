"""Columns that folders name: `day=2024-01-01/part-0.parquet` has `day` in none of its rows.

As Hive writes them: what a folder cannot be called is `%` and two hexadecimal digits, and a value that is
missing has a name (Apache Hive 4, `FileUtils.escapePathName`, `hive.exec.default.partition.name`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from etl.model import Column, Contract
from etl.storage.files import StoredFile

MISSING = "__HIVE_DEFAULT_PARTITION__"


def partitions_of(folders: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The columns that folders name, from the outermost on."""
    pairs = (folder.partition("=") for folder in folders)
    return tuple((name, value) for name, equals, value in pairs if name and equals)


def named_columns(file: StoredFile, contract: Contract) -> tuple[Column, ...]:
    """The columns of a contract that the folders of a file name."""
    if not file.partitions:
        return ()
    names = {name for name, _ in file.partitions}
    return tuple(column for column in contract.raw_columns if column.physical_name in names)


def own_columns(file: StoredFile, contract: Contract) -> tuple[Column, ...]:
    """The columns of a contract that are in the file itself."""
    named = named_columns(file, contract)
    return tuple(column for column in contract.raw_columns if column not in named)


def partition_problem(file: StoredFile, others: Set[str], contract: Contract) -> str | None:
    """Why the folders of a file do not give its rows the columns that those of others name.

    `others` are all columns that folders of its dataset name.
    """
    if not others:
        return None
    names = [name for name, _ in file.partitions]
    known = {column.physical_name for column in contract.raw_columns}
    strange = [name for name in names if name not in known]
    if strange:
        return f"its folders name {', '.join(strange)}, which is not in the contract"
    if len(set(names)) < len(names):
        return "two of its folders name one column"
    lacking = sorted((others & known) - set(names))
    if lacking:
        return f"no folder of it names {', '.join(lacking)}, as those of other files do"
    broken = [value for _, value in file.partitions if re.search(r"%(?![0-9A-Fa-f]{2})", value)]
    return f"its folder {broken[0]!r} has a % without two hexadecimal digits" if broken else None


def value_of(column: Column) -> Expression:
    """The text of a column that folders name, of each row of a file; NULL where it is missing."""
    # Spark gives the path as a URI, in which the folder's own % are written so, too.
    path = _unescaped(F.col("_metadata.file_path"))
    text = F.regexp_extract(path, f".*/{re.escape(column.physical_name)}=([^/]*)/", 1)
    return F.when(text != MISSING, _unescaped(text)).alias(column.name)


def _unescaped(text: Expression) -> Expression:
    # A plus sign is one in a path; only forms write blanks so.
    return F.url_decode(F.replace(text, F.lit("+"), F.lit("%2B")))

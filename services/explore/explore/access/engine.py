"""What every engine offers: read-only SQL over tables named `<schema>.<table>`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

#: Schemas in the order in which they are shown: published datasets, their marts, what streams serve, rows of
#: streams whose days are not published yet.
CURATED, MARTS, SERVING, LIVE = "curated", "marts", "serving", "live"
SCHEMAS = (CURATED, MARTS, SERVING, LIVE)


@dataclass(frozen=True)
class TableName:
    """A table as statements name it: `curated.orders`."""

    schema: str
    name: str

    def __str__(self) -> str:
        """Return the name as SQL has it."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Result:
    """The rows of a statement, in types that all engines share (`explore.access.types`).

    `has_more` tells that a limit of the caller left rows out. `bytes_scanned` are bytes that the engine read,
    as it counts them; None where it does not say. `seconds` are those from the statement to its last row.
    """

    table: pa.Table
    has_more: bool
    bytes_scanned: int | None
    seconds: float
    from_cache: bool = False


class Engine(Protocol):
    """Answers read-only SQL, in Athena's dialect, over the published tables."""

    @property
    def place(self) -> str:
        """Return where the tables are, as people read it."""
        ...

    @property
    def version(self) -> str:
        """Return what changes whenever other tables are published: results are cached for one version."""
        ...

    def tables(self) -> list[TableName]:
        """Return every table that statements may name, sorted by schema and name.

        Raises NotPublishedError when nothing is published yet.
        """
        ...

    def query(self, sql: str, limit: int | None = None) -> Result:
        """Return the rows of a statement, at most `limit` of them.

        Raises ExploreError when it is not one read-only statement, names what is not there, or fails.
        """
        ...

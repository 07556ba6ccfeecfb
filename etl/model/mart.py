"""The compiled contract of a mart as typed values: what its readers, Athena among them, may count on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.compiled import MartColumn
from etl.model.contract import refuse_other_version, table_ddl


@dataclass(frozen=True)
class Mart:
    """One mart: its columns in order, those that name a row, and what recomputes it, `batch` or `stream`."""

    name: str
    version: str
    columns: tuple[MartColumn, ...]
    key: tuple[str, ...]
    description: str
    refresh: str = "batch"

    @property
    def ddl(self) -> str:
        """The mart's schema as Spark SQL DDL."""
        return table_ddl((column.name, column.type) for column in self.columns)

    def refuse_other(self, found: Sequence[tuple[str, str]]) -> None:
        """Raise TypeError unless the columns (`DataFrame.dtypes`) are the contract's, in its order."""
        promised = [(column.name, column.type) for column in self.columns]
        if list(found) != promised:
            raise TypeError(
                f"mart {self.name} has the columns {_written(found)}; its contract promises "
                f"{_written(promised)}: change the mart, or the contract and its version"
            )

    def refuse_personal(self, shown: Sequence[str]) -> None:
        """Raise ValueError when a report would show a column that is personal."""
        personal = [column.name for column in self.columns if column.personal and column.name in shown]
        if personal:
            raise ValueError(
                f"mart {self.name}: its sample shows {', '.join(personal)}, which its contract calls "
                "personal: leave that out of etl/batch/transforms/samples.py"
            )

    @staticmethod
    def parse(document: Mapping[str, Any]) -> Mart:
        """Read a compiled contract.

        Raises ValueError when it was compiled for other jobs, KeyError when a part is missing.
        """
        refuse_other_version("mart", document)
        return Mart(
            name=document["name"],
            version=document["version"],
            columns=tuple(
                MartColumn(**{**column, "sources": tuple(column.get("sources", ()))})
                for column in document["columns"]
            ),
            key=tuple(document["key"]),
            description=document["description"],
            refresh=document["refresh"],
        )


def _written(columns: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns)

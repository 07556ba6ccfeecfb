"""Reads the English texts of a published table page by page, so that memory does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explore.access.engine import CURATED, Engine
from explore.access.pointer import POINTER
from explore.errors import ExploreError, NotPublishedError
from explore.language.words import english_texts
from explore.records.documents import Documents
from explore.search.definition import Definition

#: Products of a page.
_PAGE = 20_000


@dataclass(frozen=True)
class Product:
    """A product's key and its English texts, in the order of the definition; a missing text is empty."""

    key: str
    texts: tuple[str, ...]


def published_version(documents: Documents, dataset: str) -> str:
    """Return the published snapshot of a dataset. Raises NotPublishedError when there is none."""
    pointer = documents.read(str(POINTER)) or {}
    table = pointer.get("tables", {}).get(dataset)
    if table is None:
        raise NotPublishedError(f"Nothing is published of {dataset}.", "run `make demo ROWS=100000`")
    return str(table["snapshot_id"])


def read_products(
    engine: Engine, definition: Definition, version: str, page: int = _PAGE
) -> Iterator[list[Product]]:
    """Yield pages of the products of one version, by their key.

    Raises ExploreError when the table cannot be asked, or has a key of several columns.
    """
    if len(definition.id) != 1:
        raise ExploreError(
            f"{definition.dataset}: its key has {len(definition.id)} columns; words need a key of one column",
            "leave EXPLORE_WORDS unset for it",
        )
    (key,) = definition.id
    names = [field.name for field in english_texts(definition)]
    columns = ", ".join([key, *names])
    table = f"{CURATED}.{definition.dataset} FOR VERSION AS OF {version}"
    after = ""
    while True:
        sql = f"SELECT {columns} FROM {table} {after} ORDER BY {key} LIMIT {page}"
        rows = engine.query(sql).table.to_pylist()
        if rows:
            yield [
                Product(str(row[key]), tuple("" if row[name] is None else row[name] for name in names))
                for row in rows
            ]
        if len(rows) < page:
            return
        last = rows[-1][key]
        literal = str(last) if isinstance(last, int) else "'" + str(last).replace("'", "''") + "'"
        after = f"WHERE {key} > {literal}"

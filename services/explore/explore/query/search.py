"""Searches products on the terminal: `python -m explore.query.search`; `./platform search` starts it."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from explore.errors import ExploreError
from explore.query.command import run
from explore.query.table import render_table
from explore.search.client import OpenSearch
from explore.search.definition import Definition, Field, load_definition
from explore.search.products import Asked, Found, search_products

#: What is searched.
DATASET = "products"

#: Products that one search returns at most. Source: OpenSearch, "Index settings", `index.max_result_window`.
MOST = 10_000


@dataclass(frozen=True)
class Options:
    """Options of a search: its words and its place. `language` is None for all languages."""

    words: str
    url: str
    contracts: Path
    language: str | None
    size: int


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line. Ends the process with exit code 2 when it cannot be understood."""
    parser = argparse.ArgumentParser(prog="python -m explore.query.search", allow_abbrev=False)
    parser.add_argument("words", help="what is looked for; none: every product")
    parser.add_argument("--url", required=True, help="OpenSearch, http://host:port")
    parser.add_argument("--contracts", type=Path, required=True, help="folder of compiled contracts")
    parser.add_argument("--language", help="search the texts of one language alone")
    parser.add_argument("--size", type=int, default=10, help="products to show at most")
    options = Options(**vars(parser.parse_args(arguments)))
    if not 1 <= options.size <= MOST:
        parser.error(f"--size {options.size}: must be from 1 to {MOST}")
    return options


def search(options: Options) -> str:
    """Return what was found as text for a terminal. Raises ExploreError."""
    definition = load_definition(options.contracts, DATASET)
    if definition is None:
        raise ExploreError(
            f"{DATASET}: its contract names no OpenSearch server, so it is not searched",
            "add one to `servers:` of the contract: docs/search.md",
        )
    if options.language not in (None, *definition.languages):
        raise ExploreError(
            f"--language {options.language}: {DATASET} has no texts in it",
            f"use {', '.join(definition.languages)}",
        )
    with OpenSearch(options.url, named="--url") as client:
        asked = Asked(options.words, options.language, size=options.size)
        found = search_products(client, definition, asked)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    parts = [render_table(_table(definition, options.language, found), width)] if found.hits else []
    if found.meant is not None:
        parts.append(f"did you mean {found.meant!r}?")
    return "\n".join([*parts, _counted(found)])


def _counted(found: Found) -> str:
    return f"{len(found.hits):,} of {found.total:,} {'product' if found.total == 1 else 'products'}"


def _table(definition: Definition, language: str | None, found: Found) -> pa.Table:
    """Return a row for each product: score, key, name in the language or in the first one, and facets."""
    names = [field for field in definition.texts(language) if field.name.startswith("name")][:1]
    others = [
        field for field in definition.fields if field.language is None and field.name not in definition.id
    ]
    columns: dict[str, list[Any]] = {"score": [round(hit.score, 2) for hit in found.hits]}
    for name in (*definition.id, *_names([*names, *others])):
        columns[name] = [hit.document.get(name) for hit in found.hits]
    return pa.table(columns)


def _names(fields: Sequence[Field]) -> list[str]:
    return [field.name for field in fields]


def main(arguments: list[str]) -> int:
    """Search once. Returns the exit code: 1 when it fails, 130 when it is interrupted."""
    options = read_options(arguments)
    return run(lambda: print(search(options)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Makes words of the published products: `python -m explore.language`, with the application's settings."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from explore.access.choice import engine_at
from explore.access.contracts import load_contracts
from explore.errors import ExploreError
from explore.language.products import published_version, read_products
from explore.language.words import english_texts, read_summary
from explore.records.documents import documents_of
from explore.search.definition import load_definition
from explore.settings import Settings, read_settings

#: What is analysed.
DATASET = "products"


def make_words(settings: Settings, dataset: str = DATASET) -> str:
    """Make the words of the published version, unless they are there; return what was done.

    Raises ExploreError.
    """
    folder = _folder(settings)
    definition = load_definition(settings.contracts, dataset)
    if definition is None or not english_texts(definition):
        return f"{dataset}: has no English texts that are searched"
    version = published_version(documents_of(settings.lake, settings.region), dataset)
    found = read_summary(folder, dataset)
    if found is not None and found.version == version:
        return f"{dataset}: the words of version {version} are there"
    began = time.monotonic()
    try:
        from explore.language.making import WordsMaker  # noqa: PLC0415 - only where the models are installed
    except ModuleNotFoundError as error:
        raise ExploreError(f"{error.name} is not installed", "run `make install-nlp`") from error
    engine = engine_at(settings.lake, settings.athena, load_contracts(settings.contracts))
    pages = read_products(engine, definition, version)
    made = WordsMaker(english_texts(definition)).make(pages, folder, dataset, version)
    return (
        f"{dataset}: {made.products:,} products of version {version}, {made.with_words:,} of them with "
        f"English texts, {time.monotonic() - began:.1f} s"
    )


def _folder(settings: Settings) -> Path:
    if settings.words is None:
        raise ExploreError("EXPLORE_WORDS: is not set", "set it to the folder that words are written to")
    return settings.words


def main() -> int:
    """Make the words once. Returns the exit code: 1 when it fails."""
    try:
        print(make_words(read_settings(os.environ)))
    except ExploreError as error:
        print(f"✗ {error.message}", file=sys.stderr)
        if error.remedy:
            print(f"  → {error.remedy}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

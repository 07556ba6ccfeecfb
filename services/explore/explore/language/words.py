"""The file of a dataset's words: one row per product with English texts. Needs no model to be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explore.errors import ExploreError
from explore.search.definition import Definition, Field

#: Language that is analysed.
ENGLISH = "en"

#: Part of the file's name: raise it when other words, or other columns, are made of the same texts.
_FORMAT = 1

#: `texts` is the digest of the texts that the words were made of.
SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("texts", pa.string()),
        ("lemmas", pa.list_(pa.string())),
        ("mentions", pa.list_(pa.string())),
        ("related", pa.list_(pa.string())),
    ]
)

#: Entries of the file's metadata: the version of its table, and how many products mention each name.
_VERSION, _COUNTS = b"version", b"mentions"


@dataclass(frozen=True)
class ProductWords:
    """Lemmas of a product's English texts, the names they mention, and keys of related products."""

    lemmas: tuple[str, ...]
    mentions: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Which version of the table a file is of, and how many products mention each name, most first."""

    version: str
    mentions: Mapping[str, int]


def words_file(folder: Path, dataset: str) -> Path:
    """Return where the words of a dataset are."""
    return folder / f"{dataset}.words-{_FORMAT}.parquet"


def english_texts(definition: Definition) -> list[Field]:
    """Return the fields whose texts are analysed."""
    return [field for field in definition.fields if field.language == ENGLISH]


def digest_of(texts: Sequence[str | None]) -> str:
    """Return the digest of a product's English texts, by which outdated words are known."""
    return hashlib.sha256(json.dumps([text or "" for text in texts]).encode()).hexdigest()


def schema_of(summary: Summary) -> pa.Schema:
    """Return the schema of a file with its summary."""
    counts = json.dumps(dict(summary.mentions))
    return SCHEMA.with_metadata({_VERSION: summary.version.encode(), _COUNTS: counts.encode()})


def read_summary(folder: Path, dataset: str) -> Summary | None:
    """Return what a file is of; None where there is none. Raises ExploreError when it cannot be read."""
    path = words_file(folder, dataset)
    try:
        metadata = pq.read_schema(path).metadata or {}
        return Summary(metadata[_VERSION].decode(), json.loads(metadata[_COUNTS]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        raise _unreadable(path, error) from error


def read_words(
    folder: Path, definition: Definition, documents: Sequence[Mapping[str, object]]
) -> dict[str, ProductWords]:
    """Return the words of documents by key; none of those whose texts have changed since.

    Raises ExploreError when the file cannot be read.
    """
    path = words_file(folder, definition.dataset)
    if not path.exists() or not documents:
        return {}
    names = [field.name for field in english_texts(definition)]
    current = {
        key_of(definition, each): digest_of([_text(each.get(name)) for name in names]) for each in documents
    }
    try:
        found = pq.read_table(path, filters=[("key", "in", list(current))]).to_pylist()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return {
        row["key"]: ProductWords(tuple(row["lemmas"]), tuple(row["mentions"]), tuple(row["related"]))
        for row in found
        if row["texts"] == current[row["key"]]
    }


def key_of(definition: Definition, document: Mapping[str, object]) -> str:
    """Return the key of a document as text."""
    return "/".join(str(document.get(name)) for name in definition.id)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _unreadable(path: Path, error: Exception) -> ExploreError:
    return ExploreError(f"{path}: cannot be read: {error}", "delete it, and start `./platform explore` again")

"""What a dataset is searched by: `<dataset>.search.json` of the compiled contracts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explore.errors import ExploreError

_ENDING = ".search.json"

#: Language of texts that are in any language.
ANY = "any"


@dataclass(frozen=True)
class Field:
    """A field of the documents; `language` is that of a text which is searched by its words, else None."""

    name: str
    type: str
    language: str | None
    #: Languages in which the values of a category are found; the name of each is that of a sub-field.
    value_languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """The alias, the key and the fields of a dataset's documents."""

    dataset: str
    alias: str
    id: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def languages(self) -> list[str]:
        """Return the languages of its texts, sorted."""
        return sorted({field.language for field in self.fields if field.language not in (None, ANY)})

    def texts(self, language: str | None = None) -> Sequence[Field]:
        """Return the texts of a language, and those in any; all of them without one."""
        return [
            field
            for field in self.fields
            if field.language is not None and (language is None or field.language in (language, ANY))
        ]

    def categories(self, language: str | None = None) -> Sequence[str]:
        """Return the sub-fields by which the values of categories are found in a language, or in all."""
        return [
            f"{field.name}.{code}"
            for field in self.fields
            for code in field.value_languages
            if language in (None, code)
        ]

    @property
    def facets(self) -> Sequence[Field]:
        """Return the fields whose few values narrow a search: words that are no texts, and yes or no."""
        return [
            field
            for field in self.fields
            if field.language is None and field.type in ("string", "boolean") and field.name not in self.id
        ]

    def has(self, *names: str) -> bool:
        """Return whether it has all these fields."""
        return {field.name for field in self.fields}.issuperset(names)


def load_definition(contracts: Path, dataset: str) -> Definition | None:
    """Return what a dataset is searched by; None where its contract names no search.

    Raises ExploreError when the file cannot be read.
    """
    path = contracts / f"{dataset}{_ENDING}"
    try:
        document = json.loads(path.read_text())
        return Definition(
            dataset=dataset,
            alias=document["alias"],
            id=tuple(document["id"]),
            fields=tuple(
                Field(
                    field["name"],
                    field["type"],
                    field.get("language"),
                    tuple(field.get("value_languages", ())),
                )
                for field in document["fields"]
            ),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExploreError(
            f"{path}: is not what a dataset is searched by: {error!r}",
            f"write it again with `./platform contract compile --out {contracts}`",
        ) from error

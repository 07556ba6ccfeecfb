"""Makes the file of words from the products of a version."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from explore.language.analysis import Analyser, Analysis
from explore.language.english import English
from explore.language.products import Product
from explore.language.related import MOST_GROUPS, related_groups
from explore.language.words import SCHEMA, Summary, digest_of, schema_of, words_file
from explore.search.definition import Field

#: Numbers in names tell products apart, and say nothing of what they are.
_NUMBER = re.compile(r"\s*\b\d+\b")

#: Analyses that are kept, since many products have the same texts.
_KEPT = 10_000

#: Names that are counted over all products.
_MOST_MENTIONS = 100


@dataclass
class Counts:
    """Products that were read, and those of them with English texts and thus words."""

    products: int = 0
    with_words: int = 0


@dataclass
class _Groups:
    """Products with the same lemmas: their number by lemmas, and the first product of each group."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)

    def number(self, lemmas: Sequence[str], key: str) -> int:
        """Return the number of a product's group, that of the last one when there are too many."""
        if len(self.first) > MOST_GROUPS:
            return MOST_GROUPS
        number = self.numbers.setdefault(tuple(sorted(lemmas)), len(self.first))
        if number == len(self.first):
            self.first.append(key)
        return number


class WordsMaker:
    """Makes words of products: two models, and the analyses of the texts that were last seen."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Load the models. `fields` are those of each product's texts."""
        self._is_name = [each.name.startswith("name") for each in fields]
        self._english, self._analyser = English(), Analyser()
        self._known: dict[tuple[str, bool], Analysis] = {}

    def make(self, pages: Iterable[Sequence[Product]], folder: Path, dataset: str, version: str) -> Counts:
        """Write the file of a version in the place of an older one, in one step."""
        folder.mkdir(parents=True, exist_ok=True)
        path = words_file(folder, dataset)
        half, whole = (path.with_suffix(f".{os.getpid()}.{part}") for part in ("half", "whole"))
        counts, groups, mentions = Counts(), _Groups(), Counter[str]()
        with ExitStack() as stack:
            for made in (half, whole):
                stack.callback(made.unlink, missing_ok=True)
            # Which products are related is known when all have been read.
            with pq.ParquetWriter(half, SCHEMA) as writer:
                for page in pages:
                    rows = self._rows(page, groups, mentions)
                    counts.products += len(page)
                    counts.with_words += len(rows)
                    writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
            summary = Summary(version, dict(mentions.most_common(_MOST_MENTIONS)))
            _add_related(half, whole, groups, schema_of(summary))
            whole.replace(path)
        return counts

    def _rows(
        self, products: Sequence[Product], groups: _Groups, mentions: Counter[str]
    ) -> list[dict[str, object]]:
        english = [each for each in products if self._english.accepts(". ".join(filter(None, each.texts)))]
        self._analyse([text for each in english for text in self._parts(each)])
        rows: list[dict[str, object]] = []
        for product in english:
            found = [self._known[part] for part in self._parts(product)]
            lemmas = list(dict.fromkeys(lemma for each in found for lemma in each.lemmas))
            named = list(dict.fromkeys(name for each in found for name in each.mentions))
            mentions.update(named)
            group = groups.number(lemmas, product.key)
            own = {"key": product.key, "texts": digest_of(product.texts), "lemmas": lemmas}
            rows.append({**own, "mentions": named, "related": [str(group)]})
        return rows

    def _parts(self, product: Product) -> list[tuple[str, bool]]:
        """Return the texts of a product as they are analysed, and whether each is a name."""
        return [
            (_NUMBER.sub("", text) if is_name else text, is_name)
            for text, is_name in zip(product.texts, self._is_name, strict=True)
        ]

    def _analyse(self, parts: Sequence[tuple[str, bool]]) -> None:
        """Analyse what is not known yet. Names mention nothing: the model is made for sentences."""
        if len(self._known) > _KEPT:
            self._known.clear()
        unknown = [part for part in dict.fromkeys(parts) if part not in self._known]
        for part, found in zip(unknown, self._analyser.analyse([text for text, _ in unknown]), strict=True):
            self._known[part] = Analysis(found.lemmas) if part[1] else found


def _add_related(half: Path, whole: Path, groups: _Groups, schema: pa.Schema) -> None:
    """Write the rows again, with the first product of each related group in the place of the group."""
    near = related_groups(list(groups.numbers))
    with pq.ParquetFile(half) as file, pq.ParquetWriter(whole, schema) as writer:
        for batch in file.iter_batches():
            rows = batch.to_pylist()
            for row in rows:
                (group,) = row["related"]
                row["related"] = [groups.first[number] for number in near[int(group)]]
            writer.write_table(pa.Table.from_pylist(rows, schema))

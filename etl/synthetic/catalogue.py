"""Names and descriptions of products in four languages, in the forms that each language wants.

Apostrophes are typographic ones, which a text in SQL can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Article(NamedTuple):
    """A kind of product: its noun and one sentence about it in every language.

    Before the noun stands what decides the adjective's ending: French m, f; Dutch de, het; German m, f, n.
    """

    en: tuple[str, str]
    fr: tuple[str, str, str]
    nl: tuple[str, str, str]
    de: tuple[str, str, str]


#: What products are like, in the order of `products.ADJECTIVES`; by the endings of each language.
ADJECTIVES = {
    "fr": {
        "m": ("compact", "classique", "léger", "robuste", "doux", "clair", "silencieux", "rapide"),
        "f": ("compacte", "classique", "légère", "robuste", "douce", "claire", "silencieuse", "rapide"),
    },
    "nl": {
        "de": ("Compacte", "Klassieke", "Lichte", "Robuuste", "Zachte", "Heldere", "Stille", "Snelle"),
        "het": ("Compact", "Klassiek", "Licht", "Robuust", "Zacht", "Helder", "Stil", "Snel"),
    },
    "de": {
        "m": (
            *("Kompakter", "Klassischer", "Leichter", "Robuster"),
            *("Weicher", "Heller", "Leiser", "Schneller"),
        ),
        "f": ("Kompakte", "Klassische", "Leichte", "Robuste", "Weiche", "Helle", "Leise", "Schnelle"),
        "n": (
            *("Kompaktes", "Klassisches", "Leichtes", "Robustes"),
            *("Weiches", "Helles", "Leises", "Schnelles"),
        ),
    },
}


def names(language: str, articles: Sequence[Article]) -> list[str]:
    """Every name in a language: those of the first article with each adjective, then those of the next.

    French has the adjective behind the noun, Dutch and German before it.
    """
    made = []
    for article in articles:
        gender, noun, _ = getattr(article, language)
        for adjective in ADJECTIVES[language][gender]:
            words = (noun, adjective) if language == "fr" else (adjective, noun)
            text = " ".join(words)
            made.append(text[0].upper() + text[1:])
    return made


def sentences(language: str, articles: Sequence[Article]) -> list[str]:
    """The sentence about each article in a language."""
    return [getattr(article, language)[-1] for article in articles]

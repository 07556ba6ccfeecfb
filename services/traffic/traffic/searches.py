"""Search texts as people type them."""

from __future__ import annotations

from random import Random

from traffic.vocabulary import ADDITIONS, ADJECTIVES, NOUNS

#: Share of the searches with a typing error.
TYPO_SHARE = 0.12
#: Share of the searches that say what the product is like, and of those in lower case alone.
ADJECTIVE_SHARE, LOWER_CASE_SHARE = 0.6, 0.7
SHORTEST_WITH_TYPO = 4


def search_text(random: Random, language: str) -> str:
    """Returns what a visitor types into the search field."""
    noun = random.choice(NOUNS[language].split()).replace("-", " ")
    words = [noun]
    if random.random() < ADJECTIVE_SHARE:
        adjective = random.choice(ADJECTIVES[language].split())
        words = [adjective, noun] if language in {"nl", "en"} else [noun, adjective]
    if addition := random.choice(ADDITIONS[language]):
        words.append(addition)
    text = " ".join(words)
    if random.random() < LOWER_CASE_SHARE:
        text = text.lower()
    return with_typo(random, text) if random.random() < TYPO_SHARE else text


def with_typo(random: Random, text: str) -> str:
    """Returns the text with one letter left out, doubled, or swapped with the next one."""
    if len(text) < SHORTEST_WITH_TYPO:
        return text
    at = random.randrange(1, len(text) - 1)
    before, letter, following, after = text[:at], text[at], text[at + 1], text[at + 2 :]
    changed = random.choice((following, letter + letter + following, following + letter))
    return before + changed + after

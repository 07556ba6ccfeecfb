"""Languages, lemmas and mentions of texts, by the real models."""

from __future__ import annotations

import pytest
from explore.access.laptop import Laptop
from explore.language.analysis import Analyser, Analysis
from explore.language.english import English
from explore.language.related import MOST_GROUPS, related_groups


@pytest.fixture(scope="module")
def english() -> English:
    """The model of languages."""
    return English()


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    """The model of English."""
    return Analyser()


@pytest.mark.parametrize(
    ("name", "description", "least"),
    [
        ("name", "description_en", 0.98),
        ("name_fr", "description_fr", 0.0),
        ("name_nl", "description_nl", 0.0),
        ("name_de", "description_de", 0.0),
    ],
)
def test_english_texts_of_the_catalogue_are_accepted_and_no_others(
    english: English, laptop: Laptop, name: str, description: str, least: float
) -> None:
    sql = f"select {name}, {description} from curated.products where {name} is not null limit 1000"
    texts = [". ".join(row.values()) for row in laptop.query(sql).table.to_pylist()]
    assert len(texts) > 100
    share = sum(map(english.accepts, texts)) / len(texts)
    assert share >= least if least else share == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "lamp",
        "USB-C 20W",
        "4006381333931",
        "Una lampada da lettura con un braccio orientabile, per lunghe serate con un libro.",
        "En læselampe med drejelig arm, til lange aftener med en bog.",
        "'n Leeslamp met 'n draaibare arm, vir lang aande met 'n boek.",
        "читает книгу при свете лампы долгими вечерами",
        "\udc80\ufffe\u0000",
    ],
)
def test_other_languages_and_texts_that_say_too_little_are_not_english(english: English, text: str) -> None:
    assert not english.accepts(text)


def test_lemmas_and_mentions_are_those_of_the_text(analyser: Analyser) -> None:
    found = analyser.analyse(
        [
            "Coffee beans from Ethiopia, roasted in Antwerp.",
            "Boots with a firm sole for stony paths, waterproof.",
            "Boils a litre of water in two minutes and turns itself off.",
            "",
            "   ",
            "Tim Cook opened a shop in Brussels.",
        ]
    )
    assert list(found) == [
        Analysis(("coffee", "bean", "ethiopia", "roast", "antwerp"), ("Ethiopia", "Antwerp")),
        Analysis(("boot", "firm", "sole", "stony", "path", "waterproof")),
        Analysis(("boil", "litre", "water", "minute", "turn")),
        Analysis(),
        Analysis(),
        # A person is a word, and no mention.
        Analysis(("tim", "cook", "open", "shop", "brussels"), ("Brussels",)),
    ]


def test_a_very_long_text_is_read_to_its_limit(analyser: Analyser) -> None:
    # spaCy itself refuses texts of more than a million letters.
    long = "A lamp for the desk. " * 100_000 + "A kettle."
    assert [each.lemmas for each in analyser.analyse([long, "A kettle."])] == [("lamp", "desk"), ("kettle",)]


def test_related_groups_share_rare_words_and_are_no_variants() -> None:
    groups = [
        ("compact", "reading", "lamp", "book", "evening", "arm"),
        ("classic", "reading", "lamp", "book", "evening", "arm"),
        ("desk", "lamp", "arm", "shelf"),
        ("novel", "sea", "family", "evening", "book"),
        ("football", "grass", "street"),
        (),
    ]
    found = related_groups(groups)
    assert set(found[0]) == {2, 3}
    assert 1 not in found[0]
    assert found[4] == found[5] == []
    assert related_groups(groups) == found
    assert related_groups([]) == []
    assert related_groups([()] * 3) == [[], [], []]


def test_too_many_groups_have_no_related_ones() -> None:
    assert not any(related_groups([("lamp",)] * (MOST_GROUPS + 1)))

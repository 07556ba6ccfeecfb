"""Names and descriptions of products in four languages."""

from __future__ import annotations

from datetime import date

import pytest
from pyspark.sql import SparkSession

from etl.synthetic.catalogue import ADJECTIVES, names, sentences
from etl.synthetic.plan import History, Plan
from etl.synthetic.products import (
    ALL_SOLD,
    COLUMNS,
    DEPARTMENTS,
    SOLD,
    UNTRANSLATED,
    product_lines,
    product_rows,
)

LANGUAGES = ("fr", "nl", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_noun_has_an_article_of_its_language_and_every_adjective_its_form(language: str) -> None:
    genders = {getattr(article, language)[0] for article in ALL_SOLD}
    assert genders == set(ADJECTIVES[language])
    assert {len(forms) for forms in ADJECTIVES[language].values()} == {8}


def test_names_have_the_forms_of_their_languages() -> None:
    jacket = [article for article in SOLD["fashion"] if article.en[0] == "rain jacket"]
    assert names("fr", jacket)[:3] == [
        "Veste de pluie compacte",
        "Veste de pluie classique",
        "Veste de pluie légère",
    ]
    assert names("nl", jacket)[2] == "Lichte waterdichte jas"
    assert names("de", jacket)[2] == "Leichte Regenjacke"
    book = [article for article in SOLD["books"] if article.en[0] == "cookbook"]
    assert (names("nl", book)[2], names("de", book)[2]) == ("Licht kookboek", "Leichtes Kochbuch")


def test_every_department_sells_several_things_with_texts_that_differ() -> None:
    assert {name: len(articles) >= 4 for name, articles in SOLD.items()} == dict.fromkeys(DEPARTMENTS, True)
    for language in ("en", *LANGUAGES):
        texts = sentences(language, ALL_SOLD)
        assert len(set(texts)) == len(ALL_SOLD)
        assert all(text[0].isupper() and text.endswith(".") for text in texts)


def test_a_product_is_the_same_thing_in_every_language(spark: SparkSession) -> None:
    plan = Plan(History(1_000, 42, date(2024, 12, 30)), 0, 1_000)
    lines = product_lines(product_rows(spark, plan), plan)
    parsed = spark.read.csv(lines.rdd.map(lambda row: row["line"]), ", ".join(f"{c} string" for c in COLUMNS))
    rows = [row for row in parsed.collect() if row["name"] and row["description_de"]]
    articles = {article.en[-1]: article for article in ALL_SOLD}
    assert len(rows) > 200
    for row in rows:
        article = articles[row["description_en"]]
        assert article.en[0] in row["name"]
        assert row["description_de"] == article.de[-1]
        assert article.de[1].split()[-1] in row["name_de"]
        assert row["category"] in (None, *(name for name, sold in SOLD.items() if article in sold), "Garden")
    missing = sum(row["name_de"] is None for row in parsed.collect())
    assert 0 < missing / 400 < 2 * UNTRANSLATED["de"] / 100

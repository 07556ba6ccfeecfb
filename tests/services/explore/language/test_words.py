"""The file of words: made once for each version of real products, and never shown for other texts."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from explore.access.laptop import Laptop
from explore.errors import ExploreError, NotPublishedError
from explore.language.__main__ import make_words
from explore.language.making import WordsMaker
from explore.language.products import Product, published_version, read_products
from explore.language.words import english_texts, read_summary, read_words, words_file
from explore.records.documents import documents_of
from explore.search.definition import Definition, load_definition
from explore.settings import Settings, read_settings
from processes import settings_of

SENTENCES = {
    "1": ("Compact reading lamp 1", "A lamp with a swivel arm, for long evenings with a book."),
    "2": ("Classic lamp 2", "Une lampe au bras orientable, pour de longues soirées avec un livre."),
    "3": ("Quick coffee 3", "Coffee beans from Ethiopia, roasted in Antwerp."),
    "4": ("", ""),
    "5": ("Soft coffee 5", "Coffee beans from Ethiopia, roasted in Antwerp."),
}


@pytest.fixture(scope="module")
def definition(compiled: Path) -> Definition:
    """What products are searched by."""
    found = load_definition(compiled, "products")
    assert found is not None
    return found


def settings(lake: Path, compiled: Path, folder: Path) -> Settings:
    """The settings of an application on a lake."""
    return read_settings(
        {"EXPLORE_LAKE": str(lake), "EXPLORE_CONTRACTS": str(compiled), "EXPLORE_WORDS": str(folder)}
    )


def rows_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of a file by key."""
    return {row["key"]: row for row in pq.read_table(words_file(folder, "products")).to_pylist()}


def make(definition: Definition, folder: Path, version: str, **products: tuple[str, str]) -> None:
    """Make the words of some products."""
    pages = [[Product(key, texts)] for key, texts in products.items()]
    WordsMaker(english_texts(definition)).make(pages, folder, "products", version)


def test_words_of_a_lake_are_made_once_for_a_version(
    lake: Path, compiled: Path, laptop: Laptop, definition: Definition, tmp_path: Path
) -> None:
    given = settings(lake, compiled, tmp_path / "words")
    count = laptop.query("select count(*) as n from curated.products").table["n"][0].as_py()
    said = make_words(given)
    assert said.startswith(f"products: {count:,} products of version ")
    first = words_file(tmp_path / "words", "products").read_bytes()
    assert make_words(given).endswith(" are there")
    assert [file.name for file in (tmp_path / "words").iterdir()] == ["products.words-1.parquet"]
    rows = rows_of(tmp_path / "words")
    assert count * 0.98 < len(rows) <= count
    # Nothing depends on the run: another one makes the same bytes.
    make_words(settings(lake, compiled, tmp_path / "again"))
    assert words_file(tmp_path / "again", "products").read_bytes() == first
    summary = read_summary(tmp_path / "words", "products")
    assert summary is not None
    assert summary.version == published_version(documents_of(str(lake), ""), "products")
    assert summary.mentions == dict(Counter(name for row in rows.values() for name in row["mentions"]))
    assert {"Antwerp", "Ethiopia"} <= summary.mentions.keys()


def test_related_products_are_others_that_share_words(lake: Path, compiled: Path, tmp_path: Path) -> None:
    make_words(settings(lake, compiled, tmp_path))
    rows = rows_of(tmp_path)
    related = [(row, rows[key]) for row in rows.values() for key in row["related"]]
    assert len(related) > len(rows)
    for row, other in related:
        assert row["key"] != other["key"]
        assert set(row["lemmas"]) & set(other["lemmas"])
        assert set(row["lemmas"]) != set(other["lemmas"])


def test_pages_have_every_product_once(lake: Path, laptop: Laptop, definition: Definition) -> None:
    version = published_version(documents_of(str(lake), ""), "products")
    whole = [product for page in read_products(laptop, definition, version) for product in page]
    count = laptop.query("select count(*) as n from curated.products").table["n"][0].as_py()
    assert len({product.key for product in whole}) == len(whole) == count
    pages = list(read_products(laptop, definition, version, page=count // 3))
    assert len(pages) >= 3
    assert [product for page in pages for product in page] == whole


def test_a_product_without_english_texts_has_no_words(definition: Definition, tmp_path: Path) -> None:
    make(definition, tmp_path, "1", **SENTENCES)
    rows = rows_of(tmp_path)
    assert rows.keys() == {"1", "3", "5"}
    assert rows["3"]["lemmas"] == ["quick", "coffee", "bean", "ethiopia", "roast", "antwerp"]
    assert rows["3"]["mentions"] == ["Ethiopia", "Antwerp"]


def test_words_of_texts_that_have_changed_are_not_shown(definition: Definition, tmp_path: Path) -> None:
    make(definition, tmp_path, "1", **SENTENCES)
    names = [field.name for field in english_texts(definition)]
    documents = [
        {"product_id": int(key), **dict(zip(names, texts, strict=True))} for key, texts in SENTENCES.items()
    ]
    found = read_words(tmp_path, definition, documents)
    assert found.keys() == {"1", "3", "5"}
    changed = [
        {**each, "description_en": f"{each['description_en']} Now in blue."} for each in documents[2:3]
    ]
    assert read_words(tmp_path, definition, [*documents[:2], *changed]).keys() == {"1"}
    assert read_words(tmp_path / "nowhere", definition, documents) == {}


def test_a_new_version_takes_the_place_of_the_old_one(definition: Definition, tmp_path: Path) -> None:
    make(definition, tmp_path, "1", **SENTENCES)
    make(definition, tmp_path, "2", **{"1": SENTENCES["1"]})
    summary = read_summary(tmp_path, "products")
    assert summary is not None
    assert (summary.version, rows_of(tmp_path).keys(), summary.mentions) == ("2", {"1"}, {})


def test_what_is_broken_or_missing_says_what_to_do(
    lake: Path, compiled: Path, definition: Definition, tmp_path: Path
) -> None:
    with pytest.raises(NotPublishedError, match="Nothing is published of products"):
        make_words(settings(tmp_path, compiled, tmp_path / "words"))
    words_file(tmp_path, "products").write_text("no parquet")
    with pytest.raises(ExploreError, match=r"products\.words-1\.parquet: cannot be read") as error:
        read_words(tmp_path, definition, [{"product_id": 1}])
    assert "delete it" in error.value.remedy
    with pytest.raises(ExploreError, match="EXPLORE_WORDS: is not set"):
        make_words(read_settings({"EXPLORE_LAKE": str(lake), "EXPLORE_CONTRACTS": str(compiled)}))


@pytest.mark.parametrize("package", ["spacy", "py3langid"])
def test_a_machine_without_the_models_says_what_to_install(
    lake: Path, compiled: Path, tmp_path: Path, package: str
) -> None:
    absent = f"import runpy, sys; sys.modules['{package}'] = None"
    code = f"{absent}; runpy.run_module('explore.language', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=settings_of(lake, compiled, WORDS=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 1
    assert "is not installed\n  → run `make install-nlp`" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_pages_load_no_model() -> None:
    loaded = "print({'spacy', 'py3langid'} & set(sys.modules))"
    code = f"import sys, explore.app.words, explore.language.__main__; {loaded}"
    environment = settings_of("nowhere", Path("nowhere"))
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"

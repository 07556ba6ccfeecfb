"""Ranks of a real OpenSearch on plain text, compared with another implementation of BM25."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from random import Random

import bm25s
import httpx
import pytest
from processes import PATIENCE, ROOT

INDEX = "plain_texts"

#: OpenSearch's own constants. Source: OpenSearch 2.19, `SimilarityProviders`.
K1, B = 1.2, 0.75

#: Words of a text at most: Lucene keeps the length of a longer one rounded.
#: Source: Lucene 9, `SmallFloat.intToByte4`, which is exact up to 40.
LONGEST = 39

#: Lucene computes in 32 bits, which hold seven digits.
PRECISION = 1e-5


def texts() -> list[list[str]]:
    """The paragraphs of the documentation, as words of plain letters, so that all analyzers agree on them."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    paragraphs = [part for page in pages for part in page.read_text().split("\n\n")]
    words = [re.findall(r"[a-z]+", paragraph.lower())[:LONGEST] for paragraph in paragraphs]
    return [found for found in words if found][:600]


@pytest.fixture(scope="module")
def corpus(opensearch: str) -> Iterator[list[list[str]]]:
    """Those texts, indexed with one field and the `standard` analyzer, in the order of their numbers."""
    found = texts()
    body = {
        # Each shard counts how often a word occurs for itself.
        "settings": {"number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {"properties": {"text": {"type": "text", "analyzer": "standard"}}},
    }
    httpx.put(f"{opensearch}/{INDEX}", json=body, timeout=PATIENCE).raise_for_status()
    lines = [
        line
        for number, words in enumerate(found)
        for line in ({"index": {"_id": str(number)}}, {"text": " ".join(words)})
    ]
    answer = httpx.post(
        f"{opensearch}/{INDEX}/_bulk?refresh=true",
        content="".join(json.dumps(line) + "\n" for line in lines),
        headers={"content-type": "application/x-ndjson"},
        timeout=PATIENCE,
    )
    assert answer.json()["errors"] is False
    yield found
    httpx.delete(f"{opensearch}/{INDEX}", timeout=PATIENCE)


def reference(corpus: Sequence[Sequence[str]]) -> bm25s.BM25:
    """BM25 with Lucene's inverse document frequency, which is never negative."""
    made = bm25s.BM25(method="lucene", k1=K1, b=B, dtype="float64")
    made.index(corpus, show_progress=False)
    return made


def ranked(url: str, words: Sequence[str]) -> dict[int, float]:
    """Numbers and scores of the texts that a search finds, best first."""
    body = {"query": {"match": {"text": " ".join(words)}}, "size": 1000, "_source": False}
    answer = httpx.post(f"{url}/{INDEX}/_search", json=body, timeout=PATIENCE)
    return {int(hit["_id"]): hit["_score"] for hit in answer.json()["hits"]["hits"]}


def queries(corpus: Sequence[Sequence[str]]) -> list[list[str]]:
    """A hundred queries of one to four different words, of any texts, frequent words among them."""
    random = Random(17)
    words = [word for text in corpus for word in text]
    return [sorted(set(random.choices(words, k=1 + number % 4))) for number in range(100)]


def test_ranks_are_those_of_another_implementation(opensearch: str, corpus: list[list[str]]) -> None:
    assert len(corpus) > 300
    other = reference(corpus)
    for words in queries(corpus):
        wanted = other.get_scores(words)
        found = ranked(opensearch, words)
        assert set(found) == {number for number, score in enumerate(wanted) if score > 0}, words
        in_order = [wanted[number] for number in found]
        assert in_order == pytest.approx(sorted(in_order, reverse=True), rel=PRECISION), words
        # OpenSearch 2 multiplies by k1 + 1, as Lucene did before version 8: ranks stay the same.
        assert list(found.values()) == pytest.approx([score * (K1 + 1) for score in in_order], rel=PRECISION)


def test_other_constants_give_other_ranks(opensearch: str, corpus: list[list[str]]) -> None:
    other = bm25s.BM25(method="lucene", k1=K1, b=0.4, dtype="float64")
    other.index(corpus, show_progress=False)
    differing = 0
    for words in queries(corpus):
        wanted = other.get_scores(words)
        in_order = [wanted[number] for number in ranked(opensearch, words)]
        differing += in_order != pytest.approx(sorted(in_order, reverse=True), rel=PRECISION)
    assert differing > len(queries(corpus)) / 4

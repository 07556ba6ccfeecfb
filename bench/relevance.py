"""How well the search of products answers what shoppers type: nDCG@10 by language, judged by hand.

    make install-search .venv/explore/.test
    .venv/explore/bin/python bench/relevance.py [--products 2000] [--search URL] [--queries]

Generates a catalogue, starts the OpenSearch of this repository, and indexes the catalogue twice: as the
contract is compiled, and with the analyzer `standard` for every text. The application's own query builder
asks both, in the language of the query. Tuned and held-out queries (bench/judgements) are apart; the interval
is that of the mean difference, 95 % of 10,000 bootstrap samples of the queries. `--search` takes a server
of yours, whose two indices are replaced; `--queries` lists what every query that may be tuned on finds, the
worst first.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from judged_queries import DEPTH, Product, Query, ndcg, read_queries

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "services" / "explore"), str(ROOT / "services" / "explore")]
from explore.search.client import OpenSearch  # noqa: E402
from explore.search.definition import Definition, load_definition  # noqa: E402
from explore.search.products import Asked, request_of  # noqa: E402
from processes import PATIENCE, search_in  # noqa: E402

#: The index of the compiled template, and the one beside it.
COMPILED, STANDARD = "products_v1-relevance", "relevance-standard"

#: What search should reach, and by how much it should beat the analyzer `standard`.
TARGET, TARGET_DIFFERENCE = 0.80, 0.10

SAMPLES = 10_000


@dataclass(frozen=True)
class Answer:
    """The result of a query: its first hits, their total, and nDCG (0 for a query without grades)."""

    query: Query
    names: Sequence[str]
    total: int
    score: float


def compile_contracts(folder: Path) -> dict[str, Any]:
    """Compile the contracts of this checkout, and return what products are searched by."""
    command = [ROOT / "platform", "contract", "compile", "--out", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    document: dict[str, Any] = json.loads((folder / "products.search.json").read_text())
    return document


def generate(folder: Path, products: int) -> list[dict[str, Any]]:
    """Generate a catalogue, and return its documents."""
    output = folder / "documents.jsonl"
    script = ROOT / "bench" / "relevance_catalogue.py"
    search = folder / "contracts" / "products.search.json"
    command = [ROOT / ".venv" / "etl" / "bin" / "python", script, search, str(products), output]
    subprocess.run(command, check=True)
    return [json.loads(line) for line in output.read_text().splitlines()]


def index_both(url: str, compiled: dict[str, Any], documents: Sequence[dict[str, Any]]) -> None:
    """Index the documents as the contract is compiled, and with the analyzer `standard` for every text."""
    template = compiled["template"]["template"]
    texts = {field["name"] for field in compiled["fields"] if field["language"] is not None}
    standard = {
        name: {"type": "text", "analyzer": "standard"} if name in texts else {**field, "fields": {}}
        for name, field in template["mappings"]["properties"].items()
    }
    body = {"settings": {"number_of_shards": 1}, "mappings": {"dynamic": "strict", "properties": standard}}
    for name, index in ((COMPILED, template), (STANDARD, body)):
        httpx.delete(f"{url}/{name}", timeout=PATIENCE)
        httpx.put(f"{url}/{name}", json=index, timeout=PATIENCE).raise_for_status()
        lines = [line for each in documents for line in ({"index": {"_id": each["product_id"]}}, each)]
        content = "".join(json.dumps(line) + "\n" for line in lines)
        answer = httpx.post(
            f"{url}/{name}/_bulk?refresh=true",
            content=content,
            headers={"content-type": "application/x-ndjson"},
            timeout=PATIENCE,
        )
        if answer.raise_for_status().json()["errors"]:
            sys.exit(f"{name} refused documents: {answer.text[:1000]}")


def ask(
    search: OpenSearch,
    index: str,
    definition: Definition,
    queries: Sequence[Query],
    catalogue: Sequence[Product],
) -> list[Answer]:
    """Ask an index every query, as the application does, and score what it finds."""
    bodies = [
        {
            "query": request_of(definition, Asked(query.text, query.language))["query"],
            "size": DEPTH,
            "track_total_hits": True,
            "_source": ["name"],
        }
        for query in queries
    ]
    answers = []
    for query, found in zip(queries, search.search_many(index, bodies), strict=True):
        names = [hit["_source"]["name"] for hit in found["hits"]["hits"]]
        grades = [query.grade(Product.named(name)) for name in names]
        score = ndcg(grades, [query.grade(product) for product in catalogue]) if query.grades else 0.0
        answers.append(Answer(query, names, found["hits"]["total"]["value"], score))
    return answers


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return where 95 % of the means of bootstrap samples are.

    Source: Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006, of queries, with
    both sides paired.
    """
    random = np.random.default_rng(42)
    drawn = random.choice(np.asarray(differences), (SAMPLES, len(differences)))
    low, high = np.quantile(drawn.mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def print_scores(ours: Sequence[Answer], others: Sequence[Answer]) -> None:
    """Print nDCG@10 by language, tuned and held-out queries apart, then by form."""
    pairs = [pair for pair in zip(ours, others, strict=True) if pair[0].query.grades]
    header = f"{'queries':>7} {'compiled':>8} {'standard':>8} {'difference':>10}"
    print(f"{'':9} {'':8} {header} {'95 % interval':>16}  target")
    for held_out in (False, True):
        of_set = [pair for pair in pairs if pair[0].query.held_out is held_out]
        for language in [*sorted({mine.query.language for mine, _ in of_set}), "all"]:
            chosen = [pair for pair in of_set if language in (pair[0].query.language, "all")]
            mine, other = (
                statistics.fmean(side.score for side in sides) for sides in zip(*chosen, strict=True)
            )
            low, high = interval([first.score - second.score for first, second in chosen])
            figures = f"{len(chosen):>7} {mine:8.3f} {other:8.3f} {mine - other:10.3f}"
            met = "met" if mine >= TARGET and mine - other >= TARGET_DIFFERENCE else "missed"
            name = "held out" if held_out else "tuned"
            print(f"{name:9} {language:8} {figures} {f'{low:.3f} to {high:.3f}':>16}  {met}")
    print(f"\n{'form':18} {header}")
    for form in dict.fromkeys(mine.query.form for mine, _ in pairs):
        chosen = [pair for pair in pairs if pair[0].query.form == form]
        mine, other = (statistics.fmean(side.score for side in sides) for sides in zip(*chosen, strict=True))
        print(f"{form:18} {len(chosen):>7} {mine:8.3f} {other:8.3f} {mine - other:10.3f}")


def print_nothing(ours: Sequence[Answer], others: Sequence[Answer]) -> None:
    """Print how many products are found by queries that should find nothing."""
    print("\nProducts found by queries that should find nothing:")
    for mine, other in zip(ours, others, strict=True):
        if not mine.query.grades:
            counts = f"{mine.total} compiled, {other.total} standard"
            print(f"{mine.query.language} {mine.query.text:22} {counts}")


def print_queries(ours: Sequence[Answer], others: Sequence[Answer]) -> None:
    """Print the queries that may be tuned on, the worst first, with what they find."""
    pairs = [pair for pair in zip(ours, others, strict=True) if not pair[0].query.held_out]
    print()
    for mine, other in sorted(pairs, key=lambda pair: pair[0].score):
        kinds = list(dict.fromkeys(Product.named(name).kind for name in mine.names))
        query = f"{mine.query.language} {mine.query.form:9} {mine.query.text:32}"
        print(f"{query} {mine.score:.2f} {other.score:.2f} {mine.total:>5}  {', '.join(kinds)}")


def main(arguments: Sequence[str]) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--search")
    parser.add_argument("--queries", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        compiled = compile_contracts(folder / "contracts")
        documents = generate(folder, options.products)
        # The server does not run as root, and its folder is below this one.
        folder.chmod(0o755)
        url = options.search or stack.enter_context(search_in(folder))
        index_both(url, compiled, documents)
        definition = load_definition(folder / "contracts", "products")
        catalogue = [Product.named(document["name"]) for document in documents]
        queries = read_queries(catalogue)
        with OpenSearch(url) as search:
            ours, others = (
                ask(search, index, definition, queries, catalogue) for index in (COMPILED, STANDARD)
            )
    print(f"{len(documents)} products\n")
    print_scores(ours, others)
    print_nothing(ours, others)
    if options.queries:
        print_queries(ours, others)


if __name__ == "__main__":
    main(sys.argv[1:])

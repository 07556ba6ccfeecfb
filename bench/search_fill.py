"""Fills an OpenSearch with generated products and web events, by the code of the job `index`.

    .venv/etl/bin/python bench/search_fill.py CONTRACTS URL PRODUCTS EVENTS FOLDER

`CONTRACTS` is a folder of `./platform contract compile`; refused documents would be written to `FOLDER`.
bench/search_load.py and bench/pages.py start it, since Spark is in another environment than the application.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from relevance_catalogue import ROOT, catalogue_rows, start_session
from web_events import event_rows

sys.path.insert(0, str(ROOT))
from opensearchpy import OpenSearch

from etl.sinks.documents import SearchTarget
from etl.sinks.search import index_rows
from etl.storage.lake import Lake


def main(contracts: Path, url: str, products: int, events: int, folder: str) -> None:
    """Fill both indices."""
    targets = [
        SearchTarget.parse(json.loads((contracts / f"{name}.search.json").read_text()))
        for name in ("products", "web_events")
    ]
    spark = start_session("search")
    columns = [(field.name, field.type) for field in targets[1].fields]
    rows = (catalogue_rows(spark, targets[0], products), event_rows(spark, events, products, columns))
    with OpenSearch(url, timeout=60, max_retries=0) as client:
        for target, of_target in zip(targets, rows):
            index_rows(Lake(spark, folder), client, target, of_target.cache(), "bench")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])

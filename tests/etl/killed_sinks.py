"""A run of the job `index` that kills itself, JVM and all: `killed_sinks.py <plan.json>`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from opensearchpy import OpenSearch  # noqa: E402 - the path comes first

from etl.sinks import search, search_index  # noqa: E402 - the same
from killing import session_to_kill  # noqa: E402 - the same


def main(plan: dict[str, Any]) -> None:
    """Index until so many requests with documents were answered, or until the alias is to move, then die."""
    spark, die = session_to_kill(plan["settings"])
    search_index._BATCH = plan["batch"]
    bulk, left = OpenSearch.bulk, plan["requests"]

    def counted(client: OpenSearch, *arguments: Any, **options: Any) -> Any:
        nonlocal left
        answer = bulk(client, *arguments, **options)
        left -= 1
        if left == 0:
            die()
        return answer

    OpenSearch.bulk = counted
    search._move_alias = lambda *_: die()
    options = search.IndexOptions(plan["url"], ("products",), plan["root"], "killed")
    search.run(spark, options)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))

"""What the compiler makes of contracts that are searched, as jest has found it."""

from __future__ import annotations

import json
from pathlib import Path

from etl.sinks.documents import SearchTarget

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "__tests__" / "contracts" / "compiler" / "targets" / "golden"


def target_of(name: str) -> SearchTarget:
    """How a dataset is searched."""
    return SearchTarget.parse(json.loads((GOLDEN / f"{name}.search.json").read_text()))

"""The query of `serving.<dataset>` is the one that the streaming jobs answer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from explore.access.contracts import Contract
from explore.access.serving import serving_sql
from lakes import ROOT

#: Runs in the environment of the jobs, which this service does not import.
_THEIRS = """
import json, sys
from etl.model.contract import Contract
from etl.streaming.serving import serving_sql
document = json.load(open(sys.argv[1]))
contract = Contract.parse(document)
print(json.dumps([serving_sql(contract, published, "l") for published in ("p", None)]))
"""


@pytest.mark.parametrize("dataset", ["orders", "web_events", "customers"])
def test_jobs_and_explorer_serve_by_the_same_text(
    compiled: Path, contracts: dict[str, Contract], dataset: str
) -> None:
    command = [ROOT / ".venv/etl/bin/python", "-c", _THEIRS, compiled / f"{dataset}.json"]
    theirs = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert theirs.returncode == 0, theirs.stderr
    ours = [serving_sql(contracts[dataset], published, "l") for published in ("p", None)]
    assert ours == json.loads(theirs.stdout)

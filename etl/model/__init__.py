"""Data contracts, as the jobs see them: what the release's builder compiled from `*.odcs.yaml`."""

from etl.model.compiled import Column, Freshness, RawFormat, Rule, Stream, Volume
from etl.model.contract import Contract, Partition
from etl.model.loading import (
    load_contract,
    load_contracts,
    load_mart,
    load_with_parents,
    parse_contracts,
    waves,
)
from etl.model.mart import Mart

__all__ = [
    "Column",
    "Contract",
    "Freshness",
    "Mart",
    "Partition",
    "RawFormat",
    "Rule",
    "Stream",
    "Volume",
    "load_contract",
    "load_contracts",
    "load_mart",
    "load_with_parents",
    "parse_contracts",
    "waves",
]

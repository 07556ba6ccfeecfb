"""Data contracts, as the jobs see them: what the release's builder compiled from `*.odcs.yaml`."""

from etl.contracts.loading import load_contract, load_contracts, load_mart, parse_contracts, waves
from etl.contracts.mart import Mart
from etl.contracts.model import Column, Contract, Freshness, Partition, RawFormat, Rule, Volume

__all__ = [
    "Column",
    "Contract",
    "Freshness",
    "Mart",
    "Partition",
    "RawFormat",
    "Rule",
    "Volume",
    "load_contract",
    "load_contracts",
    "load_mart",
    "parse_contracts",
    "waves",
]

"""Data contracts, as the jobs see them: what the release's builder compiled from `*.odcs.yaml`."""

from etl.contracts.loading import DATASETS, load_contract, load_contracts, waves
from etl.contracts.model import Column, Contract, Freshness, Partition, Rule, Volume

__all__ = [
    "DATASETS",
    "Column",
    "Contract",
    "Freshness",
    "Partition",
    "Rule",
    "Volume",
    "load_contract",
    "load_contracts",
    "waves",
]

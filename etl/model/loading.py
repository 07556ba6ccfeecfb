"""Finds the compiled contracts inside the release."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Callable

from etl.model.contract import Contract
from etl.model.mart import Mart

if TYPE_CHECKING:
    from importlib.abc import Traversable

#: What compiled contracts end in: `etl/contracts/` of the release has them, with a folder for those of marts.
_COMPILED = ".json"


def load_contract(name: str) -> Contract:
    """Read the compiled contract of a dataset from the package.

    Raises FileNotFoundError when the package is a source tree, where contracts are still YAML.
    """
    return Contract.parse(_compiled(name))


def load_mart(name: str) -> Mart:
    """Read the compiled contract of a mart from the package.

    Raises FileNotFoundError when the package is a source tree, where contracts are still YAML.
    """
    return Mart.parse(_compiled(f"marts/{name}"))


def load_contracts(has_archive: Callable[[str], bool] = lambda _: False) -> dict[str, Contract]:
    """The contracts of a batch by the name of their dataset, those first that others refer to.

    A dataset that arrives as a stream alone is one of them only when `has_archive` says so of its name: on
    other days the batch has nothing of it.
    Raises FileNotFoundError when the package is a source tree, where contracts are still YAML.
    """
    found = [file.name for file in _folder().iterdir() if file.name.endswith(_COMPILED)]
    if not found:
        raise _not_compiled("*", "there is no compiled contract")
    contracts = (load_contract(name[: -len(_COMPILED)]) for name in sorted(found))
    ordered = waves({c.name: c for c in contracts if c.has_files or has_archive(c.name)})
    return {contract.name: contract for wave in ordered for contract in wave}


def load_with_parents(names: Iterable[str]) -> dict[str, Contract]:
    """The contracts of datasets and of all that they refer to, those first that others refer to.

    Raises FileNotFoundError when the package is a source tree, where contracts are still YAML.
    """
    found: dict[str, Contract] = {}
    wanted = list(names)
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = load_contract(name)
            wanted += _targets(found[name])
    return {contract.name: contract for wave in waves(found) for contract in wave}


def parse_contracts(documents: Sequence[Mapping[str, Any]]) -> dict[str, Contract]:
    """Compiled contracts that were given to a run, by the name of their dataset."""
    contracts = [Contract.parse(document) for document in documents]
    return {contract.name: contract for contract in contracts}


def waves(contracts: dict[str, Contract]) -> list[list[Contract]]:
    """Contracts in groups: each refers only to datasets of the groups before it.

    Raises ValueError when datasets refer to each other in a circle, or to one that has no contract.
    """
    done: set[str] = set()
    groups: list[list[Contract]] = []
    while len(done) < len(contracts):
        group = [c for c in contracts.values() if c.name not in done and _targets(c) <= done]
        if not group:
            waiting = sorted(set(contracts) - done)
            raise ValueError(f"contracts {', '.join(waiting)} refer to each other, or to an unknown dataset")
        groups.append(group)
        done.update(contract.name for contract in group)
    return groups


def _targets(contract: Contract) -> set[str]:
    return {str(rule.params["dataset"]) for _, rule in contract.references()}


def _folder() -> Traversable:
    return files("etl").joinpath("contracts")


def _compiled(name: str) -> Any:
    try:
        text = _folder().joinpath(f"{name}{_COMPILED}").read_text(encoding="utf-8")
    except OSError as error:
        raise _not_compiled(name, f"no compiled contract of {name!r}") from error
    return json.loads(text)


def _not_compiled(name: str, problem: str) -> FileNotFoundError:
    return FileNotFoundError(
        f"etl/contracts/{name}{_COMPILED}: {problem}; "
        "build the release (`./platform bundle`) and run its etl.zip"
    )

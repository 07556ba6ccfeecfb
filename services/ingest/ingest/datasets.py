"""The streamed datasets of a folder that `./platform contract compile` has written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.validation.compiled import Contract, ContractError
from ingest.validation.validator import Validator

_SCHEMA, _TOPIC = ".schema.json", ".topic.json"


@dataclass(frozen=True)
class Topic:
    """A topic as its contract wants it."""

    name: str
    partitions: int
    config: Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """A dataset that takes events."""

    name: str
    validator: Validator
    schema: Mapping[str, Any]
    topic: Topic


def load_datasets(folder: Path) -> dict[str, Dataset]:
    """Read every streamed dataset of the folder, by name.

    Raises ContractError when there is none, or one that the endpoint could not validate as the jobs do.
    """
    names = [file.name.removesuffix(_TOPIC) for file in sorted(folder.glob(f"*{_TOPIC}"))]
    if not names:
        raise ContractError(
            f"{folder}: has no streamed dataset; write it with `./platform contract compile --out {folder}`"
        )
    return {name: _load(folder, name) for name in names}


def _load(folder: Path, name: str) -> Dataset:
    contract, schema, topic = (_read(folder / f"{name}{end}") for end in (".json", _SCHEMA, _TOPIC))
    return Dataset(
        name,
        Validator(Contract.parse(contract)),
        schema,
        Topic(topic["topic"], topic["partitions"], topic["config"]),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContractError(f"{file}: cannot be read: {error}; compile the contracts again") from error
    return document

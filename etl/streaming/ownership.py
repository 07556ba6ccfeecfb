"""One owner of every streamed dataset: whoever took it over last. An earlier owner can write nothing more."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from typing import Any

from pyspark.sql import SparkSession

from etl.model.layout import STREAM_STATE_FOLDER
from etl.storage.files import Files
from etl.storage.lake import utc_now
from etl.storage.pointer import Pointer


class TakenOverError(RuntimeError):
    """Another process owns the dataset. Nothing was changed after it took over."""


class Ownership:
    """The right to write the streamed tables of some datasets, held until another process takes it."""

    def __init__(self, spark: SparkSession, files: Files, datasets: Iterable[str]) -> None:
        """Take the datasets over from whoever owns them.

        Raises PointerMovedError when another process does the same at this moment.
        """
        self._files = files
        self._pointers = {name: Pointer(spark, files, owner_file(name)) for name in datasets}
        self.generations = {name: self._take(name) for name in self._pointers}

    def require(self, dataset: str) -> None:
        """Raise TakenOverError unless this process still owns the dataset."""
        owner, _ = self._pointers[dataset].read()
        if owner["generation"] != self.generations[dataset]:
            raise TakenOverError(
                f"{self._files.path(owner_file(dataset))}: process {owner['process']} has taken the stream "
                f"of {dataset} over at {owner['since']}; this process ends, what it had begun goes on there"
            )

    def _take(self, dataset: str) -> int:
        owner, version = self._pointers[dataset].read()
        generation = 1 + (owner["generation"] if owner else 0)
        document = {
            "generation": generation,
            "process": f"{os.getpid()} on {socket.gethostname()}",
            "since": utc_now(),
        }
        self._pointers[dataset].replace(document, version)
        return generation


def owner_file(dataset: str) -> str:
    """Return where the owner of a dataset's stream is named, below the lake's root."""
    return f"{STREAM_STATE_FOLDER}/{dataset}/owner.json"


def owner_of(files: Files, dataset: str) -> Any:
    """Read who owns the stream of a dataset; None before the first."""
    return files.read_json(owner_file(dataset))

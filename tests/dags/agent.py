"""Stands in for what runs jobs at AWS: a thread that works on what the emulator only records."""

from __future__ import annotations

import gzip
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlparse

import boto3
from emulated_aws import OF_TESTS


@dataclass(frozen=True)
class StepResult:
    """How a step ended."""

    code: int
    stdout: str
    stderr: str


#: Runs the arguments of one step.
Runner = Callable[[list[str]], StepResult]


class Agent(ABC):
    """Works while it is entered; what goes wrong in its thread is raised when it is left."""

    def __init__(self, endpoint: str, run: Runner) -> None:
        self._s3 = boto3.Session(OF_TESTS, OF_TESTS).client("s3", endpoint_url=endpoint)
        self._run = run
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=type(self).__name__)
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if self.error:
            raise self.error

    def _watch(self) -> None:
        try:
            while not self._stop.wait(0.1):
                for record in self._waiting():
                    self._work(record)
        except Exception as error:
            self.error = error

    @abstractmethod
    def _waiting(self) -> list[Any]:
        """The emulator's records that there may be something to do for."""

    @abstractmethod
    def _work(self, record: Any) -> None:
        """Do the next thing for one of them."""

    def _write_logs(self, folder: str, result: StepResult) -> None:
        """Write what a step said where AWS would: into an s3:// folder."""
        location = urlparse(folder)
        for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
            key = f"{location.path.strip('/')}/{name}.gz"
            self._s3.put_object(Bucket=location.netloc, Key=key, Body=gzip.compress(text.encode()))

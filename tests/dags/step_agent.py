"""Stands in for the cluster: runs the steps that the emulated EMR only records.

The emulator keeps a step RUNNING for ever. This agent watches its records (they are no API: the version is
pinned), runs each step in turn, writes its output where EMR would, and moves step and cluster on as EMR does.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

import boto3
from moto.emr.models import emr_backends


@dataclass(frozen=True)
class StepResult:
    """How a step ended."""

    code: int
    stdout: str
    stderr: str


#: Runs the arguments of one step.
Runner = Callable[[list[str]], StepResult]


class StepAgent:
    """Works on the steps of every emulated cluster while it is entered."""

    def __init__(self, endpoint: str, run: Runner) -> None:
        self._s3 = boto3.client("s3", endpoint_url=endpoint)
        self._run = run
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="step-agent")
        self.error: BaseException | None = None

    def __enter__(self) -> StepAgent:
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
                for cluster in self._clusters():
                    self._work(cluster)
        except Exception as error:
            self.error = error

    @staticmethod
    def _clusters() -> list[Any]:
        backends = [backend for account in emr_backends.values() for backend in account.values()]
        return [cluster for backend in backends for cluster in list(backend.clusters.values())]

    def _work(self, cluster: Any) -> None:
        step = next((step for step in cluster.steps if step.state in ("PENDING", "RUNNING")), None)
        if step is None or cluster.state == "TERMINATED":
            return
        step.state = "RUNNING"
        step.start()
        result = self._run(step.args)
        self._write_logs(cluster, step, result)
        self._finish(cluster, step, result)

    def _write_logs(self, cluster: Any, step: Any, result: StepResult) -> None:
        location = urlparse(cluster.log_uri)
        folder = f"{location.path.strip('/')}/{cluster.id}/steps/{step.id}"
        for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
            body = gzip.compress(text.encode())
            self._s3.put_object(Bucket=location.netloc, Key=f"{folder}/{name}.gz", Body=body)

    @staticmethod
    def _finish(cluster: Any, step: Any, result: StepResult) -> None:
        if result.code == 0:
            step.state = "COMPLETED"
        else:
            step.last_state_change_reason = f"Step ended with exit code {result.code}"
            if step.action_on_failure == "CANCEL_AND_WAIT":
                for later in cluster.steps[cluster.steps.index(step) + 1 :]:
                    later.state = "CANCELLED"
            step.state = "FAILED"
        if all(other.state != "PENDING" for other in cluster.steps) and cluster.state != "TERMINATED":
            cluster.state = "WAITING"

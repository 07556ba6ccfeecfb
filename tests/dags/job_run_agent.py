"""Stands in for EMR Serverless: runs the job runs that the emulator only records.

The emulator calls every job run a success at birth. This agent makes them begin as AWS does, watches its
records (they are no API: the version is pinned), runs each one's `spark-submit`, writes its output where EMR
Serverless would, and moves it on.
"""

from __future__ import annotations

from typing import Any, Self

import pytest
from agent import Agent, Runner
from moto.emrserverless import models


def spark_submit(job_run: Any) -> list[str]:
    """Put a request into the words of `spark-submit`, settings by classification first."""
    submit = job_run.job_driver["sparkSubmit"]
    (defaults,) = job_run.configuration_overrides["applicationConfiguration"]
    assert defaults["classification"] == "spark-defaults"
    settings = [
        part for key, value in defaults["properties"].items() for part in ("--conf", f"{key}={value}")
    ]
    return [
        "spark-submit",
        *settings,
        *submit["sparkSubmitParameters"].split(),
        submit["entryPoint"],
        *submit["entryPointArguments"],
    ]


class JobRunAgent(Agent):
    """Works on the job runs of every emulated application while it is entered."""

    def __init__(self, endpoint: str, log_uri: str, run: Runner) -> None:
        super().__init__(endpoint, run)
        self._log_uri = log_uri
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> Self:
        self._patch.setattr(models, "JOB_STATUS", "SUBMITTED")
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        try:
            super().__exit__()
        finally:
            self._patch.undo()

    def _waiting(self) -> list[Any]:
        backends = [
            backend for account in models.emrserverless_backends.values() for backend in account.values()
        ]
        job_runs = [
            run for backend in backends for runs in list(backend.job_runs.values()) for run in list(runs)
        ]
        return [run for run in job_runs if run.state == "SUBMITTED"]

    def _work(self, record: Any) -> None:
        record.state = "RUNNING"
        result = self._run(spark_submit(record))
        path = f"applications/{record.application_id}/jobs/{record.id}/SPARK_DRIVER"
        self._write_logs(f"{self._log_uri.rstrip('/')}/{path}", result)
        if record.state != "RUNNING":
            return
        record.state = "SUCCESS" if result.code == 0 else "FAILED"
        if result.code != 0:
            record.state_details = f"Job failed, exit code: {result.code}"

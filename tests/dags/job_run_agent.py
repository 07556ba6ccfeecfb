"""Stands in for EMR Serverless: runs the job runs that the emulator only records.

The emulator calls every job run a success at birth. This agent makes them begin as AWS does, watches its
records (they are no API: the version is pinned), runs each one's `spark-submit`, writes its output where EMR
Serverless would, and moves it on.
"""

from __future__ import annotations

import gzip
import threading
from typing import Any
from urllib.parse import urlparse

import boto3
import pytest
from moto.emrserverless import models
from step_agent import Runner, StepResult


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


class JobRunAgent:
    """Works on the job runs of every emulated application while it is entered."""

    def __init__(self, endpoint: str, log_uri: str, run: Runner) -> None:
        self._s3 = boto3.client("s3", endpoint_url=endpoint)
        self._log_uri = log_uri
        self._run = run
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="job-run-agent")
        self._patch = pytest.MonkeyPatch()
        self.error: BaseException | None = None

    def __enter__(self) -> JobRunAgent:
        self._patch.setattr(models, "JOB_STATUS", "SUBMITTED")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._patch.undo()
        if self.error:
            raise self.error

    def _watch(self) -> None:
        try:
            while not self._stop.wait(0.1):
                for job_run in self._submitted():
                    self._work(job_run)
        except Exception as error:
            self.error = error

    @staticmethod
    def _submitted() -> list[Any]:
        backends = [
            backend for account in models.emrserverless_backends.values() for backend in account.values()
        ]
        job_runs = [
            run for backend in backends for runs in list(backend.job_runs.values()) for run in list(runs)
        ]
        return [run for run in job_runs if run.state == "SUBMITTED"]

    def _work(self, job_run: Any) -> None:
        job_run.state = "RUNNING"
        result = self._run(spark_submit(job_run))
        self._write_logs(job_run, result)
        if job_run.state != "RUNNING":
            return
        job_run.state = "SUCCESS" if result.code == 0 else "FAILED"
        if result.code != 0:
            job_run.state_details = f"Job failed, exit code: {result.code}"

    def _write_logs(self, job_run: Any, result: StepResult) -> None:
        location = urlparse(self._log_uri)
        path = f"applications/{job_run.application_id}/jobs/{job_run.id}/SPARK_DRIVER"
        for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
            key = f"{location.path.strip('/')}/{path}/{name}.gz"
            self._s3.put_object(Bucket=location.netloc, Key=key, Body=gzip.compress(text.encode()))

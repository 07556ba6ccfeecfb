"""Structured logs: one JSON object a line on stderr, each with the run and the job it belongs to."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("etl")


def configure_logs(job: str, run_id: str) -> None:
    """Send this package's logs to stderr as JSON, each line with the job and its run id."""
    formatter = JsonFormatter(
        "%(asctime)s %(levelname)s %(message)s",
        rename_fields={"asctime": "time", "levelname": "level"},
        static_fields={"job": job, "run_id": run_id},
        datefmt="%Y-%m-%dT%H:%M:%SZ",
    )
    formatter.converter = time.gmtime
    target = logging.StreamHandler(sys.stderr)
    target.setFormatter(formatter)
    log.handlers[:] = [target]
    log.setLevel(logging.INFO)
    log.propagate = False


@dataclass
class Stage:
    """A part of a job as it is reported: its wall seconds, the rows it read and the rows it wrote."""

    name: str
    seconds: float = 0.0
    rows_in: int = 0
    rows_out: int = 0

    def as_result(self) -> dict[str, Any]:
        """The stage as `results.json` has it."""
        return {
            "name": self.name,
            "seconds": round(self.seconds, 3),
            "rows_in": self.rows_in,
            "rows_out": self.rows_out,
        }


@dataclass
class Stages:
    """The stages of a job in the order they started; several may run at once."""

    done: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time a stage and log its start and its end. A stage that fails is logged by the job, not here."""
        stage = Stage(name)
        self.done.append(stage)
        log.info("started", extra={"stage": name})
        start = time.perf_counter()
        yield stage
        stage.seconds = time.perf_counter() - start
        log.info(
            "finished", extra={"stage": name, "rows": stage.rows_out, "seconds": round(stage.seconds, 2)}
        )

    def as_results(self) -> list[dict[str, Any]]:
        """The stages as `results.json` has them."""
        return [stage.as_result() for stage in self.done]

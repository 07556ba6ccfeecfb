"""Stands in for the cluster: runs the steps that the emulated EMR only records.

The emulator keeps a step RUNNING for ever. This agent watches its records (they are no API: the version is
pinned), runs each step in turn, writes its output where EMR would, and moves step and cluster on as EMR does.
"""

from __future__ import annotations

from typing import Any

from agent import Agent, StepResult
from moto.emr.models import emr_backends


class StepAgent(Agent):
    """Works on the steps of every emulated cluster while it is entered."""

    def _waiting(self) -> list[Any]:
        backends = [backend for account in emr_backends.values() for backend in account.values()]
        return [cluster for backend in backends for cluster in list(backend.clusters.values())]

    def _work(self, record: Any) -> None:
        cluster = record
        step = next((step for step in cluster.steps if step.state in ("PENDING", "RUNNING")), None)
        if step is None or cluster.state == "TERMINATED":
            return
        step.state = "RUNNING"
        step.start()
        command, *rest = step.args
        result = self._run([command, *_event_log(cluster), *rest])
        self._write_logs(f"{cluster.log_uri.rstrip('/')}/{cluster.id}/steps/{step.id}", result)
        self._finish(cluster, step, result)

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


def _event_log(cluster: Any) -> list[str]:
    """Return the cluster's own settings of Spark's event log, which its nodes have in `spark-defaults`."""
    defaults = [each for each in cluster.configurations if each["classification"] == "spark-defaults"]
    settings = {key: value for each in defaults for key, value in each["properties"].items()}
    return [
        part
        for key, value in settings.items()
        if key.startswith("spark.eventLog.")
        for part in ("--conf", f"{key}={value}")
    ]

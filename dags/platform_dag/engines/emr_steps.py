"""The EMR steps of a run, one `spark-submit` each, and the sensor over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.providers.amazon.aws.hooks.emr import EmrHook
from airflow.providers.amazon.aws.triggers.emr import EmrStepSensorTrigger
from airflow.sdk import Context
from airflow.triggers.base import BaseTrigger

from platform_dag.deferred import DeferredSensor
from platform_dag.facts import full_name
from platform_dag.failed_step import fail
from platform_dag.program import Attempt, program, steps_of, table_settings

#: States a step never leaves (EMR API reference, "StepStatus").
FAILED_STATES = frozenset({"FAILED", "CANCELLED", "INTERRUPTED"})


def spark_steps(attempt: Attempt) -> list[dict[str, Any]]:
    """Build the `Steps` of `AddJobFlowSteps`, in their order.

    Their names begin with the environment's: EMR's events tell a step's name and not its cluster's, and the
    alarm on failed steps must tell environments of one account apart.

    A failed step cancels those after it and leaves the cluster to the DAG, which terminates it (EMR API
    reference, "StepConfig": `CANCEL_AND_WAIT`).
    """
    environment = full_name(attempt.facts.orchestration)
    return [
        {
            "Name": f"{environment}/{step}",
            "ActionOnFailure": "CANCEL_AND_WAIT",
            "HadoopJarStep": {"Jar": "command-runner.jar", "Args": _spark_submit(step, attempt)},
        }
        for step in steps_of(attempt)
    ]


def _spark_submit(step: str, attempt: Attempt) -> list[str]:
    what = program(step, attempt)
    settings = {**table_settings(attempt.facts.lake), **attempt.release.spark_conf}
    return [
        "spark-submit",
        # The driver's output is the step's log in client mode; in cluster mode it hides in a YARN container.
        *("--deploy-mode", "client"),
        *(part for key, value in sorted(settings.items()) for part in ("--conf", f"{key}={value}")),
        *("--py-files", what.py_files),
        what.entry_point,
        *what.arguments,
    ]


def step_of(name: str) -> str:
    """Return which step of a release an EMR step of that name is."""
    return name.rpartition("/")[2]


def step_log_uri(log_uri: str, cluster_id: str, step_id: str) -> str:
    """Return where EMR keeps a step's `stdout.gz` and `stderr.gz`.

    Source: EMR management guide, "View Amazon EMR log files".
    """
    return f"{log_uri.rstrip('/')}/{cluster_id}/steps/{step_id}/"


def failure_reason(status: dict[str, Any]) -> str:
    """Put a step's failure into words: EMR's own analysis where there is one, and why its state changed."""
    details = status.get("FailureDetails", {})
    reason = status.get("StateChangeReason", {})
    words = [details.get("Reason"), details.get("Message"), reason.get("Message")]
    return "; ".join(word for word in words if word) or "EMR gave no reason"


class StepsSensor(DeferredSensor):
    """Wait until every step is COMPLETED; fail, without a retry, as soon as one of them ends otherwise.

    The step that failed is pushed as XCom `failed_step` (name, id, state, reason, log), for the mail.

    :param job_flow_id: the cluster. (templated)
    :param step_ids: all steps to watch, in their order. (templated)
    :param log_uri: the cluster's log folder, an s3:// URI. (templated)
    """

    template_fields: Sequence[str] = ("job_flow_id", "step_ids", "log_uri")

    def __init__(self, *, job_flow_id: str, step_ids: list[str], log_uri: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job_flow_id = job_flow_id
        self.step_ids = step_ids
        self.log_uri = log_uri
        self.awaited = ""

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Wait until the step that is on its way has ended."""
        return EmrStepSensorTrigger(
            job_flow_id=self.job_flow_id,
            step_id=self.awaited,
            waiter_delay=delay,
            waiter_max_attempts=attempts,
            aws_conn_id=None,
        )

    def poke(self, context: Context) -> bool:
        """Look at every step once."""
        client = EmrHook(aws_conn_id=None).conn
        steps = [
            client.describe_step(ClusterId=self.job_flow_id, StepId=step_id)["Step"]
            for step_id in self.step_ids
        ]
        states = [step["Status"]["State"] for step in steps]
        self.log.info("Steps: %s", ", ".join(f"{step['Name']} {state}" for step, state in zip(steps, states)))
        failed = [step for step, state in zip(steps, states) if state in FAILED_STATES]
        if failed:
            self._fail(context, failed)
        on_their_way = [step["Id"] for step, state in zip(steps, states) if state != "COMPLETED"]
        self.awaited = next(iter(on_their_way), "")
        return not on_their_way

    def _fail(self, context: Context, failed: list[dict[str, Any]]) -> None:
        # What follows a failed step is cancelled: the cause is the one that is not, if there is one.
        cause = next((step for step in failed if step["Status"]["State"] != "CANCELLED"), failed[0])
        fail(
            context,
            {
                "name": step_of(cause["Name"]),
                "id": cause["Id"],
                "state": cause["Status"]["State"],
                "reason": failure_reason(cause["Status"]),
                "log": step_log_uri(self.log_uri, self.job_flow_id, cause["Id"]),
            },
        )

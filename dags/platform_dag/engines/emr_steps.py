"""One sensor over all steps of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.providers.amazon.aws.hooks.emr import EmrHook
from airflow.providers.amazon.aws.triggers.emr import EmrStepSensorTrigger
from airflow.sdk import Context
from airflow.triggers.base import BaseTrigger

from platform_dag.deferred import DeferredSensor
from platform_dag.steps import step_of

#: States a step never leaves (EMR API reference, "StepStatus").
FAILED_STATES = frozenset({"FAILED", "CANCELLED", "INTERRUPTED"})
#: XCom key under which a failed step is left for the mail.
FAILED_STEP = "failed_step"


def step_log_uri(log_uri: str, cluster_id: str, step_id: str) -> str:
    """Say where EMR keeps a step's `stdout.gz` and `stderr.gz`.

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
        details = {
            "name": step_of(cause["Name"]),
            "id": cause["Id"],
            "state": cause["Status"]["State"],
            "reason": failure_reason(cause["Status"]),
            "log": step_log_uri(self.log_uri, self.job_flow_id, cause["Id"]),
        }
        context["ti"].xcom_push(key=FAILED_STEP, value=details)
        raise AirflowFailException(
            f"Step {details['name']} ({details['id']}) is {details['state']}: {details['reason']}. "
            f"Log: {details['log']}"
        )

"""A step that did not succeed: the end of its run, and what the mail says about it."""

from __future__ import annotations

from typing import NoReturn, TypedDict

from airflow.sdk import Context

from platform_dag.errors import PlatformError

#: XCom key under which a sensor leaves a failed step for the mail.
FAILED_STEP = "failed_step"


class FailedStep(TypedDict):
    """How a step ended, in the engine's words."""

    name: str
    id: str
    state: str
    reason: str
    #: URI of the folder with its logs.
    log: str


class FailedStepError(PlatformError):
    """A step of the run did not succeed."""


def fail(context: Context, step: FailedStep) -> NoReturn:
    """Leave a step for the mail and end its run.

    :raises FailedStepError: always.
    """
    context["ti"].xcom_push(key=FAILED_STEP, value=step)
    raise FailedStepError(
        f"Step {step['name']} ({step['id']}) is {step['state']}: {step['reason']}. Log: {step['log']}"
    )

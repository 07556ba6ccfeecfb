"""The root of the errors that DAGs raise on purpose."""

from __future__ import annotations

from airflow.exceptions import AirflowFailException


class PlatformError(AirflowFailException):
    """Something that a retry would meet again, so that the task fails at once.

    `packages/` have their own roots: they know nothing of Airflow. What they raise on a wrong input becomes
    one of these where DAGs call them.
    """

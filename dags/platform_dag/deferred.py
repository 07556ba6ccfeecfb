"""Sensors that wait in the triggerer, where waiting costs no worker.

A look is a task on a worker: some seconds of one. So there are two for each thing that is waited for, before
and after, and in between a trigger of the Amazon provider asks AWS. Triggers of our own would not do: Airflow
3's triggerer loads none from the folder of DAGs (Apache Airflow documentation, "Dag Bundles").
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.exceptions import AirflowSensorTimeout, TaskDeferralError
from airflow.sdk import BaseSensorOperator, Context
from airflow.triggers.base import BaseTrigger

#: Attempts beyond the deadline: it is the deadline that ends the waiting, which is not retried.
_SPARE_ATTEMPTS = 2


class DeferredSensor(BaseSensorOperator):
    """Look, wait in the triggerer until something has changed, and look again.

    Whatever the trigger ends with, the look decides. `poke_interval` is how often the trigger asks, `timeout`
    how long all of it may take.
    """

    def trigger(self, delay: float, attempts: int) -> BaseTrigger:
        """Return what waits for that which the last look did not find.

        :param delay: seconds between two attempts.
        """
        raise NotImplementedError

    def execute(self, context: Context) -> None:
        """Look for the first time."""
        self._wait(context, datetime.now(timezone.utc) + timedelta(seconds=self.timeout))

    def look_again(self, context: Context, deadline: str = "", event: dict[str, Any] | None = None) -> None:
        """Look after the trigger has ended; there may be another thing to wait for."""
        if deadline:
            self._wait(context, datetime.fromisoformat(deadline))
        else:
            self.execute(context)

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Context) -> Any:
        """Look, too, when the trigger has failed: it fails with what it waits for, and knows less of it."""
        try:
            return super().resume_execution(next_method, next_kwargs, context)
        except TaskDeferralError:
            if not self.poke(context):
                raise
            return None

    def _wait(self, context: Context, deadline: datetime) -> None:
        if self.poke(context):
            return
        left = deadline - datetime.now(timezone.utc)
        if left <= timedelta():
            raise AirflowSensorTimeout(f"It took more than {timedelta(seconds=self.timeout)}.")
        attempts = math.ceil(left.total_seconds() / self.poke_interval) + _SPARE_ATTEMPTS
        self.defer(
            trigger=self.trigger(self.poke_interval, attempts),
            method_name=self.look_again.__name__,
            kwargs={"deadline": deadline.isoformat()},
            timeout=left,
        )

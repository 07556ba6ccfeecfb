"""What a sensor leaves behind when it is asked to look, outside of Airflow."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import BaseSensorOperator


class Pushed:
    """A task instance that keeps what is pushed."""

    def __init__(self) -> None:
        self.xcoms: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        """Keep one value."""
        self.xcoms[key] = value


def poke(sensor: BaseSensorOperator) -> tuple[bool | str, Pushed]:
    """Look once: what the sensor says, or the error it fails with, and what it pushed."""
    pushed = Pushed()
    try:
        return sensor.poke({"ti": pushed}), pushed
    except AirflowFailException as error:
        return str(error), pushed

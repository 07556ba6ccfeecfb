"""What a pipeline needs from the engine that it runs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from platform_dag.facts import Processing
from platform_dag.program import Attempt
from platform_metadata.usage import Awaited, Usage


@dataclass(frozen=True)
class Plan:
    """What an engine plans for one attempt."""

    #: What the engine's tasks work with, each key an XCom.
    work: dict[str, Any]
    #: What mails and asset events say about the run beside its date, id and release.
    summary: dict[str, str] = field(default_factory=dict)


class EngineTasks(NamedTuple):
    """The tasks of an engine that a pipeline ends with."""

    #: Succeeds when every step did.
    check: Any
    #: Leaves nothing running, whatever became of the tasks before it.
    teardown: Any


class Engine(Protocol):
    """Runs the steps of a release: one implementation for each value of `processing.compute`."""

    #: The value of `processing.compute`, and of the Airflow option `platform.compute`.
    compute: str
    #: The DAG that runs on it; a published name.
    dag_id: str
    tags: Sequence[str]

    def plan(self, attempt: Attempt) -> Plan:
        """Plan one attempt, without a call to AWS.

        :raises PlatformError: the engine cannot run it.
        """

    def add_tasks(self, plan: Any) -> EngineTasks:
        """Add the tasks that run a plan to the DAG of the surrounding `with`.

        They include the teardown, which cancels or terminates what a failed or late run has left.

        :param plan: the first task's XComs: `plan["key"]` for each key of `Plan.work`.
        """

    def usage(
        self, environment: str, processing: Processing, runs: Sequence[Awaited], since: datetime
    ) -> Iterator[tuple[str, Usage]]:
        """Return what runs used, by run id, as far as AWS knows it yet. Only inside a task.

        Runs of another engine, or of a time before this one existed, are not found: that is no error.

        :param environment: the environment's full name, `big-data-dev`.
        :param since: no run began earlier.
        """

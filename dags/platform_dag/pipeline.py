"""The tasks of a pipeline, on whichever engine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from airflow.sdk import task

from platform_dag.begin import begin
from platform_dag.end import end_workflow
from platform_dag.engines.engine import Engine


def add_pipeline(engine: Engine) -> None:
    """Add the tasks to the DAG of the surrounding `with`: plan, the engine's own tasks, and the end."""

    @task(task_id="begin_workflow", multiple_outputs=True)
    def begin_workflow(data_interval_start: datetime | None = None, dag_run: Any = None) -> dict[str, Any]:
        """Plan the run; all later tasks work with this plan."""
        return begin(engine, dag_run, data_interval_start)

    check, teardown = engine.add_tasks(begin_workflow())
    end = end_workflow()
    # The end depends on the steps as well as on the teardown: failed steps must not end in a green run.
    check >> [teardown, end]
    teardown >> end

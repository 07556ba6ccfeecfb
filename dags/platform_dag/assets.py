"""What DAGs tell each other: that something new is there, as Airflow assets.

Names and not places: the buckets are facts, which no DAG reads while it is parsed. What an event carries says
the rest. A DAG that is to run afterwards names an asset as its `schedule` (docs/guides/add-a-dag.md).
"""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowSkipException
from airflow.sdk import Asset

#: The lake's published tables. A run that has published them says which: `run_date`, `run_id`, `release`, and
#: `results`, the URI of its `results.json`.
PUBLISHED_TABLES = Asset(name="published_tables", uri="x-lake://published")

#: Raw data of one or more days is complete; the event says of which, in `run_dates`.
RAW_BATCHES = Asset(name="raw_batches", uri="x-lake://raw")


def published_run(ti: Any) -> dict[str, str]:
    """Say which run has published, for the event of its asset. Only inside the last task of a pipeline.

    :raises AirflowSkipException: the run has maintained the tables and published nothing: there is no event.
    """
    run: dict[str, str] = ti.xcom_pull(task_ids="begin_workflow", key="run")
    if "run_date" not in run:
        raise AirflowSkipException("The tables were maintained, and nothing was published.")
    return run

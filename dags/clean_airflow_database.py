"""Deletes old DAG runs from Airflow's own database, with their task instances and XComs.

Airflow keeps every run for good, and its scheduler becomes slower with the size of its database. Only tasks'
logs are elsewhere, in CloudWatch. `orchestration.run_history_days` says how long runs stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task

from platform_dag import airflow_api, facts, run_history
from platform_dag.unattended import unattended

with DAG(
    dag_id="clean_airflow_database",
    doc_md=__doc__,
    # When the morning's other DAGs have run, and before tables are maintained.
    schedule="0 9 * * *",
    tags=["metadata"],
    **unattended(timedelta(hours=1)),
) as dag:

    @task(task_id="delete_old_runs")
    def delete_old_runs() -> run_history.Cleaned:
        """Delete the runs that ended too long ago; how many is the task's XCom."""
        orchestration = facts.read(facts.Orchestration)
        environment = orchestration.airflow_environment
        if environment is None:
            raise AirflowSkipException("the stack orchestration of this release is not applied yet")
        days = orchestration.run_history_days or run_history.DAYS
        before = datetime.now(timezone.utc) - timedelta(days=days)
        api = airflow_api.AirflowApi(lambda: airflow_api.mwaa_access(environment))
        return run_history.delete_old_runs(api, before)

    delete_old_runs()

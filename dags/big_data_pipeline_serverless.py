"""Big data pipeline on EMR Serverless: a job run for each step of the published bundle, one after the other.

It is `big_data_pipeline` on another engine, for environments whose `processing.compute` is `emr_serverless`;
elsewhere its runs are skipped. The five tasks are documented, with what a failure looks like, in
docs/airflow.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.sdk import DAG, task

from platform_dag.batch import batch_start, is_maintenance
from platform_dag.begin import begin
from platform_dag.daily import daily
from platform_dag.end import end_workflow
from platform_dag.job_runs import JobRun
from platform_dag.job_runs_sensor import JobRunsSensor, cancel_started, client
from platform_dag.plan import plan_serverless_run
from platform_dag.sized import volume_of_run

with DAG(
    dag_id="big_data_pipeline_serverless",
    doc_md=__doc__,
    tags=["emr-serverless", "spark"],
    **daily(),
) as dag:

    @task(task_id="begin_workflow", multiple_outputs=True)
    def begin_workflow(data_interval_start: datetime | None = None, dag_run: Any = None) -> dict[str, Any]:
        """Resolve the facts and the release once, measure the batch; all later tasks work with this plan."""
        maintenance = is_maintenance(dag_run.conf)
        start = None if maintenance else batch_start(dag_run.conf, data_interval_start)
        facts, release = begin("emr_serverless", dag_run.run_type)
        volume = volume_of_run(facts.lake, start, maintenance=maintenance)
        now = datetime.now(timezone.utc)
        return {**plan_serverless_run(facts, release, start, now, volume, maintenance=maintenance)}

    @task(task_id="submit_spark_application")
    def submit_spark_application(job_runs: list[JobRun]) -> str:
        """Start the first step, and with it the application; repeated, it starts nothing twice."""
        job_run_id: str = client().start_job_run(**job_runs[0]["request"])["jobRunId"]
        return job_run_id

    @task(task_id="cancel_job_runs")
    def cancel_job_runs(job_runs: list[JobRun], since: str) -> list[str]:
        """Cancel what has not ended: nothing after success, one job at most after a time-out."""
        return cancel_started(job_runs, since)

    plan = begin_workflow()
    submitted = submit_spark_application(plan["job_runs"])

    check_submission_status = JobRunsSensor(
        task_id="check_submission_status",
        job_runs=plan["job_runs"],
        since=plan["since"],
        log_uri=plan["log_uri"],
        poke_interval=60,
        timeout=timedelta(hours=8).total_seconds(),
    )

    # A teardown of the plan and not of the submission: a worker that is lost there may have started a job.
    cancelled = cancel_job_runs(plan["job_runs"], plan["since"]).as_teardown(setups=plan)

    end = end_workflow()

    submitted >> check_submission_status
    # The end depends on the steps as well as on the cancelling: failed steps must not end in a green run.
    check_submission_status >> [cancelled, end]
    cancelled >> end

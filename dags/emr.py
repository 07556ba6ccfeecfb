"""Big data pipeline: one EMR cluster a day, which runs the steps of the published bundle and is terminated.

The seven tasks are documented, with what they do and what a failure looks like, in docs/airflow.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator,
    EmrCreateJobFlowOperator,
    EmrTerminateJobFlowOperator,
)
from airflow.sdk import DAG, task

from platform_dag.batch import batch_start, is_maintenance
from platform_dag.begin import begin
from platform_dag.daily import daily
from platform_dag.deferred import ClusterSensor
from platform_dag.end import end_workflow
from platform_dag.plan import CLUSTER_START_TIMEOUT, plan_run
from platform_dag.sensors import StepsSensor
from platform_dag.sized import volume_of_run

with DAG(
    dag_id="big_data_pipeline",
    doc_md=__doc__,
    tags=["emr", "spark"],
    **daily(),
) as dag:

    @task(task_id="begin_workflow", multiple_outputs=True)
    def begin_workflow(data_interval_start: datetime | None = None, dag_run: Any = None) -> dict[str, Any]:
        """Resolve the facts and the release once, measure the batch; all later tasks work with this plan."""
        maintenance = is_maintenance(dag_run.conf)
        start = None if maintenance else batch_start(dag_run.conf, data_interval_start)
        facts, release = begin("emr", dag_run.run_type)
        volume = volume_of_run(facts.lake, start, maintenance=maintenance)
        now = datetime.now(timezone.utc)
        return {**plan_run(facts, release, start, now, volume, maintenance=maintenance)}

    plan = begin_workflow()

    create_emr_cluster = EmrCreateJobFlowOperator(
        task_id="create_emr_cluster", aws_conn_id=None, emr_conn_id=None, job_flow_overrides=plan["cluster"]
    )
    cluster_id = create_emr_cluster.output

    check_cluster_ready = ClusterSensor(
        task_id="check_cluster_ready",
        aws_conn_id=None,
        job_flow_id=cluster_id,
        target_states=["RUNNING", "WAITING"],
        failed_states=["TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"],
        poke_interval=60,
        timeout=CLUSTER_START_TIMEOUT.total_seconds(),
    )

    submit_spark_application = EmrAddStepsOperator(
        task_id="submit_spark_application", aws_conn_id=None, job_flow_id=cluster_id, steps=plan["steps"]
    )

    check_submission_status = StepsSensor(
        task_id="check_submission_status",
        job_flow_id=cluster_id,
        step_ids=submit_spark_application.output,
        log_uri=plan["log_uri"],
        poke_interval=60,
        timeout=timedelta(hours=8).total_seconds(),
    )

    # A teardown runs whenever its setup did, whatever became of the tasks in between.
    terminate_emr_cluster = EmrTerminateJobFlowOperator(
        task_id="terminate_emr_cluster", aws_conn_id=None, job_flow_id=cluster_id
    ).as_teardown(setups=create_emr_cluster)

    end = end_workflow()

    plan >> create_emr_cluster >> check_cluster_ready >> submit_spark_application >> check_submission_status
    # The end depends on the steps as well as on the termination: failed steps must not end in a green run.
    check_submission_status >> [terminate_emr_cluster, end]
    terminate_emr_cluster >> end

"""Exactly the documented tasks, in the documented order, with the documented settings."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from airflow.sdk import DAG
from environment_options import all_dags

from platform_dag.arrivals import LEASE
from platform_dag.batch import is_maintenance
from platform_dag.deferred import DeferredSensor
from platform_dag.engines import ENGINES
from platform_dag.mail import mail_failure, mail_success
from platform_dag.metrics import send_metrics

_DAGS = all_dags()
PIPELINE = _DAGS["big_data_pipeline"]
SERVERLESS = _DAGS["big_data_pipeline_serverless"]
ADDITION = _DAGS["simple_addition"]
RECORDING = _DAGS["record_runs"]
CLEANING = _DAGS["clean_airflow_database"]
ARRIVALS = _DAGS["ingest_on_arrival"]
RECONCILING = _DAGS["reconcile_raw"]
MAINTAINING = _DAGS["maintain_tables"]
DAGS_BY_ID = pytest.mark.parametrize("dag", [PIPELINE, SERVERLESS, ADDITION], ids=lambda dag: dag.dag_id)


def _edges(dag: DAG) -> dict[str, set[str]]:
    return {task.task_id: task.downstream_task_ids for task in dag.tasks}


def test_the_pipeline_has_the_documented_tasks_and_their_edges() -> None:
    assert _edges(PIPELINE) == {
        "begin_workflow": {
            "create_emr_cluster",
            "submit_spark_application",
            "check_submission_status",
            "terminate_emr_cluster",
        },
        "create_emr_cluster": {"check_cluster_ready", "submit_spark_application", "check_submission_status"},
        "check_cluster_ready": {"submit_spark_application"},
        "submit_spark_application": {"check_submission_status"},
        "check_submission_status": {"terminate_emr_cluster", "end_workflow"},
        "terminate_emr_cluster": {"end_workflow"},
        "end_workflow": set(),
    }


def test_the_pipeline_terminates_what_it_may_have_created() -> None:
    terminate = PIPELINE.get_task("terminate_emr_cluster")
    assert terminate.is_teardown
    assert [task.task_id for task in PIPELINE.tasks if task.is_setup] == ["begin_workflow"]
    assert terminate.trigger_rule == "all_done_setup_success"


def test_the_pipeline_on_emr_serverless_has_the_documented_tasks_and_their_edges() -> None:
    assert _edges(SERVERLESS) == {
        "begin_workflow": {"submit_spark_application", "check_submission_status", "cancel_job_runs"},
        "submit_spark_application": {"check_submission_status"},
        "check_submission_status": {"cancel_job_runs", "end_workflow"},
        "cancel_job_runs": {"end_workflow"},
        "end_workflow": set(),
    }


def test_the_pipeline_on_emr_serverless_cancels_what_may_have_been_started() -> None:
    cancel = SERVERLESS.get_task("cancel_job_runs")
    assert cancel.is_teardown
    assert [task.task_id for task in SERVERLESS.tasks if task.is_setup] == ["begin_workflow"]
    assert cancel.trigger_rule == "all_done_setup_success"


def test_both_pipelines_have_the_same_schedule_and_limits() -> None:
    for name in ("catchup", "max_active_runs", "start_date", "default_args"):
        assert getattr(SERVERLESS, name) == getattr(PIPELINE, name), name
    assert SERVERLESS.timetable.summary == PIPELINE.timetable.summary


def test_simple_addition_has_the_documented_tasks_and_their_edges() -> None:
    assert _edges(ADDITION) == {"start": {"addition_task"}, "addition_task": {"end"}, "end": set()}


@DAGS_BY_ID
def test_a_dag_runs_daily_without_catch_up_one_at_a_time(dag: DAG) -> None:
    assert not dag.catchup
    assert dag.max_active_runs == 1
    interval = dag.timetable.infer_manual_data_interval(
        run_after=datetime(2025, 3, 9, 10, tzinfo=timezone.utc)
    )
    assert interval.start.isoformat() == "2025-03-08T00:00:00+00:00"
    assert interval.end.isoformat() == "2025-03-09T00:00:00+00:00"


@pytest.mark.parametrize("dag", _DAGS.values(), ids=lambda dag: dag.dag_id)
def test_a_dag_runs_without_anybody_unpausing_it(dag: DAG) -> None:
    assert dag.is_paused_upon_creation is False


@DAGS_BY_ID
def test_a_dag_has_no_time_out_of_its_own_which_would_skip_the_teardown(dag: DAG) -> None:
    assert dag.dagrun_timeout is None


@DAGS_BY_ID
def test_every_task_is_retried_later_limited_in_time_and_mails_its_failure(dag: DAG) -> None:
    for task in dag.tasks:
        assert task.retries == 2, task.task_id
        assert task.retry_delay == timedelta(minutes=5), task.task_id
        assert timedelta() < task.execution_timeout <= timedelta(minutes=15), task.task_id
        assert list(task.on_failure_callback) == [mail_failure], task.task_id


@DAGS_BY_ID
def test_only_the_last_task_mails_success_and_sends_metrics_of_it(dag: DAG) -> None:
    mailing = {task.task_id: list(task.on_success_callback) for task in dag.tasks if task.on_success_callback}
    metrics = [send_metrics] if dag in (PIPELINE, SERVERLESS) else []
    assert mailing == {dag.leaves[0].task_id: [mail_success, *metrics]}
    # A run that maintained the tables skips it.
    assert list(dag.leaves[0].on_skipped_callback or []) == ([mail_success] if metrics else [])
    assert len(dag.leaves) == 1


def test_sensors_wait_without_a_worker_and_give_up_in_time() -> None:
    sensors = {
        (dag.dag_id, task.task_id): (isinstance(task, DeferredSensor), task.poke_interval, task.timeout)
        for dag in (PIPELINE, SERVERLESS)
        for task in dag.tasks
        if hasattr(task, "poke")
    }
    assert sensors == {
        ("big_data_pipeline", "check_cluster_ready"): (True, 60, 2 * 3600),
        ("big_data_pipeline", "check_submission_status"): (True, 60, 8 * 3600),
        ("big_data_pipeline", "terminate_emr_cluster"): (True, 60, 3600),
        ("big_data_pipeline_serverless", "check_submission_status"): (True, 60, 8 * 3600),
        ("big_data_pipeline_serverless", "cancel_job_runs"): (True, 60, 3600),
    }


def test_no_task_needs_an_aws_connection() -> None:
    connections = {task.task_id: task.aws_conn_id for task in PIPELINE.tasks if hasattr(task, "aws_conn_id")}
    assert len(connections) == 3
    assert set(connections.values()) == {None}


def test_recording_runs_every_hour_one_at_a_time_and_tries_for_an_hour() -> None:
    assert _edges(RECORDING) == {
        "migrate_store": {"record_new_runs"},
        "record_new_runs": {"record_usage"},
        "record_usage": set(),
    }
    assert RECORDING.timetable.summary == "10 * * * *"
    assert not RECORDING.catchup
    assert RECORDING.max_active_runs == 1
    assert RECORDING.dagrun_timeout is None
    for task in RECORDING.tasks:
        waits = sum((task.retry_delay * 2**attempt for attempt in range(task.retries)), timedelta())
        assert task.retry_exponential_backoff
        assert timedelta(minutes=60) <= waits <= timedelta(minutes=90)
        assert task.execution_timeout == timedelta(minutes=15)
        assert list(task.on_failure_callback) == [mail_failure]
        assert not task.on_success_callback


def test_airflow_s_database_is_cleaned_once_a_day_within_an_hour() -> None:
    assert _edges(CLEANING) == {"delete_old_runs": set()}
    assert CLEANING.timetable.summary == "0 9 * * *"
    assert not CLEANING.catchup
    assert CLEANING.max_active_runs == 1
    assert CLEANING.dagrun_timeout is None
    [task] = CLEANING.tasks
    assert task.retries == 2
    assert task.execution_timeout == timedelta(hours=1)
    assert list(task.on_failure_callback) == [mail_failure]
    assert not task.on_success_callback


def test_arrivals_are_looked_for_every_five_minutes_one_look_at_a_time() -> None:
    assert _edges(ARRIVALS) == {
        "receive_arrivals": {"find_complete_batches"},
        "find_complete_batches": {"start_pipeline", "finish_batches"},
        "start_pipeline": {"finish_batches"},
        "finish_batches": set(),
    }
    assert ARRIVALS.timetable.summary == "*/5 * * * *"
    assert not ARRIVALS.catchup
    assert ARRIVALS.max_active_runs == 1
    assert ARRIVALS.dagrun_timeout is None
    start = ARRIVALS.get_task("start_pipeline")
    assert start.partial_kwargs["skip_when_already_exists"] is True
    assert start.partial_kwargs["logical_date"] is None


def test_raw_data_is_reconciled_every_morning_one_look_at_a_time() -> None:
    assert _edges(RECONCILING) == {
        "find_unread_batches": {"start_pipeline"},
        "start_pipeline": set(),
        "refuse_misplaced_files": set(),
    }
    assert RECONCILING.timetable.summary == "0 6 * * *"
    assert not RECONCILING.catchup
    assert RECONCILING.max_active_runs == 1
    assert RECONCILING.dagrun_timeout is None
    start = RECONCILING.get_task("start_pipeline")
    assert start.partial_kwargs["skip_when_already_exists"] is True
    assert start.partial_kwargs["logical_date"] is None


def test_maintenance_is_a_run_of_the_pipeline_s_own_dag_which_has_one_at_a_time() -> None:
    assert _edges(MAINTAINING) == {"start_pipeline": set()}
    assert MAINTAINING.timetable.summary == "0 12 * * sun"
    assert not MAINTAINING.catchup
    assert MAINTAINING.max_active_runs == 1
    assert MAINTAINING.dagrun_timeout is None
    start = MAINTAINING.get_task("start_pipeline")
    assert is_maintenance(start.conf)
    assert start.skip_when_already_exists is True
    assert start.logical_date is None
    for task in MAINTAINING.tasks:
        assert task.retries == 2
        assert list(task.on_failure_callback) == [mail_failure]
    for engine in ENGINES.values():
        assert _DAGS[engine.dag_id].max_active_runs == 1


def test_a_run_is_started_and_remembered_before_its_lease_is_over() -> None:
    tasks = [ARRIVALS.get_task("finish_batches"), ARRIVALS.get_task("find_complete_batches")]
    # The mapped task that starts runs has the defaults of both.
    most = [
        (task.retries + 1) * task.execution_timeout + task.retries * task.retry_delay
        for task in (*tasks, tasks[0])
    ]
    assert sum(most, timedelta()) < LEASE

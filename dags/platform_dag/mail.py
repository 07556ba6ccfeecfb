"""Mails on success and failure, as callbacks of tasks.

Task callbacks and not the DAG's: they run where the task ran, with its context. A new notifier for every
mail, because rendering one changes it for good. Everything the mail says is gathered here, in Python: a
template that names what a context lacks sends nothing at all, and says so only in a log.
"""

from __future__ import annotations

from html import escape
from typing import Any

from airflow.providers.smtp.notifications.smtp import SmtpNotifier
from airflow.sdk import Context

from platform_dag.batch import PlanError, batch_start
from platform_dag.facts import Orchestration, read
from platform_dag.failed_step import FAILED_STEP


def _from_xcom(context: Context, task_id: str, key: str = "return_value") -> Any:
    """Read what a task of this run left, or None.

    A task that was lost with its worker is reported by the DAG processor, where it has no state. In Airflow
    3.0.6 that process hangs when it is asked for an XCom, so that no mail would go out at all.
    """
    ti = context["ti"]
    return ti.xcom_pull(task_ids=task_id, key=key) if ti.state is not None else None


def _batch(context: Context) -> str:
    """Name the batch by its run date. (`ds` is another day where somebody triggered the run.)

    A run date that is none fails the run's first task, and the mail has to say so: it names the run then.
    """
    run = context.get("dag_run")
    try:
        start = batch_start(getattr(run, "conf", None), context.get("data_interval_start"))
    except PlanError:
        start = None
    return start.date().isoformat() if start else context["ti"].run_id


def _run_rows(context: Context) -> dict[str, str | None]:
    run = _from_xcom(context, "begin_workflow", "run") or {}
    return {
        "DAG": context["dag"].dag_id,
        "Run": context["ti"].run_id,
        "Run date": run.get("run_date") or _batch(context),
        "Attempt": run.get("run_id"),
        "Release": run.get("release"),
        "Cluster": _from_xcom(context, "create_emr_cluster"),
        "Application": run.get("application"),
    }


def _failure_rows(context: Context, step: dict[str, str] | None) -> dict[str, str | None]:
    rows = {"Task": context["ti"].task_id, "Task log": getattr(context["ti"], "log_url", None)}
    if step:
        return {
            "Step": f"{step['name']} ({step['id']}) {step['state']}",
            "Reason": step["reason"],
            "Step log": f"{step['log']} (EMR copies logs there every few minutes)",
            **rows,
        }
    return {**rows, "Reason": str(context.get("exception") or "see the task log")}


def _table(title: str, rows: dict[str, str | None]) -> str:
    lines = [
        f"<tr><th align='left'>{escape(name)}</th><td>{escape(str(value))}</td></tr>\n"
        for name, value in rows.items()
        if value
    ]
    return f"<h2>{escape(title)}</h2>\n<table cellpadding='4'>\n{''.join(lines)}</table>\n"


def _send(context: Context, orchestration: Orchestration, headline: str, rows: dict[str, str | None]) -> None:
    # Reasons may contain braces: they reach the notifier's templates as values, never as template text.
    mail = {"subject": f"[{orchestration.environment}] {headline}", "body": _table(headline, rows)}
    notifier = SmtpNotifier(
        to=orchestration.notification_emails,
        from_email=orchestration.mail_from,
        subject="{{ mail.subject }}",
        html_content="{{ mail.body }}",
    )
    notifier({**context, "mail": mail})


def mail_failure(context: Context) -> None:
    """Say which task failed, and if it watched steps, which step and where its log is."""
    ti = context["ti"]
    step = _from_xcom(context, ti.task_id, FAILED_STEP)
    what = f"step {step['name']}" if step else f"task {ti.task_id}"
    headline = f"{context['dag'].dag_id} of {_batch(context)} failed: {what}"
    _send(context, read(Orchestration), headline, {**_failure_rows(context, step), **_run_rows(context)})


def mail_success(context: Context) -> None:
    """Say that the run is done. For the last task, which runs only after everything else succeeded."""
    run = _from_xcom(context, "begin_workflow", "run") or {}
    headline = f"{context['dag'].dag_id} of {_batch(context)} succeeded"
    _send(context, read(Orchestration), headline, {**_run_rows(context), "Results": run.get("results")})

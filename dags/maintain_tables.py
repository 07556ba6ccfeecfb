"""Maintains the tables on the days that the configuration names: small files joined, old snapshots dropped.

Only where there are such days. One writer at a time: the work is a run of the pipeline's own DAG, on its
cluster or application, which has one run after the other. This DAG only starts it, and the pipeline mails if
it fails. A run of this DAG that somebody triggers maintains the tables on any day. docs/airflow.md has more.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG

from platform_dag import options
from platform_dag.batch import MAINTENANCE
from platform_dag.engines import chosen
from platform_dag.unattended import unattended

engine, days = chosen(), options.maintenance_days()

if engine is not None and days:
    with DAG(
        dag_id="maintain_tables",
        doc_md=__doc__,
        # Half a day from midnight, when the daily batch starts.
        schedule=f"0 12 * * {','.join(day[:3] for day in days)}",
        tags=["tables"],
        **unattended(timedelta(minutes=10)),
    ) as dag:
        # The second start of a run is refused by Airflow, by its id, and is as good as the first.
        TriggerDagRunOperator(
            task_id="start_pipeline",
            trigger_dag_id=engine.dag_id,
            trigger_run_id="maintenance__{{ run_id }}",
            conf=MAINTENANCE,
            logical_date=None,
            skip_when_already_exists=True,
        )

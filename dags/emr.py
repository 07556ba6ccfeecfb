"""Big data pipeline: one EMR cluster a day, which runs the steps of the published bundle and is terminated.

Only where `processing.compute` is `emr`. The seven tasks are documented, with what they do and what a failure
looks like, in docs/airflow.md.
"""

from __future__ import annotations

from airflow.sdk import DAG

from platform_dag.daily import daily
from platform_dag.engines import chosen
from platform_dag.engines.emr import ENGINE
from platform_dag.pipeline import add_pipeline

if chosen() is ENGINE:
    with DAG(dag_id=ENGINE.dag_id, doc_md=__doc__, tags=ENGINE.tags, **daily()) as dag:
        add_pipeline(ENGINE)

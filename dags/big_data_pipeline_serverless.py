"""Big data pipeline on EMR Serverless: a job run for each step of the published bundle, one after the other.

Only where `processing.compute` is `emr_serverless`. The five tasks are documented, with what a failure looks
like, in docs/airflow.md.
"""

from __future__ import annotations

from airflow.sdk import DAG

from platform_dag.daily import daily
from platform_dag.engines import chosen
from platform_dag.engines.emr_serverless import ENGINE
from platform_dag.pipeline import add_pipeline

if chosen() is ENGINE:
    with DAG(dag_id=ENGINE.dag_id, doc_md=__doc__, tags=ENGINE.tags, **daily()) as dag:
        add_pipeline(ENGINE)

"""What DAGs are made of. DAG files import it, and it imports packages/; docs/airflow.md has its layout."""

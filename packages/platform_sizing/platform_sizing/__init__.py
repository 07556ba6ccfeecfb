"""Cluster sizing: what a job's Spark gets, derived from its input's volume and from the place it runs at.

`sizing.size` is the one rule for a laptop, an EMR cluster and EMR Serverless; docs/sizing.md shows what it
chooses. It lies beside the DAGs because that is the folder MWAA loads; nothing in it knows Airflow or Spark.
"""

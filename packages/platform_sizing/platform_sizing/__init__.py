"""Cluster sizing: what a job's Spark gets, derived from its input's volume and from the place it runs at.

`sizing.size` is the one rule for a laptop, an EMR cluster and EMR Serverless; docs/sizing.md shows what it
chooses. Nothing in it knows Airflow or Spark. The release carries it beside the DAGs, where MWAA imports it.
"""

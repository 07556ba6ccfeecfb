"""The metadata store: what every pipeline run read, wrote and found, in one small database.

PostgreSQL on AWS, a SQLite file on a laptop, through one interface: the engine that `open_store` makes.
It lies beside the DAGs because that is the folder MWAA loads; nothing in it knows Airflow.
"""

"""The metadata store: what every pipeline run read, wrote and found, in one small database.

PostgreSQL on AWS, a SQLite file on a laptop, through one interface: the engine that `open_store` makes.
Nothing in it knows Airflow. The release carries it beside the DAGs, where MWAA imports it.
"""
